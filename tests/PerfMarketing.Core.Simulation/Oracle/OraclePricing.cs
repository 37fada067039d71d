using System.Numerics;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>What was counted before: credit, units and value as exact numbers, and what had accrued.</summary>
internal readonly record struct Counter(Rational Count, Rational Quantity, Rational Value, Rational Accrued)
{
    public bool IsUsed => Count.Sign > 0;

    public static Counter operator +(Counter left, Counter right) => new(
        left.Count + right.Count,
        left.Quantity + right.Quantity,
        left.Value + right.Value,
        left.Accrued + right.Accrued);
}

/// <summary>What one partner gets: the amount, what re-prices earlier results, and how it counts.</summary>
internal sealed record OracleShare(string Partner, long Amount, Counter Before, Counter Counted)
{
    /// <summary>Minor units that re-price earlier results; null when nothing is priced again.</summary>
    public long? Repricing { get; init; }

    /// <summary>What of a fall was never priced: other terms, or another system, priced lower before.</summary>
    public Rational Unpriced { get; init; }
}

/// <summary>Prices a clause with exact fractions, from the words of the design alone.</summary>
internal sealed class OraclePricing(int digits)
{
    private const int Grid = 12;
    private const int PositionGrid = 6;
    private const int Drift = 9;

    /// <summary>What a clause pays for a quantity and a value in major units.</summary>
    public OracleShare[] Price(
        ClausePlan clause, Rational quantity, Rational value, (string Partner, long Weight, Counter Before)[] who,
        long total)
    {
        BigInteger[] weights = [.. who.Select(static w => (BigInteger)w.Weight), total - who.Sum(static w => w.Weight)];
        Rational[] counts = Parts(Rational.One, weights);
        Rational[] quantities = Parts(quantity, weights);
        Rational[] values = Parts(value, weights);
        Counter[] parts = [.. who.Select((_, i) => new Counter(counts[i], quantities[i], values[i], default))];
        return clause.IsCumulative
            ? Cumulative(clause, (quantity, value), who, total, parts)
            : Once(clause, (quantity, value), who, total, parts);
    }

    /// <summary>
    /// P: what a period is worth that holds a quantity and a value; null when that depends on more than the two.
    /// </summary>
    public static Rational? Total(ModelPlan model, Rational quantity, Rational value)
    {
        Rational position = model.ByValue ? value : quantity;
        return model.Kind switch
        {
            ModelKind.Fixed or ModelKind.Share => Plain(model, quantity, value),
            ModelKind.Graduated => Walk(model.Tiers, Snap(model.Tiers, position)),
            ModelKind.Volume => position * Rational.Of(At(model.Tiers, position).Rate),
            _ => null,
        };
    }

    private static Rational[] Parts(Rational whole, BigInteger[] weights) =>
    [
        .. Shares.Split(whole.Round(Grid, Monetary.RoundingMode.HalfAwayFromZero), weights)
            .Select(static p => new Rational(p, Rational.Ten(Grid))),
    ];

    // The clause's part of the whole is rounded once, then shared out in whole minor units.
    private OracleShare[] Once(
        ClausePlan clause,
        (Rational Quantity, Rational Value) basis,
        (string Partner, long Weight, Counter Before)[] who,
        long total,
        Counter[] parts)
    {
        Rational whole = Capped(
            clause.Model,
            Plain(clause.Model, basis.Quantity, basis.Value),
            new Rational(clause.Model.CapMinor, Rational.Ten(digits)));
        Rational mine = whole * new Rational(who.Sum(static w => w.Weight), total);
        long[] posted = Shares.Split((long)mine.Round(digits, clause.Mode), who.Select(static w => w.Weight));
        var shares = new OracleShare[who.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            Rational accrued = (whole * new Rational(who[i].Weight, total)).Quantised(Grid);
            shares[i] = new(
                who[i].Partner, posted[i], who[i].Before, parts[i] with { Accrued = accrued });
        }

        return shares;
    }

    private OracleShare[] Cumulative(
        ClausePlan clause,
        (Rational Quantity, Rational Value) whole,
        (string Partner, long Weight, Counter Before)[] who,
        long total,
        Counter[] parts)
    {
        var shares = new OracleShare[who.Length];
        for (int i = 0; i < who.Length; i++)
        {
            Counter before = clause.Together && i > 0 ? shares[i - 1].Before + shares[i - 1].Counted : who[i].Before;
            Counter counted = parts[i];
            Rational own;
            Rational repriced = default;
            if (clause.Model.IsTiered)
            {
                (own, repriced) = Tiered(clause.Model, before, counted);
            }
            else
            {
                Rational share = new(who[i].Weight, total);
                own = Capped(
                    clause.Model,
                    Plain(clause.Model, whole.Quantity, whole.Value) * share,
                    new Rational(clause.Model.CapMinor, Rational.Ten(digits)) * share);
            }

            repriced = repriced.Quantised(Grid);
            Rational unpriced = repriced.Sign < 0 ? Unpriced(clause.Model, before, counted, own, repriced) : default;
            own = own.Quantised(Grid);
            Rational exact = own + repriced + unpriced;
            var change = (long)((before.Accrued + exact).Round(digits, clause.Mode)
                - before.Accrued.Round(digits, clause.Mode));
            long amount = repriced.Sign == 0 ? change : (long)own.Round(digits, clause.Mode);
            shares[i] = new(who[i].Partner, amount, before, counted with { Accrued = exact })
            {
                Repricing = repriced.Sign == 0 ? null : change - amount,
                Unpriced = unpriced,
            };
        }

        return shares;
    }

    private static Rational Plain(ModelPlan model, Rational quantity, Rational value) =>
        (model.ReadsValue ? value : quantity) * Rational.Of(model.Rate);

    private static Rational Capped(ModelPlan model, Rational amount, Rational cap) =>
        model.Kind is ModelKind.CappedFixed or ModelKind.CappedShare && amount > cap ? cap : amount;

    private static (Rational Own, Rational Repriced) Tiered(ModelPlan model, Counter before, Counter counted)
    {
        Rational from = model.ByValue ? before.Value : before.Quantity;
        Rational step = model.ByValue ? counted.Value : counted.Quantity;
        switch (model.Kind)
        {
            case ModelKind.Graduated:
                return (Walk(model.Tiers, Snap(model.Tiers, from + step)) - Walk(model.Tiers, Snap(model.Tiers, from)),
                    default);
            case ModelKind.Forward:
                return (step * Rational.Of(At(model.Tiers, from).Rate), default);
            default:
                Rational now = Rational.Of(At(model.Tiers, from + step).Rate);
                Rational then = Rational.Of(At(model.Tiers, from).Rate);
                return (step * now, before.IsUsed ? from * (now - then) : default);
        }
    }

    // What was before falls to what the terms pay for it at the tier that is reached, if it lies above that.
    private static Rational Unpriced(ModelPlan model, Counter before, Counter counted, Rational own, Rational fall)
    {
        Rational whole = Total(model, before.Quantity + counted.Quantity, before.Value + counted.Value)!.Value;
        Rational worth = (whole - own).Quantised(Grid);
        Rational least = worth < before.Accrued ? worth : before.Accrued;
        Rational unpriced = least - before.Accrued - fall;
        Rational drift = worth * new Rational(1, Rational.Ten(Drift));
        Rational most = new(1, Rational.Ten(PositionGrid));
        return unpriced >= (drift > most ? drift : most) ? unpriced : default;
    }

    /// <summary>The tier at a position.</summary>
    public static TierPlan At(TierPlan[] tiers, Rational position)
    {
        Rational near = position.Quantised(PositionGrid);
        return Array.Find(tiers, t => t.UpTo is not { } end || near < Rational.Of(end))!;
    }

    /// <summary>
    /// A position, but for thirds: three of them are a whole, so what is an end but for the thirteenth decimal is it.
    /// </summary>
    public static Rational Snap(TierPlan[] tiers, Rational position)
    {
        Rational near = position.Quantised(PositionGrid);
        return Array.Exists(tiers, t => t.UpTo is { } end && Rational.Of(end) == near) ? near : position;
    }

    // P of everything up to a position, each tier at its own price.
    private static Rational Walk(TierPlan[] tiers, Rational position)
    {
        Rational sum = default;
        Rational start = default;
        foreach (TierPlan tier in tiers)
        {
            Rational end = tier.UpTo is { } upTo && Rational.Of(upTo) < position ? Rational.Of(upTo) : position;
            if (end <= start)
            {
                break;
            }

            sum += (end - start) * Rational.Of(tier.Rate);
            start = end;
        }

        return sum;
    }
}
