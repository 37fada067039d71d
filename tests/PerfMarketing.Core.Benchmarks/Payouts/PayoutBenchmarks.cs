using BenchmarkDotNet.Attributes;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Tallies;

namespace PerfMarketing.Benchmarks.Payouts;

/// <summary>One payout onto a reused sheet, and as a result of its own.</summary>
[MemoryDiagnoser]
public class PayoutBenchmarks
{
    private readonly PayoutModel capped = Pay.RevenueShare(12.Percent).CappedAt(80.Eur);
    private readonly PayoutModel tiered = Pay.Tiered(new(1.20m.Eur, 100), new(0.90m.Eur, 500), new(0.70m.Eur));
    private readonly PayoutSheet sheet = new();
    private readonly PayoutContext sale = new(1_000.Eur);
    private readonly PayoutContext installs = new PayoutContext(0.Eur) with
    {
        Quantity = 150,
        Counted = Tally.Zero(Currency.Eur) with { Count = 1, Quantity = 150 },
        IsCumulative = true,
        Before = Tally.Zero(Currency.Eur) with { Quantity = 60 },
    };

    [Benchmark(Baseline = true)]
    public string NaiveCappedWithText()
    {
        decimal amount = 1_000m * 0.12m;
        List<string> lines = [$"revenue-share {amount:0.00} EUR"];
        if (amount > 80m)
        {
            lines.Add($"cap {80m - amount:0.00} EUR");
        }

        return string.Join('\n', lines);
    }

    [Benchmark]
    public decimal Capped()
    {
        capped.Compute(sale, sheet);
        return sheet.Total.Amount;
    }

    [Benchmark]
    public Payout CappedWithResult() => capped.Compute(sale);

    [Benchmark]
    public decimal Tiered()
    {
        tiered.Compute(installs, sheet);
        return sheet.Total.Amount;
    }
}
