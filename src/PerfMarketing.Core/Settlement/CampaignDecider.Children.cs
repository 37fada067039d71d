using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <content>What outcomes take from the outcome that they follow from.</content>
public sealed partial class CampaignDecider
{
    // What an outcome is while its parent, or the parent's decision, is missing; null when it waits for nothing.
    private Qualification? AwaitParent(Work work, Outcome outcome)
    {
        if (outcome.Parent is not { } id)
        {
            return null;
        }

        bool inherits = InheritsAnything(campaign);
        if (!inherits && !campaign.AsksForParents)
        {
            return null;
        }

        OutcomeState? parent = work.State.Find(id);
        if (parent?.Outcome is null || (inherits && !IsDecided(parent.Decision)))
        {
            return new Qualification.Pending([], null, [Reason.Of(SettlementReasons.ParentAwaited, ("parent", id))]);
        }

        return !InheritsCredits(outcome) ? null
            : parent.Decision?.Attribution is not { IsCredited: true }
            ? new Qualification.Rejected([Reason.Of(SettlementReasons.ParentNotCredited, ("parent", id))])
            : IsDisproved(parent)
            ? new Qualification.Rejected([Reason.Of(SettlementReasons.ParentDisproved, ("parent", id))])
            : null;
    }

    /// <summary>Whether an outcome waits for its parent.</summary>
    internal bool AwaitsParent(CampaignState state, Outcome outcome) => outcome.Parent is not null
        && AwaitParent(new(state, outcome.Id, default), outcome) is Qualification.Pending;

    // Whether every contract that would have paid for an outcome refused its proof: then nobody brought anything.
    private bool IsDisproved(OutcomeState parent) => parent is { Decision: { Legs: { Count: > 0 } legs } decision }
        && legs.All(l => l.Qualification is Qualification.Rejected
            && campaign.FindContract(l.Contract, l.Version) is { } contract
            && contract.FindClause(l.Clause) is { } clause
            && Judge(
                contract,
                clause,
                parent.Outcome!,
                CreditsOf(l, decision, contract),
                parent.Verdicts,
                decision.DecidedAt)
                is Qualification.Rejected);

    private static ValueList<Credit> CreditsOf(LegDecision leg, OutcomeDecided decision, Contract contract) =>
        leg.Credits.Count > 0 ? leg.Credits
            : [.. (decision.Attribution?.Credits ?? []).Where(c => contract.Names(c.Partner))];

    // Who waits for an outcome goes on once that is decided: before, nothing would come of it.
    private static ValueList<OutcomeId> DueChildren(Campaign campaign, OutcomeState known) =>
        known.Outcome is null || (InheritsAnything(campaign) && !IsDecided(known.Decision)) ? []
            : known.WaitingChildren;

    private static bool InheritsAnything(Campaign campaign) =>
        campaign.Children.Credits == ChildSource.Inherited || campaign.Children.Version == ChildSource.Inherited;

    // The parent knows who waits for it: in its own stream, so that a decision on either sees the other.
    private static void NoteWait(Work work, bool waited, bool waits)
    {
        if (waited != waits && work.Known.Outcome?.Parent is { } parent)
        {
            work.Add(new ChildWaits
            {
                OutcomeId = parent,
                DecidedAt = work.AsOf,
                Child = work.Id,
                IsOver = !waits,
            });
        }
    }

    // Credits stand once a leg qualified, or when nothing is open any more.
    private static bool IsDecided(OutcomeDecided? decision) => decision is not null
        && (decision.Qualification is Qualification.Qualified or Qualification.Rejected
            || decision.Legs.Any(static l => l.Qualification is Qualification.Qualified));

    private AttributionDecision? InheritedCredits(Work work, Outcome outcome)
    {
        if (outcome.Parent is not { } id || !InheritsCredits(outcome)
            || work.State.Find(id)?.Decision?.Attribution is not { } inherited)
        {
            return null;
        }

        work.Notes.Add(Reason.Of(SettlementReasons.CreditInherited, ("parent", id)));
        return new(inherited.Credits, [.. inherited.Touches.Where(static t => t.Weight > 0)])
        {
            Roles = inherited.Roles,
            Model = inherited.Model,
        };
    }

    // The versions that priced the parent, when the term says so.
    private ValueList<ContractVersion>? InheritedVersions(Work work, Outcome outcome) =>
        campaign.Children.Version == ChildSource.Inherited && outcome.Parent is { } id
            && work.State.Find(id)?.Decision is { } parent
            ? [.. parent.Legs.Select(static l => new ContractVersion(l.Contract, l.Version)).Distinct()]
            : null;

    private bool InheritsCredits(Outcome outcome) =>
        outcome.Parent is not null && campaign.Children.Credits == ChildSource.Inherited;

    private static Outcome? ParentOf(Work work, Outcome outcome) =>
        outcome.Parent is { } id ? work.State.Find(id)?.Outcome : null;

    // What conditions and models see: with the outcome's own numbers and its parent's, where some clause asks for them.
    private FactSet FactsOf(CampaignState state, Outcome outcome, OutcomeTruth truth)
    {
        if (!campaign.AsksForOutcomeFacts)
        {
            return outcome.Facts;
        }

        OutcomeState? parent = outcome.Parent is { } id ? state.Find(id) : null;
        return parent?.Outcome is { } before && before.Check().Count == 0
            ? OutcomeFacts.Of(outcome, truth, before, OutcomeTruth.After(before, parent.Corrections))
            : OutcomeFacts.Of(outcome, truth, null, null);
    }
}
