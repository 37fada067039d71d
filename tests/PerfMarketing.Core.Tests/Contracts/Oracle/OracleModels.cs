using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Contracts.Oracle;

/// <summary>Random models, each with its meaning written down a second time in exact rationals.</summary>
[SuppressMessage("Security", "CA5394", Justification = "A seed must always give the same contracts.")]
internal sealed class OracleModels(Random random, Currency currency)
{
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

    private OracleModel PerOutcome(int depth) => random.Next(depth > 0 ? 7 : 2) switch
    {
        0 or 5 => Fixed(),
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

    // A limit of one whole outcome; around tiers, the credited part of it.
    private static Fraction Limit(Money limit, OracleModel inner, in OracleContext context)
    {
        Fraction whole = limit.Amount;
        return inner.UsesTally && context.Share != 1 ? (whole * context.Share).Rounded(12) : whole;
    }
}
