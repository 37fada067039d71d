using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;

namespace PerfMarketing.Settlement;

/// <content>What the contract makes of invalid traffic.</content>
public sealed partial class CampaignDecider
{
    // What was filtered is decided again whenever something is heard of it: findings can be cleared.
    private static bool IsFiltered(LegDecision leg) => IsFiltered(leg.Qualification);

    private static bool IsFiltered(OutcomeDecided decided)
    {
        foreach (LegDecision leg in decided.Legs)
        {
            if (IsFiltered(leg))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFiltered(Qualification qualification)
    {
        if (qualification is Qualification.Rejected { Reasons: var reasons })
        {
            foreach (Reason reason in reasons)
            {
                if (reason.Code.StartsWith(TrafficReasons.Area, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Holds or rejects only as the contract says; what else was found is noted.
    private static Qualification Screen(Work work, Leg leg, Outcome outcome, Qualification judged)
    {
        if (leg.Contract.Traffic is not { } terms || judged is Qualification.Rejected)
        {
            return judged;
        }

        IEnumerable<TrafficSignal> found = TrafficScreen.Judge(terms, CaseOf(work, leg, outcome));
        TrafficDecision decision = terms.Decide(
            TrafficEvidence.Standing(terms, found, work.Known.Verdicts, work.AsOf));
        switch (decision.Action)
        {
            case TrafficAction.Reject:
                return new Qualification.Rejected(decision.Reasons);
            case TrafficAction.Hold:
                return Held(judged, decision.Reasons);
            default:
                leg.Notes = decision.Signals.Count == 0 ? leg.Notes : [.. leg.Notes, .. decision.Reasons];
                return judged;
        }
    }

    private static Qualification Held(Qualification judged, ValueList<Reason> reasons) => judged switch
    {
        Qualification.Pending pending => new Qualification.Pending(
            pending.Missing.Add(TrafficEvidence.Cleared), pending.Until, [.. reasons, .. pending.Reasons]),
        Qualification.Disputed disputed => new Qualification.Disputed([.. reasons, .. disputed.Reasons]),
        _ => new Qualification.Pending([TrafficEvidence.Cleared], Until: null, reasons),
    };

    // The newest touch of the leg's partners that got credit is the one that brought the outcome.
    private static TrafficCase CaseOf(Work work, Leg leg, Outcome outcome)
    {
        if (work.Seen is not var (attribution, journey))
        {
            return new(outcome);
        }

        TouchCredit? brought = null;
        foreach (TouchCredit touch in attribution.Touches)
        {
            if (touch.Weight > 0 && leg.Credits.Exists(c => c.Partner == touch.Partner) && !(touch.At < brought?.At))
            {
                brought = touch;
            }
        }

        return brought is { } credited
            ? new(outcome) { TouchAt = credited.At, TouchFacts = FactsOf(credited, journey) }
            : new(outcome);
    }

    private static FactSet FactsOf(TouchCredit credited, Journey journey)
    {
        foreach (JourneyTouch touch in journey.Touches.Span)
        {
            if (touch.Id == credited.Touch && touch.At == credited.At && touch.Partner == credited.Partner)
            {
                return touch.Facts;
            }
        }

        return FactSet.Empty;
    }
}
