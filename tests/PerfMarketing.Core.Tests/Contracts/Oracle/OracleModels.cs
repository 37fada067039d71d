using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Contracts.Oracle;

/// <summary>Random models, each with its meaning written down a second time in exact rationals.</summary>
[SuppressMessage("Security", "CA5394", Justification = "A seed must always give the same contracts.")]
internal sealed class OracleModels(Random random, Currency currency)
{
    /// <summary>The fact that models may ask for.</summary>
    public static FactKey<decimal> Score { get; } = new("score");

    private static OraclePrice Nothing { get; } = OraclePrice.Of(0);

    public OracleModel Next()
    {
        OracleModel model = random.Next(4) == 0 ? OracleTiers.Next(random, currency) : PerOutcome(2);
        return random.Next(8) switch
        {
            0 => Sum([model, PerOutcome(1)]),
            1 when !model.Model.Reprices => Capped(model),
            2 => Multiplied(model),
            3 => Sum([model, PerOutcome(1), PerOutcome(1)]),
            _ => model,
        };
    }

    private OracleModel PerOutcome(int depth) => random.Next(depth > 0 ? 12 : 2) switch
    {
        0 or 5 => Fixed(),
        7 => Banded(depth - 1),
        8 => FirstMatch(depth - 1),
        9 => ByTenure(depth - 1),
        10 => Recurring(depth - 1),
        11 => Sum([PerOutcome(depth - 1), PerOutcome(depth - 1)]),
        2 => Capped(PerOutcome(depth - 1)),
        3 => Floored(PerOutcome(depth - 1)),
        4 => BestOf([.. Enumerable.Range(0, 2 + random.Next(2)).Select(_ => PerOutcome(depth - 1))]),
        _ => Share(),
    };

    private OracleModel Fixed()
    {
        decimal price = random.Next(0, 2_000_000) / 10_000m;
        return new(Pay.Fixed(new Accrual(price, currency)), false, c => OraclePrice.Of((Fraction)price * c.Quantity));
    }

    private OracleModel Share()
    {
        decimal rate = random.Next(0, 10_001) / 10_000m;
        return new(
            Pay.RevenueShare(Percentage.FromFraction(rate)), false, c => OraclePrice.Of((Fraction)rate * c.Value));
    }

    private OracleModel Capped(OracleModel inner)
    {
        Money cap = Money.FromMinor(1 + random.Next(20_000), currency);
        return new(new Capped(inner.Model, cap), inner.UsesTally, c =>
            OraclePrice.Of(Fraction.Min(inner.Price(c).Own, Limit(cap, inner, c))));
    }

    private OracleModel Floored(OracleModel inner)
    {
        Money floor = Money.FromMinor(1 + random.Next(5_000), currency);
        return new(new Floored(inner.Model, floor), inner.UsesTally, c =>
        {
            Fraction own = inner.Price(c).Own;
            return OraclePrice.Of(own > 0 ? Fraction.Max(own, Limit(floor, inner, c)) : own);
        });
    }

    private static OracleModel BestOf(OracleModel[] inner) => new(
        new BestOf(ValueList.Create<PayoutModel>([.. inner.Select(static m => m.Model)])),
        false,
        c => OraclePrice.Of(inner.Select(m => m.Price(c).Own).Aggregate(Fraction.Max)));

    private OracleModel Multiplied(OracleModel inner)
    {
        decimal factor = random.Next(1, 3_000) / 1_000m;
        return new(new Multiplied(inner.Model, factor), inner.UsesTally, c =>
        {
            OraclePrice price = inner.Price(c);
            return new(price.Own * factor, price.Repriced * factor);
        });
    }

    private static OracleModel Sum(OracleModel[] inner)
    {
        bool usesTally = inner.Any(static m => m.UsesTally);
        return new(new Sum(ValueList.Create<PayoutModel>([.. inner.Select(static m => m.Model)])), usesTally, c =>
        {
            OraclePrice sum = OraclePrice.Of(0);
            foreach (OracleModel model in inner)
            {
                OraclePrice price = usesTally ? model.Credited(c) : model.Price(c);
                sum = new(sum.Own + price.Own, sum.Repriced + price.Repriced);
            }

            return sum;
        });
    }

    // By what of the outcome, and the fact, lies below the ends of the bands.
    private OracleModel Banded(int depth)
    {
        int of = random.Next(3);
        OracleModel[] inner = Inner(depth);
        decimal[] ends = Ends(inner.Length, of == 0 ? 60 : 6);
        Measure measure = of switch { 0 => Measure.Value, 1 => Measure.Quantity, _ => Measure.OfFact(Score.Name) };
        return new(
            new Banded(measure, [.. inner.Select((m, i) => new Band(m.Model, i < ends.Length ? ends[i] : null))]),
            false,
            c =>
            {
                Fraction? at = of switch { 0 => c.Value, 1 => c.Quantity, _ => c.Fact };
                return at is { } position ? inner[ends.Count(end => (Fraction)end <= position)].Price(c) : Nothing;
            });
    }

    // Cases overlap: the first that holds counts, and a fact that is not known makes none hold.
    private OracleModel FirstMatch(int depth)
    {
        OracleModel[] inner = Inner(depth);
        decimal[] from = [.. inner.Select(_ => (decimal)random.Next(0, 16))];
        OracleModel? otherwise = random.Next(2) == 0 ? PerOutcome(0) : null;
        return new(
            new FirstMatch(
                [.. inner.Select((m, i) => new MatchCase(When.Fact(Score).AtLeast(from[i]), m.Model))],
                otherwise?.Model),
            false,
            c =>
            {
                int found = c.Fact is { } score ? Array.FindIndex(from, f => score >= (Fraction)f) : -1;
                return found >= 0 ? inner[found].Price(c) : otherwise?.Price(c) ?? Nothing;
            });
    }

    private OracleModel ByTenure(int depth)
    {
        OracleModel[] inner = Inner(depth);
        int[] ends = [.. Ends(inner.Length, 5).Select(static e => (int)decimal.Ceiling(e))];
        return new(
            new ByTenure([.. inner.Select((m, i) => new TenureBand(m.Model, i < ends.Length ? ends[i] : null))]),
            false,
            c => inner[ends.Count(end => end <= c.Months)].Price(c));
    }

    private OracleModel Recurring(int depth)
    {
        OracleModel inner = PerOutcome(depth);
        int? first = random.Next(2) == 0 ? 1 + random.Next(4) : null;
        int? months = random.Next(2) == 0 ? 1 + random.Next(12) : null;
        return new(new Recurring(inner.Model) { First = first, Months = months }, false, c =>
            c.PaidBefore >= first || c.Months >= months ? Nothing : inner.Price(c));
    }

    private OracleModel[] Inner(int depth) =>
        [.. Enumerable.Range(0, 2 + random.Next(2)).Select(_ => PerOutcome(depth))];

    // The ends of all bands but the last, rising.
    private decimal[] Ends(int count, int step)
    {
        decimal[] ends = new decimal[count - 1];
        decimal end = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            ends[i] = end += (1 + random.Next(8)) * step / 2m;
        }

        return ends;
    }

    // A limit of one whole outcome; around tiers, the credited part of it.
    private static Fraction Limit(Money limit, OracleModel inner, in OracleContext context)
    {
        Fraction whole = limit.Amount;
        return inner.UsesTally && context.Share != 1 ? (whole * context.Share).Rounded(12) : whole;
    }
}
