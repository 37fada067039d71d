
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

    private static bool IsSame(Leg leg, LegDecision decided) => leg.Contract.Id == decided.Contract
        && leg.Clause.Id == decided.Clause && leg.Apart == decided.Apart;
}
