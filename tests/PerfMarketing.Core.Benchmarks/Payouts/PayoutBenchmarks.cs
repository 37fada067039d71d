using BenchmarkDotNet.Attributes;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;

namespace PerfMarketing.Benchmarks.Payouts;

/// <summary>One payout onto a reused sheet, and as a result of its own with the lines that explain it.</summary>
[MemoryDiagnoser]
public class PayoutBenchmarks
{
    private static readonly PayoutModel Prices =
        Pay.Tiered(new(1.20m.Eur, 100), new(0.90m.Eur, 500), new(0.70m.Eur));

    private readonly PayoutModel fixedPrice = Pay.Fixed(4.50m.Eur);
    private readonly PayoutModel percent = Pay.RevenueShare(12.Percent);
    private readonly PayoutModel capped = Pay.RevenueShare(12.Percent).CappedAt(80.Eur);
    private readonly PayoutModel cappedTiered = Prices.CappedAt(80.Eur);
    private readonly PayoutModel manyTiers = Pay.Tiered(
        [.. Enumerable.Range(1, 9_999).Select(static i => new Tier(1.Eur, i * 10)), new(1.Eur)]);

    private readonly PayoutSheet sheet = new();
    private readonly PayoutContext sale = new(1_000.Eur);
    private readonly PayoutContext installs = Installs(60);
    private readonly PayoutContext late = Installs(50_005);

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
    public decimal Fixed() => Compute(fixedPrice, sale);

    [Benchmark]
    public decimal Percent() => Compute(percent, sale);

    [Benchmark]
    public decimal Capped() => Compute(capped, sale);

    [Benchmark]
    public Payout CappedWithResult() => capped.Compute(sale);

    [Benchmark]
    public decimal CappedTiered() => Compute(cappedTiered, installs);

    [Benchmark]
    public decimal TenThousandTiers() => Compute(manyTiers, late);

    private static PayoutContext Installs(decimal before) => new PayoutContext(0.Eur) with
    {
        Quantity = 150,
        Counted = Tally.Zero(Currency.Eur) with { Count = 1, Quantity = before > 1_000 ? 3 : 150 },
        IsCumulative = true,
        Before = Tally.Zero(Currency.Eur) with { Count = 1, Quantity = before },
    };

    private decimal Compute(PayoutModel model, in PayoutContext context)
    {
        model.Compute(context, sheet);
        return sheet.Total.Amount;
    }
}
