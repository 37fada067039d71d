using System.Security.Cryptography;

namespace PerfMarketing.Proofs;

/// <summary>Computes message authentication codes; the weak ones only for providers that know no other.</summary>
internal static class MacAlgorithms
{
#pragma warning disable CA5350, CA5351 // Reached only through schemes that a host allows as legacy.
    internal static int Compute(
        ProofAlgorithm algorithm, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> content, Span<byte> mac) =>
        algorithm switch
        {
            ProofAlgorithm.HmacSha256 => HMACSHA256.HashData(secret, content, mac),
            ProofAlgorithm.HmacSha384 => HMACSHA384.HashData(secret, content, mac),
            ProofAlgorithm.HmacSha512 => HMACSHA512.HashData(secret, content, mac),
            ProofAlgorithm.HmacSha1 => HMACSHA1.HashData(secret, content, mac),
            ProofAlgorithm.HmacMd5 => HMACMD5.HashData(secret, content, mac),
            ProofAlgorithm.Md5Suffix => Md5(secret, content, mac),
            _ => 0,
        };

    private static int Md5(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> content, Span<byte> mac)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(content);
        hash.AppendData(secret);
        return hash.GetHashAndReset(mac);
    }
#pragma warning restore CA5350, CA5351
}
