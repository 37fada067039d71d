using System.Security.Cryptography;

namespace PerfMarketing.Proofs.Schemes;

/// <summary>Digests of a body in a header (RFC 9530).</summary>
internal static class ContentDigest
{
    private const int DigestsMax = 8;

    /// <summary>
    /// Whether the field has a digest by SHA-256 or SHA-512, and every such digest is the body's. Others are passed
    /// over: the standard calls them insecure.
    /// </summary>
    internal static bool Matches(string field, ReadOnlySpan<byte> body)
    {
        if (StructuredFieldReader.BytesByKey(field, DigestsMax) is not { } digests)
        {
            return false;
        }

        bool isAny = false;
        bool isSame = true;
        if (digests.TryGetValue("sha-256", out byte[]? shorter))
        {
            isAny = true;
            isSame = CryptographicOperations.FixedTimeEquals(SHA256.HashData(body), shorter);
        }

        if (digests.TryGetValue("sha-512", out byte[]? longer))
        {
            isAny = true;
            isSame &= CryptographicOperations.FixedTimeEquals(SHA512.HashData(body), longer);
        }

        return isAny && isSame;
    }
}
