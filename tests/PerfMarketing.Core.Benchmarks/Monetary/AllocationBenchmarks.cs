using BenchmarkDotNet.Attributes;
using PerfMarketing.Monetary;

namespace PerfMarketing.Benchmarks.Monetary;

/// <summary>Dividing an amount by weights, beside fractions rounded one by one, which lose or invent cents.</summary>
[MemoryDiagnoser]
public class AllocationBenchmarks
{
    private readonly Money[] parts = new Money[10_000];
    private readonly decimal[] naive = new decimal[10_000];
    private long[] weights = [];

    [Params(3, 10, 10_000)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Setup() => weights = [.. Enumerable.Range(0, Count).Select(static i => 1L + (i * 7_919 % 101))];

    [Benchmark]
    public void Allocate() => 1_234.56m.Eur.Allocate(weights, parts.AsSpan(0, Count));

    [Benchmark]
    public Money[] Allocate_to_array() => 1_234.56m.Eur.Allocate(weights);

    [Benchmark]
    public void Split_count() => Allocation.Split(1m, weights, naive.AsSpan(0, Count));

    [Benchmark(Baseline = true)]
    public void Round_each_fraction()
    {
        decimal sum = weights.Sum();
        for (int i = 0; i < weights.Length; i++)
        {
            naive[i] = decimal.Round(1_234.56m * weights[i] / sum, 2);
        }
    }
}
