using System.Globalization;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>A line that an entry should have: what it is, what it comes to, and of what.</summary>
internal sealed record OracleLine(string Code, Rational Amount)
{
    public Rational? Units { get; init; }

    public Rational? Base { get; init; }

    public decimal? Rate { get; init; }

    public bool IsRepricing { get; init; }

    public override string ToString() =>
        $"{Code} {Amount} ({Units} of {Base} at {Rate}{(IsRepricing ? ", again" : "")})";
}

/// <summary>How an amount comes about, line by line, from the words of the design alone.</summary>
internal sealed class OracleLines(int digits)
{
    private const int Grid = 12;

    /// <summary>
    /// The model's price of the whole outcome, what the cap takes, and what others were credited for; or the tiers
    /// through which the credited part goes.
    /// </summary>
    public List<OracleLine> Of(
        ClausePlan clause, in (Rational Quantity, Rational Value) whole, Rational credit, OracleShare share)
    {
        ModelPlan model = clause.Model;
        if (model.IsTiered)
        {
            return OfTiers(model, share.Before, share.Counted);
        }

        Rational price = Rational.Of(model.Rate);
        OracleLine first = model.ReadsValue
            ? new("revenue-share", whole.Value * price) { Base = whole.Value, Rate = model.Rate }
            : new("fixed", whole.Quantity * price) { Base = price, Units = whole.Quantity };
        List<OracleLine> lines = [first];
        Rational sum = first.Amount;
        Rational cap = new(model.CapMinor, Rational.Ten(digits));
        if (model.Kind is ModelKind.CappedFixed or ModelKind.CappedShare && sum > cap)
        {
            lines.Add(new("cap", cap - sum) { Base = cap });
            sum = cap;
        }

        if (credit != Rational.One)
        {
            lines.Add(new("credit-share", (sum * credit).Quantised(Grid) - sum) { Base = sum });
        }

        return lines;
    }

    /// <summary>The lines with what rounding made of them, and what budgets took away.</summary>
    public OracleLine[] Close(List<OracleLine> lines, long posted, long? overBudget)
    {
        AddRounding(lines, posted, isRepricing: false);
        if (overBudget is { } cut)
        {
            lines.Add(new("over-budget", InMajor(cut)));
        }

        return [.. lines];
    }

    /// <summary>What earlier results are worth more or less, and what of that was never paid.</summary>
    public OracleLine[] OfRepricing(ClausePlan clause, OracleShare share, long due, long paid)
    {
        (ModelPlan model, long priced) = (clause.Model, share.Repricing!.Value);
        Rational position = model.ByValue ? share.Before.Value : share.Before.Quantity;
        Rational step = model.ByValue ? share.Counted.Value : share.Counted.Quantity;
        decimal now = OraclePricing.At(model.Tiers, position + step).Rate;
        decimal then = OraclePricing.At(model.Tiers, position).Rate;
        List<OracleLine> lines =
        [
            new("repricing", position * (Rational.Of(now) - Rational.Of(then)))
            {
                Units = position,
                Base = model.ByValue ? null : Rational.Of(now),
                Rate = model.ByValue ? now : null,
                IsRepricing = true,
            },
        ];
        if (share.Unpriced.Sign != 0)
        {
            lines.Add(new("unpriced", share.Unpriced) { IsRepricing = true });
        }

        AddRounding(lines, priced, isRepricing: true);
        AddCut(lines, "unpaid", due - priced);
        AddCut(lines, "over-budget", paid - due);
        return [.. lines];
    }

    private static List<OracleLine> OfTiers(ModelPlan model, in Counter before, in Counter counted)
    {
        TierPlan[] tiers = model.Tiers;
        Rational from = model.ByValue ? before.Value : before.Quantity;
        Rational step = model.ByValue ? counted.Value : counted.Quantity;
        if (model.Kind != ModelKind.Graduated)
        {
            Rational place = model.Kind == ModelKind.Volume ? from + step : from;
            return [LineOf(model, Array.IndexOf(tiers, OraclePricing.At(tiers, place)), step)];
        }

        List<OracleLine> lines = [];
        (from, Rational to) = (OraclePricing.Snap(tiers, from), OraclePricing.Snap(tiers, from + step));
        for (int i = Array.IndexOf(tiers, OraclePricing.At(tiers, from)); lines.Count == 0 || from < to; i++)
        {
            Rational stop = tiers[i].UpTo is { } end && Rational.Of(end) < to ? Rational.Of(end) : to;
            lines.Add(LineOf(model, i, stop - from));
            from = stop;
        }

        return lines;
    }

    private static OracleLine LineOf(ModelPlan model, int tier, Rational units)
    {
        decimal rate = model.Tiers[tier].Rate;
        string code = string.Create(CultureInfo.InvariantCulture, $"tier-{tier + 1}");
        return model.ByValue
            ? new(code, units * Rational.Of(rate)) { Base = units, Rate = rate }
            : new(code, units * Rational.Of(rate)) { Base = Rational.Of(rate), Units = units };
    }

    private void AddRounding(List<OracleLine> lines, long posted, bool isRepricing)
    {
        Rational rest = InMajor(posted);
        foreach (OracleLine line in lines)
        {
            rest -= line.Amount;
        }

        if (rest.Sign != 0)
        {
            lines.Add(new("rounding", rest) { IsRepricing = isRepricing });
        }
    }

    private void AddCut(List<OracleLine> lines, string code, long cut)
    {
        if (cut != 0)
        {
            lines.Add(new(code, InMajor(cut)) { IsRepricing = true });
        }
    }

    private Rational InMajor(long minor) => new(minor, Rational.Ten(digits));
}
