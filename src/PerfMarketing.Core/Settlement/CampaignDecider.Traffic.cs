using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
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

        IEnumerable<TrafficSignal> found = TrafficScreen.Judge(terms, CaseOf(work, leg, outcome))
            .Concat(SeenBeside(work, leg, outcome)
                .Where(static s => s.Code.StartsWith(TrafficReasons.Area, StringComparison.Ordinal)));
        TrafficDecision decision = terms.Decide(
            TrafficEvidence.Standing(terms, found, work.Known.Verdicts, work.AsOf));
        switch (decision.Action)
        {
            case TrafficAction.Reject:
                return new Qualification.Rejected(decision.Reasons);
            case TrafficAction.Hold:
                return Held(judged, TrafficEvidence.Cleared, decision.Reasons);
            default:
                leg.Notes = decision.Signals.Count == 0 ? leg.Notes : [.. leg.Notes, .. decision.Reasons];
                return judged;
        }
    }

    private static Qualification Held(Qualification judged, EvidenceKind awaited, ValueList<Reason> reasons) =>
        judged switch
        {
            Qualification.Pending pending => new Qualification.Pending(
                pending.Missing.Contains(awaited) ? pending.Missing : pending.Missing.Add(awaited),
                pending.Until,
                [.. reasons, .. pending.Reasons]),
            Qualification.Disputed disputed => new Qualification.Disputed([.. reasons, .. disputed.Reasons]),
            _ => new Qualification.Pending([awaited], Until: null, reasons),
        };

    // What the decision changes of the counts that statements show; of a closed one nothing.
    private static void CountTraffic(Work work, OutcomeDecided? before, OutcomeDecided decided)
    {
        Campaign campaign = work.State.Campaign;
        if (!campaign.FiltersTraffic || work.Known.Outcome is not { } outcome)
        {
            return;
        }

        TrafficPlaces earlier = TrafficPlaces.Of(campaign, before);
        TrafficPlaces later = TrafficPlaces.Of(campaign, decided);
        foreach ((ContractId Contract, PartnerId Partner) key in earlier.Keys.Union(later.Keys).Order())
        {
            TrafficCounts change = later.CountsOf(key, outcome) - earlier.CountsOf(key, outcome);
            if (change != TrafficCounts.None)
            {
                work.Add(new TrafficCounted
                {
                    OutcomeId = outcome.Id,
                    DecidedAt = Instant.Max(work.AsOf, work.State.ClosedThrough(key.Contract)),
                    Contract = key.Contract,
                    Partner = key.Partner,
                    Change = change,
                });
            }
        }
    }

    // Every outcome that a contract looks at is seen, whatever becomes of it, also when what it earned was restored.
    private static void See(Work work, Leg leg, Outcome outcome)
    {
        if (!LooksBeside(leg.Contract))
        {
            return;
        }

        TrafficCase seen = CaseOf(work, leg, outcome);
        foreach (Credit credit in leg.Credits)
        {
            foreach (TrafficFinding found in work.State.Traffic.Look(SubjectOf(leg.Contract, credit.Partner, seen)))
            {
                work.Add(new TrafficSeen { OutcomeId = outcome.Id, DecidedAt = work.AsOf, Finding = found });
            }
        }
    }

    // What was found when the outcome was first seen, for each partner of the leg.
    private static IEnumerable<TrafficSignal> SeenBeside(Work work, Leg leg, Outcome outcome) =>
        !LooksBeside(leg.Contract) ? [] :
        from credit in leg.Credits
        from room in SubjectOf(leg.Contract, credit.Partner, new(outcome)).Rooms
        from signal in work.State.Traffic.FoundIn(outcome.Id, room) ?? []
        select signal;

    /// <summary>Where a decision looks for what was seen before an outcome.</summary>
    /// <param name="contract">A contract that pays for it.</param>
    /// <param name="partners">Whom the contract pays.</param>
    /// <param name="outcome">The outcome.</param>
    internal static IEnumerable<TrafficRoom> SeenFrom(
        Contract contract, IEnumerable<PartnerId> partners, Outcome outcome) => LooksBeside(contract)
        ? partners.SelectMany(p => SubjectOf(contract, p, new(outcome)).Reads)
        : [];

    private static bool LooksBeside(Contract contract) =>
        contract.Traffic?.LooksBeside == true || contract.Calls?.UniqueWithin is not null;

    private static TrafficSubject SubjectOf(Contract contract, PartnerId partner, TrafficCase seen) =>
        new(contract.Id, partner, seen) { Terms = contract.Traffic, Calls = contract.Calls };

    // The newest touch of the leg's partners that got credit is the one that brought the outcome.
    private static TrafficCase CaseOf(Work work, Leg leg, Outcome outcome)
    {
        TrafficCase alone = new(outcome) { Classes = TrafficEvidence.ClassesOf(work.Known.Verdicts, work.AsOf) };
        if (work.Seen is not var (attribution, journey))
        {
            return alone;
        }

        TouchCredit? brought = null;
        foreach (TouchCredit touch in attribution.Touches)
        {
            if (touch.Weight > 0 && touch.Claim is null
                && leg.Credits.Exists(c => c.Partner == touch.Partner) && !(touch.At < brought?.At))
            {
                brought = touch;
            }
        }

        return brought is { } credited
            ? alone with { TouchAt = credited.At, TouchFacts = FactsOf(credited, journey) }
            : leg.Contract.Assists ? WithTouch(alone, leg, journey, work.AsOf)
            : alone;
    }

    // Who assisted has no credited touch: its newest one that was known.
    private static TrafficCase WithTouch(TrafficCase alone, Leg leg, Journey journey, Instant asOf)
    {
        TrafficCase seen = alone;
        foreach (JourneyTouch touch in journey.Touches.Span)
        {
            if (leg.Credits.Exists(c => c.Partner == touch.Partner) && touch.At <= alone.Outcome.At
                && touch.RecordedAt <= asOf && !(touch.At < seen.TouchAt))
            {
                seen = seen with { TouchAt = touch.At, TouchFacts = touch.Facts };
            }
        }

        return seen;
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
