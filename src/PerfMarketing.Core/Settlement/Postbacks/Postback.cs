using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement.Postbacks;

/// <summary>One call that tells a partner of a change of its outcome.</summary>
/// <param name="Id">
/// 32 lower-case hexadecimal digits, derived from the target and what it is told: deciding again gives the same id, and
/// each id is told once.
/// </param>
/// <param name="Target">The name of the target.</param>
/// <param name="Facts">What is told.</param>
/// <param name="Address">The address to call, ready.</param>
public sealed record Postback(string Id, string Target, PostbackFacts Facts, string Address)
{
    /// <summary>The calls that follow from a decision.</summary>
    /// <remarks>
    /// A pure function: nothing is called. Tests, and inputs that change nothing, tell nobody. A partner is told of its
    /// own share alone.
    /// </remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="targets">Where partners want to be told.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="journey">The touches around the outcome, for the partner's own sub-ids.</param>
    public static ValueList<Postback> Of(
        Campaign campaign, IEnumerable<PostbackTerms> targets, Decision decision, Journey journey)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Outcome.Outcome is not { IsTest: false } outcome)
        {
            return [];
        }

        PostbackTerms[] all = [.. targets];
        List<Postback> calls = [];
        foreach (PostbackFacts told in Waiting(campaign, outcome, decision).Concat(Posted(campaign, outcome, decision)))
        {
            foreach (PostbackTerms target in all.Where(t => t.Wants(told.Contract, told.Partner, told.State)))
            {
                PostbackFacts facts = WithTouch(told, decision.Outcome.Decision?.Attribution, journey);
                calls.Add(new(IdOf(target, facts), target.Name, facts, target.Address.Render(facts)));
            }
        }

        return [.. calls.DistinctBy(static c => c.Id)];
    }

    private static string IdOf(PostbackTerms target, PostbackFacts facts) => DerivedId.Of(
        "postback",
        target.Name,
        EnumText.Of(facts.State),
        facts.Campaign.Value,
        facts.Contract.Value,
        facts.Partner.Value,
        facts.Outcome.Value,
        facts.Entry.IsUnset ? null : facts.Entry.Value);

    // What waits or was refused, for each partner of each leg.
    private static IEnumerable<PostbackFacts> Waiting(Campaign campaign, Outcome outcome, Decision decision) =>
        from decided in decision.Records.OfType<OutcomeDecided>()
        from leg in decided.Legs
        let told = WaitOf(leg.Qualification)
        where told is not null
        let contract = campaign.FindContract(leg.Contract, leg.Version)
        where contract is not null
        from partner in PartnersOf(decided, leg, contract)
        select new PostbackFacts
        {
            Campaign = campaign.Id,
            Contract = leg.Contract,
            Clause = leg.Clause,
            Partner = partner,
            Outcome = outcome.Id,
            Kind = outcome.Kind,
            State = told.Value.State,
            At = decided.DecidedAt,
            Reason = told.Value.Reason?.Code,
        };

    private static (PostbackState State, Reason? Reason)? WaitOf(Qualification qualification) => qualification switch
    {
        Qualification.Pending { Reasons: var reasons } => (PostbackState.Pending, FirstOf(reasons)),
        Qualification.Rejected { Reasons: var reasons } => (PostbackState.Rejected, FirstOf(reasons)),
        _ => null,
    };

    private static Reason? FirstOf(ValueList<Reason> reasons) => reasons.Count > 0 ? reasons[0] : null;

    private static IEnumerable<PartnerId> PartnersOf(OutcomeDecided decided, LegDecision leg, Contract contract) =>
        (leg.Credits.Count > 0 ? leg.Credits : decided.Attribution?.Credits ?? [])
            .Select(static c => c.Partner).Where(contract.Names).Distinct();

    // What was earned and what became of it.
    private static IEnumerable<PostbackFacts> Posted(Campaign campaign, Outcome outcome, Decision decision)
    {
        foreach (LedgerEntry entry in decision.Records.OfType<LedgerEntry>())
        {
            (EntryId Earning, Reason? Reason)? about = entry switch
            {
                Earning => (entry.Id, null),
                Adjustment { Corrects: var corrects, Reason: var reason } => (corrects, reason),
                Amendment { Corrects: var corrects, Reason: var reason } => (corrects, reason),
                _ => null,
            };
            if (about is not { } found
                || decision.Outcome.Earnings.FirstOrDefault(e => e.Earning.Id == found.Earning) is not { } state)
            {
                continue;
            }

            bool isGone = state.Net.MinorUnits == 0 && entry.Amount.MinorUnits != 0;
            yield return new()
            {
                Campaign = campaign.Id,
                Contract = entry.Contract,
                Clause = entry.Clause,
                Partner = entry.Partner,
                Outcome = outcome.Id,
                Kind = outcome.Kind,
                State = entry is Earning ? PostbackState.Approved
                    : isGone ? PostbackState.Reversed : PostbackState.Adjusted,
                At = entry.DecidedAt,
                Entry = entry.Id,
                Payout = OwnOf(entry),
                Net = state.Net,
                Reason = found.Reason?.Code,
            };
        }
    }

    // What an amendment makes of other results of the period is no part of this outcome.
    private static Money OwnOf(LedgerEntry entry) =>
        entry is Amendment amendment ? amendment.Amount - amendment.Repriced : entry.Amount;

    private static PostbackFacts WithTouch(PostbackFacts facts, AttributionDecision? attribution, Journey journey)
    {
        TouchpointId touch = default;
        foreach (TouchCredit credit in attribution?.Touches ?? [])
        {
            touch = credit.Partner == facts.Partner && credit.Weight > 0 ? credit.Touch : touch;
        }

        if (touch.IsUnset)
        {
            return facts;
        }

        foreach (JourneyTouch known in journey.Touches.Span)
        {
            if (known.Id == touch && known.Partner == facts.Partner)
            {
                return facts with { Touch = touch, TouchFacts = known.Facts };
            }
        }

        return facts with { Touch = touch };
    }
}
