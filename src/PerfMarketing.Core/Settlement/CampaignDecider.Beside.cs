
namespace PerfMarketing.Settlement;

/// <content>Legs of one contract and clause by several versions, each for other partners.</content>
public sealed partial class CampaignDecider
{
    // What was decided once stays so; else whoever has the earliest version stands alone.
    private static bool IsBeside(OutcomeState known, Leg leg, List<Leg> planned)
    {
        foreach (LegDecision before in known.Decision?.Legs ?? [])
        {
            if (before.IsOf(leg.Contract, leg.Clause))
            {
                return before.IsBeside;
            }
        }

        return planned.Count > 1 && planned.Exists(l => l.Contract.Id == leg.Contract.Id
            && l.Clause.Id == leg.Clause.Id && l.Contract.Version != leg.Contract.Version
            && (l.Contract.Version < leg.Contract.Version || StandsAlone(known, l)));
    }

    // A version that came in later, by a touch that became known later, does not take the place of the first.
    private static bool StandsAlone(OutcomeState known, Leg leg)
    {
        foreach (LegDecision before in known.Decision?.Legs ?? [])
        {
            if (before.IsOf(leg.Contract, leg.Clause))
            {
                return !before.IsBeside;
            }
        }

        return false;
    }

    // By which version limits and budgets keep an earning apart.
    private static int ApartOf(Work work, EarningState earned)
    {
        Earning first = earned.Earning;
        foreach (Leg leg in work.Legs)
        {
            if (leg.Contract.Id == first.Contract && leg.Contract.Version == first.Version
                && leg.Clause.Id == first.Clause && leg.Credits.Exists(c => c.Partner == first.Partner))
            {
                return leg.Apart;
            }
        }

        return ApartOf(work.Known, earned);
    }

    // Earnings of closed statements may come without the decision that made them.
    private static int ApartOf(OutcomeState known, EarningState earned)
    {
        if (known.Decision is not null)
        {
            return DisputedLegs.LegOf(known, earned)?.Apart ?? 0;
        }

        Earning first = earned.Earning;
        return known.Earnings.Any(e => e.Earning.Contract == first.Contract && e.Earning.Clause == first.Clause
            && e.Earning.Version < first.Version && e.Earning.Partner != first.Partner)
            ? first.Version
            : 0;
    }

    // Where versions share an outcome, who was decided before comes first: what a leg that waited for more has set
    // aside and needs no longer is there for the one that joins.
    private static IEnumerable<Leg> InTurn(OutcomeState known, List<Leg> legs) =>
        known.Decision is { } before && legs.Exists(static l => l.IsBeside)
            ? legs.OrderBy(l => before.Legs.Any(d => IsSame(l, d)) ? 0 : 1)
            : legs;

    // The decision lists its legs as they were planned, in whatever order they were decided; a leg that sent its
    // outcome elsewhere has another in its place.
    private static void InPlanned(List<Leg> decided, int first, List<Leg> legs)
    {
        if (legs.Count > 1 && legs.TrueForAll(decided.Contains))
        {
            for (int i = 0; i < legs.Count; i++)
            {
                decided[first + i] = legs[i];
            }
        }
    }

    private static bool IsSame(Leg leg, LegDecision decided) => leg.Contract.Id == decided.Contract
        && leg.Clause.Id == decided.Clause && leg.Apart == decided.Apart;
}
