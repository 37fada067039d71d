using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PerfMarketing.Proofs;

/// <summary>The bytes of a shared secret, which nothing ever prints.</summary>
/// <remarks>
/// 16 to 64 bytes to verify, 24 to sign; any other length can be held but does neither, so that a bad configuration is
/// a verdict and not an exception. A provider's secret in text may be longer, and shorter where the host says so.
/// Thread-safe.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[SuppressMessage("Design", "CA1001", Justification = "Erase disposes of it.")]
public sealed class ProofSecret : ProofMaterial
{
    /// <summary>The fewest bytes of a secret that verifies: 128 bits.</summary>
    public const int LengthMin = 16;

    /// <summary>
    /// The fewest bytes of a secret that signs. Providers are known to hand out slightly shorter ones, so verifying
    /// takes less, save where a scheme says more, as <c>pm1</c> does.
    /// </summary>
    public const int SigningLengthMin = 24;

    /// <summary>The most bytes of a usable secret.</summary>
    public const int LengthMax = 64;

    /// <summary>The most bytes of a usable secret in text.</summary>
    public const int TextLengthMax = 256;

    /// <summary>The most bytes of a message authentication code.</summary>
    public const int MacLengthMax = 64;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] bytes;

    private readonly bool isLongEnough;

    // A keyed hash that nobody uses now, made when the secret is used a second time: preparing one takes as long as a
    // code. Whoever finds it taken does without.
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private IncrementalHash? idle;

    private int useCount;
    private volatile bool isErased;

    private ProofSecret(byte[] bytes, int lengthMin = LengthMin, int lengthMax = LengthMax)
    {
        this.bytes = bytes;
        isLongEnough = bytes.Length >= Math.Max(1, lengthMin) && bytes.Length <= lengthMax;
    }

    /// <summary>Whether the secret may verify: its length is within bounds and it was not erased.</summary>
    public override bool IsUsable => isLongEnough && !isErased;

    /// <summary>Whether the secret may sign too: it has at least 24 bytes.</summary>
    public bool CanSign => IsUsable && bytes.Length >= SigningLengthMin;

    /// <summary>A secret of bytes, which are copied.</summary>
    /// <param name="bytes">The bytes.</param>
    public static ProofSecret FromBytes(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>A secret of base64 text, with or without padding.</summary>
    /// <param name="text">The text; what is not base64 gives a secret that is not usable.</param>
    /// <param name="lengthMin">The fewest bytes that may verify: 16 unless the scheme asks for more.</param>
    public static ProofSecret FromBase64(string text, int lengthMin = LengthMin)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> buffer = stackalloc byte[LengthMax + 2];
        bool valid = text.Length <= 4 * ((LengthMax / 3) + 1) && !text.AsSpan().ContainsAny(" \t\r\n");
        int length = 0;
        valid = valid && Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), buffer, out length);
        ProofSecret secret = new(valid ? buffer[..length].ToArray() : [], lengthMin);
        CryptographicOperations.ZeroMemory(buffer);
        return secret;
    }

    /// <summary>A secret of a provider's text, whose UTF-8 bytes are the key.</summary>
    /// <param name="text">The text, without any change; a lone surrogate gives a secret that is not usable.</param>
    /// <param name="lengthMin">
    /// The fewest bytes that may verify: 16 unless the provider is known to hand out shorter ones, which are guessed
    /// the sooner. At least 1.
    /// </param>
    public static ProofSecret FromText(string text, int lengthMin = LengthMin)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return new(StrictUtf8.GetBytes(text), lengthMin, TextLengthMax);
        }
        catch (EncoderFallbackException)
        {
            return new([]);
        }
    }

    /// <summary>Overwrites the bytes; afterwards the secret verifies and signs nothing.</summary>
    public void Erase()
    {
        isErased = true;
        Interlocked.Exchange(ref idle, null)?.Dispose();
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Computes a message authentication code under this secret, without showing it.</summary>
    /// <param name="algorithm">The algorithm, by configuration.</param>
    /// <param name="content">What the code is over.</param>
    /// <param name="mac">Where the code goes: at least <see cref="MacLengthMax"/> bytes.</param>
    /// <param name="length">The bytes of the code.</param>
    /// <returns>Whether there is a code: the secret is usable and the algorithm is one of codes.</returns>
    public bool TryMac(ProofAlgorithm algorithm, ReadOnlySpan<byte> content, Span<byte> mac, out int length)
    {
        length = !IsUsable ? 0
            : algorithm == ProofAlgorithm.HmacSha256 ? ComputeSha256(content, mac)
            : MacAlgorithms.Compute(algorithm, bytes, content, mac);
        length = isErased ? 0 : length;
        return length > 0;
    }

    /// <summary>Whether a text is this secret, compared in constant time.</summary>
    /// <param name="text">The text; its UTF-8 bytes are compared.</param>
    /// <returns>False too when the secret is not usable.</returns>
    public bool IsText(ReadOnlySpan<char> text)
    {
        Span<byte> given = stackalloc byte[TextLengthMax];
        bool fits = Encoding.UTF8.TryGetBytes(text, given, out int length)
            && CryptographicOperations.FixedTimeEquals(given[..length], bytes);
        CryptographicOperations.ZeroMemory(given);
        return fits && IsUsable;
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

    private IncrementalHash? TakeHash()
    {
        if (Interlocked.Exchange(ref idle, null) is { } kept)
        {
            return kept;
        }

        return useCount < 2 && Interlocked.Increment(ref useCount) == 2
            ? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, bytes)
            : null;
    }

    // A hash that is set up with the key is kept for the next code; from the second code on there is one.
    private int ComputeSha256(ReadOnlySpan<byte> content, Span<byte> mac)
    {
        IncrementalHash? hash = null;
        try
        {
            hash = TakeHash();
            if (hash is null)
            {
                return MacAlgorithms.Compute(ProofAlgorithm.HmacSha256, bytes, content, mac);
            }

            hash.AppendData(content);
            int length = hash.GetHashAndReset(mac);
            hash = Interlocked.Exchange(ref idle, hash);
            if (isErased)
            {
                Interlocked.Exchange(ref idle, null)?.Dispose();
            }

            return length;
        }
        finally
        {
            // Another call may have left one meanwhile: one is enough.
            hash?.Dispose();
        }
    }

    /// <summary>Always the same text, whatever the secret.</summary>
    public override string ToString() => "[secret]";
}
