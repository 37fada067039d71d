using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;

namespace PerfMarketing.Benchmarks.Events;

/// <summary>What is kept of an order of five lines, without news and after three corrections.</summary>
[MemoryDiagnoser]
public class OutcomeTruthBenchmarks
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 1, 12, 0);

    private readonly Outcome order = new()
    {
        Id = new("o1"),
        At = At,
        Kind = "sale",
        Lines =
        [
            .. Enumerable.Range(1, 5)
                .Select(static i => new OrderLine { Sku = $"s{i}", Quantity = 2, Net = (10 * i).Eur }),
        ],
        Totals = new() { Discount = 7.Eur },
    };

    private readonly Correction[] corrections =
    [
        new LineReturn { Id = new("k1"), Outcome = new("o1"), At = At, Lines = [new() { Line = 1, Quantity = 1 }] },
        new AmountReturn { Id = new("k2"), Outcome = new("o1"), At = At, Amount = 5.Eur },
        new LineReturn { Id = new("k3"), Outcome = new("o1"), At = At, Lines = [new() { Sku = "s4" }] },
    ];

    [Benchmark(Baseline = true)]
    public OutcomeTruth WithoutCorrections() => OutcomeTruth.Of(order);

    [Benchmark]
    public OutcomeTruth AfterThree() => OutcomeTruth.After(order, corrections);

    [Benchmark]
    public string Digest() => EventDigest.Of(order).ToString();
}
