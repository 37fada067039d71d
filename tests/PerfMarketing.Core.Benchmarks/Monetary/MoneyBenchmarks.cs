using System.Globalization;
using BenchmarkDotNet.Attributes;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Benchmarks.Monetary;

/// <summary>What amounts cost: arithmetic, comparison, text.</summary>
[MemoryDiagnoser]
public class MoneyBenchmarks
{
    private readonly char[] place = new char[64];
    private readonly Ratio part = new(17, 31);
    private Money left = 1_234.56m.Eur;
    private Money right = 99.95m.Eur;
    private Accrual exact = new(0.00315m, Currency.Eur);

    [Benchmark]
    public Money Add() => left + right;

    [Benchmark]
    public bool Compare() => left < right;

    [Benchmark]
    public decimal Add_decimals() => 1_234.56m + right.Amount;

    [Benchmark]
    public Accrual Multiply() => exact * 1_501m;

    [Benchmark]
    public Accrual Share() => exact.Share(part);

    [Benchmark]
    public Money Prorate() => left.Prorate(part);

    [Benchmark]
    public Money Round() => exact.Round();

    [Benchmark]
    public Money Parse() => Money.Parse("1234.56 EUR".AsSpan());

    [Benchmark]
    public decimal Parse_naively()
    {
        string[] parts = "1234.56 EUR".Split(' ');
        return decimal.Parse(parts[0], NumberStyles.Number, CultureInfo.InvariantCulture) + parts[1].Length;
    }

    [Benchmark]
    public Accrual Parse_exact() => Accrual.Parse("0.00315 EUR".AsSpan());

    [Benchmark]
    public Percentage Parse_rate() => Percentage.Parse("12.5%".AsSpan());

    [Benchmark]
    public int Format()
    {
        _ = left.TryFormat(place, out int written, default, null);
        return written;
    }

    [Benchmark]
    public int Format_exact()
    {
        _ = exact.TryFormat(place, out int written, default, null);
        return written;
    }

    [Benchmark]
    public string Format_naively() =>
        string.Create(CultureInfo.InvariantCulture, $"{left.Amount} {left.Currency.Code}");
}
