using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Oracle;

/// <content>What corrections make of earnings, and what that does to budgets.</content>
internal sealed partial class OracleBook
{
    // Every correction adjusts every earning once, in the order in which they came.
    private void Adjust(OracleOutcome known)
    {
        foreach (var leg in known.Earnings.GroupBy(static e => e.Leg).OrderBy(g => PlaceOf(known, g.Key)).ToArray())
        {
            OracleEarning[] earnings = [.. leg];
            Correction[] due = [.. known.Corrections.Where(c => !earnings[0].Known.Contains(c.Id.Value)
                && (c is not Ruling ruling || leg.Key.Concerns(ruling)))];
            for (int i = 0; i < due.Length; i++)
            {
                Correction[] later = due[(i + 1)..];
                (long[] targets, long[] byTerms) = Ruled(leg.Key, earnings, known, later);
                string why = WhyOf(due[i], leg.Key, earnings[0], known, later);
                bool isGone = IsGone(leg.Key, known, later);
                for (int k = 0; k < earnings.Length; k++)
                {
                    long change = targets[k] - earnings[k].Net;
                    (long moved, long over) = Move(earnings[k], known.Outcome!, change);
                    LetGo(known, earnings[k], moved);
                    earnings[k].Net += moved;
                    earnings[k].Known.Add(due[i].Id.Value);
                    posted.Add(new(EntryKind.Adjustment, earnings[k], moved, asOf)
                    {
                        Cause = due[i].Id.Value,
                        Why = moved < change ? OracleCodes.OverBudget : why,
                        IsAtOnce = isAdjustedAtOnce && due[i] is Ruling,
                        LeavesPlace = isGone && earnings[k].Amount == 0,
                        OverBudget = over,
                        ByHand = Between(targets[k] - byTerms[k], earnings[k].Net - byTerms[k]),
                    });
                }
            }
        }
    }

    // What was refused counts for nothing; else a decision by hand speaks for itself, and the terms for the rest.
    private static string WhyOf(
        Correction cause, OracleLeg leg, OracleEarning first, OracleOutcome known, Correction[] later)
    {
        OracleTruth truth = known.Truth(later);
        var ruled = OracleRuling.Of(known.Corrections.Except(later), leg);
        return truth.WhyRefused(cause.Id)
            ?? (cause is Ruling ruling ? ruled.CodeOf(ruling)
                : leg.Clause.Corrections == CorrectionPolicy.UntilFullReturn ? OracleCodes.UntilFullReturn
                : leg.Clause.Corrections == CorrectionPolicy.Reprice
                || (!ruled.IsRefused && WasNothing(leg, first, truth)) ? OracleCodes.Repriced
                : OracleCodes.Proportional);
    }

    private static bool IsGone(OracleLeg leg, OracleOutcome known, Correction[] later) =>
        known.Truth(later).IsGone || OracleRuling.Of(known.Corrections.Except(later), leg).IsRefused;

    private static bool WasNothing(OracleLeg leg, OracleEarning first, OracleTruth truth) =>
        first.Value.Sign == 0 && truth.Kept > 0 && truth.Currency == leg.Contract.Currency;

    // What is there beside the terms: as much as was decided by hand, as far as it was paid.
    private static long Between(long decided, long stands) =>
        decided < 0 ? Math.Clamp(stands, decided, 0) : Math.Clamp(stands, 0, decided);

    // A rejection leaves nothing; an approved amount, and a part for a grade, take the place of what the terms pay.
    private (long[] Targets, long[] ByTerms) Ruled(
        OracleLeg leg, OracleEarning[] earnings, OracleOutcome known, Correction[] later)
    {
        OracleTruth truth = known.Truth(later);
        var ruling = OracleRuling.Of(known.Corrections.Except(later), leg);
        if (ruling.IsRefused)
        {
            return (new long[earnings.Length], new long[earnings.Length]);
        }

        long[] byTerms = Targets(leg, earnings, truth);
        long[] targets = byTerms;
        if (truth.IsGone)
        {
            return (targets, byTerms);
        }

        if (ruling.Amount is { } amount)
        {
            long[] amounts = [.. earnings.Select(static e => Math.Max(0, e.Amount))];
            long[] parts = Shares.Split(
                amount, Array.Exists(amounts, static a => a > 0) ? amounts : earnings.Select(static e => e.Weight));
            targets = [.. targets.Select((t, i) => earnings[i].Amount == 0
                ? parts[i]
                : Rounded(Rational.Of(parts[i]) * new Rational(t, earnings[i].Amount), leg))];
        }

        targets =
        [
            .. targets.Select((t, i) =>
                ruling.IsScaled ? Rounded(Rational.Of(t) * Rational.Of(leg.Clause.GradePart!.Value), leg)
                : ruling.IsHeld ? Math.Min(t, earnings[i].Net)
                : t),
        ];
        return (targets, byTerms);
    }

    private static long Rounded(Rational amount, OracleLeg leg) => (long)amount.Round(0, leg.Clause.Mode);

    private static int PlaceOf(OracleOutcome known, OracleLeg leg)
    {
        int place = known.Legs.FindIndex(l => l.Key == leg.Key);
        return place < 0 ? int.MaxValue : place;
    }

    private long[] Targets(OracleLeg leg, OracleEarning[] earnings, OracleTruth truth)
    {
        OracleEarning first = earnings[0];
        return leg.Clause.Corrections switch
        {
            CorrectionPolicy.Reprice => Repriced(leg, earnings, truth),
            CorrectionPolicy.UntilFullReturn =>
                [.. earnings.Select(e => KeptOf(leg, e, truth).Sign <= 0 ? 0 : e.Amount)],
            _ when WasNothing(leg, first, truth) => Repriced(leg, earnings, truth),
            _ => Proportional(leg, earnings, Rational.One - KeptOf(leg, first, truth)),
        };
    }

    private static long[] Proportional(OracleLeg leg, OracleEarning[] earnings, Rational returned) =>
        [.. earnings.Select(e => e.Amount - (long)(Rational.Of(e.Amount) * returned).Round(0, leg.Clause.Mode))];

    private long[] Repriced(OracleLeg leg, OracleEarning[] earnings, OracleTruth truth)
    {
        if (truth.IsGone)
        {
            return new long[earnings.Length];
        }

        (Rational quantity, Rational value) = BasisOf(truth, leg.Contract.Currency);
        OracleShare[] shares = pricing.Price(
            leg.Clause, quantity, value, [.. earnings.Select(static e => (e.Partner, e.Weight, e.Before))],
            earnings[0].Total);
        return [.. earnings.Select((e, i) => shares[i].Amount <= e.Priced
            ? Math.Min(shares[i].Amount, e.Amount)
            : e.Amount + (shares[i].Amount - e.Priced))];
    }

    // How much of what was priced is left: by units where units were priced and restated, else by value.
    private static Rational KeptOf(OracleLeg leg, OracleEarning earning, OracleTruth truth)
    {
        if (truth.IsGone)
        {
            return Rational.Zero;
        }

        var units = Rational.Of(truth.KeptQuantity);
        Rational part = units / Rational.Of(earning.Quantity);
        if (truth.KeptQuantity != earning.Quantity && leg.Clause.Model.CountsUnits)
        {
            return truth.Kept is { } kept && truth.Stated is > 0 and { } stated
                ? part * new Rational(kept, stated)
                : part;
        }

        if (truth.Kept is not null && truth.Currency != leg.Contract.Currency)
        {
            return truth.KeptFraction;
        }

        return earning.Value.Sign != 0 && truth.Kept is { } left
            ? Rational.Of(left) / (earning.Value * Rational.Of(Scale(leg)))
            : part;
    }

    private static decimal Scale(OracleLeg leg) =>
        (decimal)Rational.Ten(Currency.Parse(leg.Contract.Currency).MinorDigits);

    // Less gives room back, first of all what lay above budgets; more is paid as far as all budgets have room, or
    // promise it.
    private (long Moved, long Over) Move(OracleEarning earning, Outcome outcome, long change)
    {
        string key = $"{earning.Leg.Key}|{outcome.Id}";
        OracleBudget[] all = [.. BudgetsOf(outcome.At)];
        long moved = change <= 0 ? change : all.Where(static b => !b.KeepsPromises)
            .Aggregate(change, static (least, b) => Math.Min(least, b.Room));
        long over = change < 0 ? Math.Max(change, -earning.Over) : 0;
        foreach (OracleBudget budget in change == 0 ? [] : all)
        {
            over = change > 0 ? Math.Max(over, moved - budget.Room) : over;
            budget.Move(key, moved);
        }

        earning.Over += over;
        return (moved, over);
    }

    private void Release(OracleLeg leg, Outcome outcome)
    {
        foreach (OracleBudget budget in BudgetsOf(outcome.At))
        {
            budget.Release($"{leg.Key}|{outcome.Id}");
        }
    }

    private void ReleaseOthers(List<OracleLeg> before, List<OracleLeg> legs, Outcome outcome)
    {
        foreach (OracleLeg old in before.Where(static l => l.Standing is Standing.Pending or Standing.Disputed))
        {
            if (!legs.Exists(l => l.Key == old.Key))
            {
                Release(old, outcome);
            }
        }
    }

    private IEnumerable<OracleBudget> BudgetsOf(Instant at)
    {
        if (world.Budgets.Length == 0)
        {
            yield break;
        }

        LocalDate day = at.InZone(ZoneOf(world.Zone)).Date;
        foreach (BudgetPlan plan in world.Budgets)
        {
            var key = (plan.Id, plan.PerDay ? day : new LocalDate(day.Year, day.Month, 1));
            if (!budgets.TryGetValue(key, out OracleBudget? budget))
            {
                budgets.Add(key, budget = new(plan.LimitMinor, plan.PaysRest, plan.AtCap));
            }

            budget.Now = asOf;
            yield return budget;
        }
    }
}
