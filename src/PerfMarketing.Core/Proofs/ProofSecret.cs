using System.Diagnostics;
using System.Security.Cryptography;

namespace PerfMarketing.Proofs;

/// <summary>The bytes of a shared secret, which nothing ever prints.</summary>
/// <remarks>
/// 16 to 64 bytes to verify, 24 to sign; any other length can be held but does neither, so that a bad configuration is
/// a verdict and not an exception. Thread-safe.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class ProofSecret : ProofMaterial
{
    /// <summary>The fewest bytes of a secret that verifies: 128 bits.</summary>
    public const int LengthMin = 16;

    /// <summary>
    /// The fewest bytes of a secret that signs; providers are known to hand out slightly shorter ones.
    /// </summary>
    public const int SigningLengthMin = 24;

    /// <summary>The most bytes of a usable secret.</summary>
    public const int LengthMax = 64;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] bytes;

    private volatile bool isErased;

    private ProofSecret(byte[] bytes) => this.bytes = bytes;

    /// <summary>Whether the secret may verify: it has 16 to 64 bytes and was not erased.</summary>
    public override bool IsUsable => !isErased && bytes.Length is >= LengthMin and <= LengthMax;

    /// <summary>Whether the secret may sign too: it has at least 24 bytes.</summary>
    public bool CanSign => IsUsable && bytes.Length >= SigningLengthMin;

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
