using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Contracts.Oracle;

/// <summary>Random tiers, priced tier by tier from the beginning of the period.</summary>
[SuppressMessage("Security", "CA5394", Justification = "A seed must always give the same contracts.")]
internal sealed class OracleTiers
{
    private readonly Tier[] tiers;
    private readonly TierMode mode;
    private readonly Measure of;

    private OracleTiers(Random random, Currency currency)
    {
        mode = (TierMode)random.Next(3);
        of = random.Next(3) switch { 0 => Measure.Count, 1 => Measure.Value, _ => Measure.Quantity };
        tiers = new Tier[1 + random.Next(4)];
        decimal end = 0;
        for (int i = 0; i < tiers.Length; i++)
        {
            end += (1 + random.Next(40)) * (of == Measure.Value ? 10 : 0.25m);
            tiers[i] = TierOf(random, currency) with { UpTo = i < tiers.Length - 1 ? end : null };
        }
    }

    public static OracleModel Next(Random random, Currency currency)
    {
        OracleTiers made = new(random, currency);
        Tiered model = new(ValueList.Create<Tier>(made.tiers)) { Mode = made.mode, Of = made.of };
        return new(model, true, c => made.Price(c));
    }

    private Tier TierOf(Random random, Currency currency)
    {
        if (random.Next(2) == 0)
        {
            return new Tier(Percentage.FromFraction(random.Next(0, 1_001) / 1_000m)) { Flat = Flat(random, currency) };
        }

        bool inBlocks = mode != TierMode.Forward && random.Next(3) == 0;
        return new Tier(new Accrual(random.Next(0, 50_000) / 1_000m, currency))
        {
            Flat = Flat(random, currency),
            Size = inBlocks ? (1 + random.Next(8)) * 0.5m : null,
            Full = inBlocks && random.Next(2) == 0,
        };
    }

    private Accrual? Flat(Random random, Currency currency) =>
        mode != TierMode.Forward && random.Next(4) == 0 ? new Accrual(random.Next(1, 5_000) / 100m, currency) : null;

    private OraclePrice Price(in OracleContext c)
    {
        OracleTally after = c.Before + c.Counted;
        switch (mode)
        {
            case TierMode.Graduated:
                return OraclePrice.Of(Graduated(c));
            case TierMode.Volume:
                if (after.IsEmpty)
                {
                    return OraclePrice.Of(0);
                }

                Fraction earlier = c.Before.IsEmpty ? 0 : Volume(c.Before, TierAt(c.Before));
                Fraction again = c.Before.IsEmpty ? 0 : Volume(c.Before, TierAt(after));
                return new(Volume(after, TierAt(after)) - again, again - earlier);
            default:
                Tier tier = tiers[TierAt(c.Before)];
                return OraclePrice.Of(Paid(tier, Measured(c.Counted, PaidBy(tier))));
        }
    }

    // Each tier pays for what of the stretch lies in it; what is paid by value is spread over the stretch.
    private Fraction Graduated(in OracleContext c)
    {
        Fraction from = Snapped(Measured(c.Before, of));
        Fraction to = Snapped(Measured(c.Before, of) + Measured(c.Counted, of));
        Fraction sum = 0;
        Fraction start = 0;
        for (int i = 0; i < tiers.Length; i++)
        {
            Tier tier = tiers[i];
            Fraction end = tier.UpTo is { } upTo ? upTo : Fraction.Max(to, start) + 1;
            Fraction low = Fraction.Min(Fraction.Max(from, start), end);
            Fraction high = Fraction.Min(Fraction.Max(to, start), end);
            if (tier.Flat is { } flat && from <= start && to > start)
            {
                sum += flat.Amount;
            }

            if (high > low)
            {
                sum += PaidBy(tier) == of
                    ? Paid(tier, Blocks(tier, high - start) - Blocks(tier, low - start))
                    : Paid(tier, Spread(c, tier, high - from, to - from) - Spread(c, tier, low - from, to - from));
            }

            start = end;
        }

        return from == to && PaidBy(tiers[TierOf(from)]) != of
            ? Paid(tiers[TierOf(from)], Measured(c.Counted, PaidBy(tiers[TierOf(from)])))
            : sum;
    }

    private static Fraction Spread(in OracleContext c, Tier tier, Fraction part, Fraction whole) =>
        part == whole ? c.Counted.Value : (c.Counted.Value * part / whole).Rounded(12);

    private Fraction Volume(in OracleTally tally, int index)
    {
        Tier tier = tiers[index];
        Fraction paid = Paid(tier, Blocks(tier, Measured(tally, PaidBy(tier))));
        return tier.Flat is { } flat ? paid + flat.Amount : paid;
    }

    private Measure PaidBy(Tier tier) => tier.Rate is null ? of : Measure.Value;

    private static Fraction Paid(Tier tier, Fraction units) =>
        units * (tier.Rate is { } rate ? rate.Fraction : tier.Price!.Value.Amount);

    private static Fraction Blocks(Tier tier, Fraction units)
    {
        if (tier.Size is not { } size)
        {
            return units;
        }

        Fraction blocks = units.Rounded(6) / size;
        return new(tier.Full ? blocks.Floor() : blocks.Ceiling(), 1);
    }

    private int TierAt(in OracleTally tally) => TierOf(Measured(tally, of).Rounded(6));

    private int TierOf(Fraction position)
    {
        int index = 0;
        while (tiers[index].UpTo is { } end && position >= end)
        {
            index++;
        }

        return index;
    }

    private Fraction Snapped(Fraction position)
    {
        foreach (Tier tier in tiers)
        {
            if (tier.UpTo is { } end && position.Rounded(6) == end)
            {
                return end;
            }
        }

        return position;
    }

    private static Fraction Measured(in OracleTally tally, Measure measure) =>
        measure == Measure.Count ? tally.Count : measure == Measure.Value ? tally.Value : tally.Quantity;
}
