using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Benchmarks.Integrity;

/// <summary>Digests and derived ids; the naive id joins its parts by a bar, which is not injective.</summary>
[MemoryDiagnoser]
public class DigestBenchmarks
{
    private static readonly TermNode Terms = TermNode.OfObject(
        [.. Enumerable.Range(0, 20).Select(static i => $"name{i}")],
        [.. Enumerable.Range(0, 20).Select(static i =>
            i % 2 == 0 ? TermNode.OfNumber("1.10") : TermNode.OfText("12%"))]);

    /// <summary>An id of six parts.</summary>
    [Benchmark]
    public string Id() => DerivedId.Of("earning", "acme-2026", "contract-7", "3", "sale", "order-4711", "p-blog");

    /// <summary>The same by a joined text.</summary>
    [Benchmark(Baseline = true)]
    public string IdNaively() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('|', "earning", "acme-2026", "contract-7", "3", "sale", "order-4711", "p-blog"))))[..32];

    /// <summary>The digest of an object with twenty terms.</summary>
    [Benchmark]
    public Digest TwentyTerms() => TermDigest.Of(Terms);
}
