using System.Diagnostics;
using System.Security.Cryptography;

namespace PerfMarketing.Proofs;

/// <summary>The bytes of a shared secret, which nothing ever prints.</summary>
/// <remarks>
/// 24 to 64 bytes; any other length can be held but verifies and signs nothing, so that a bad configuration is a
/// verdict and not an exception. Thread-safe.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ProofSecret
{
    /// <summary>The fewest bytes of a usable secret.</summary>
    public const int LengthMin = 24;

    /// <summary>The most bytes of a usable secret.</summary>
    public const int LengthMax = 64;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] bytes;

    private volatile bool isErased;

    private ProofSecret(byte[] bytes) => this.bytes = bytes;

    /// <summary>Whether the secret has a length that may verify and sign, and was not erased.</summary>
    public bool IsUsable => !isErased && bytes.Length is >= LengthMin and <= LengthMax;

    /// <summary>A secret of bytes, which are copied.</summary>
    /// <param name="bytes">The bytes.</param>
    public static ProofSecret FromBytes(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>A secret of base64 text, with or without padding.</summary>
    /// <param name="text">The text; what is not base64 gives a secret that is not usable.</param>
    public static ProofSecret FromBase64(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> buffer = stackalloc byte[LengthMax + 2];
        bool valid = text.Length <= 4 * ((LengthMax / 3) + 1) && !text.AsSpan().ContainsAny(" \t\r\n");
        int length = 0;
        valid = valid && Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), buffer, out length);
        ProofSecret secret = new(valid ? buffer[..length].ToArray() : []);
        CryptographicOperations.ZeroMemory(buffer);
        return secret;
    }

    /// <summary>Overwrites the bytes; afterwards the secret verifies and signs nothing.</summary>
    public void Erase()
    {
        isErased = true;
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Starts an HMAC-SHA256 under this secret, without showing it.</summary>
    /// <returns>The running hash, which the caller disposes; null when the secret is not usable.</returns>
    public IncrementalHash? StartHmacSha256()
    {
        if (!IsUsable)
        {
            return null;
        }

        IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, bytes);
        if (!isErased)
        {
            return hash;
        }

        hash.Dispose();
        return null;
    }

    /// <summary>Always the same text, whatever the secret.</summary>
    public override string ToString() => "[secret]";
}
