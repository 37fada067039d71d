using PerfMarketing.Monetary;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <summary>Which leg of a decision an earning belongs to, and what is held of it.</summary>
internal static class DisputedLegs
{
    /// <summary>Whether what the leg earned is not paid: it is disputed, or ruled out.</summary>
    /// <param name="qualification">How the leg was judged.</param>
    public static bool IsHeld(Qualification qualification) =>
        qualification is Qualification.Disputed || IsRuledOut(qualification);

    /// <summary>Whether a ruling on the evidence says that it did not happen.</summary>
    /// <param name="qualification">How the leg was judged.</param>
    public static bool IsRuledOut(Qualification qualification) =>
        qualification is Qualification.Rejected { Reasons: var reasons }
        && reasons.Any(static r => r.Code == ProofReasons.RuledOut);

    /// <summary>What a leg of the newest decision earned.</summary>
    /// <param name="known">The outcome.</param>
    /// <param name="leg">The leg.</param>
    public static IEnumerable<EarningState> EarnedBy(OutcomeState known, LegDecision leg) =>
        known.Earnings.Where(e => e.Earning.Contract == leg.Contract && LegOf(known, e) == leg);

    /// <summary>The leg of the newest decision that an earning belongs to; null when none is known.</summary>
    /// <remarks>
    /// Several versions of one contract may pay one outcome, each other partners by the same clause. What was earned
    /// belongs to the leg of its first clause and version; amendments price it anew without moving it.
    /// </remarks>
    /// <param name="known">The outcome.</param>
    /// <param name="earned">The earning.</param>
    public static LegDecision? LegOf(OutcomeState known, EarningState earned)
    {
        (Earning first, Earning standing) = (earned.Earning, earned.Standing);
        (LegDecision? found, int best) = (null, 0);
        foreach (LegDecision leg in known.Decision?.Legs ?? [])
        {
            if (leg.Contract != first.Contract || (leg.Clause != first.Clause && leg.Clause != standing.Clause))
            {
                continue;
            }

            int version = leg.Version == first.Version ? 2 : leg.Version == standing.Version ? 1 : 0;
            int fit = 1 + (leg.Clause == first.Clause ? 4 : 0) + version;
            (found, best) = fit > best ? (leg, fit) : (found, best);
        }

        return found;
    }

    /// <summary>
    /// What must be added to the holds of an earning: all that it is worth is held while its leg is disputed; what it
    /// takes back is not.
    /// </summary>
    /// <param name="earned">The earning.</param>
    /// <param name="leg">Its leg; null when none is known.</param>
    public static Money ChangeOf(EarningState earned, LegDecision? leg)
    {
        Money nothing = Money.Zero(earned.Net.Currency);
        bool isHeld = leg?.Qualification is Qualification.Disputed;
        return (isHeld ? -Money.Max(nothing, earned.Net) : nothing) - earned.Held;
    }

    /// <summary>Whether a hold or a ruling waits to be posted, because it came into a closed period.</summary>
    /// <param name="known">The outcome.</param>
    public static bool AreDue(OutcomeState known)
    {
        if (known.Verdicts.Count > 0 && known.Decision is { } decision)
        {
            foreach (EarningState earned in known.Earnings)
            {
                if ((earned.Held.MinorUnits != 0 || earned.IsRuledOut
                        || decision.Legs.Any(static l => IsHeld(l.Qualification)))
                    && LegOf(known, earned) is { } leg
                    && (ChangeOf(earned, leg).MinorUnits != 0
                        || earned.IsRuledOut != IsRuledOut(leg.Qualification)))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
