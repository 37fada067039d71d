using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Workflows;

/// <content>Where records stand: each at its home, some in other streams too.</content>
internal sealed partial class CampaignStreams
{
    private IEnumerable<(StreamId Home, CampaignRecord Record)> PlacesOf(CampaignRecord record, Decision decision)
    {
        yield return (HomeOf(record), record);
        IEnumerable<(StreamId Home, CampaignRecord Record)> others = record switch
        {
            Earning earning => CopiesOf(earning),
            Repricing repricing => CopiesOf(repricing, decision),
            Amendment amendment => CopiesOf(amendment, decision),
            OutcomeReceived received => CopiesOf(received),
            EvidenceReceived received => CopiesOf(received, decision),
            OutcomeDecided decided => CopiesOf(decided, decision),
            _ => [],
        };
        foreach ((StreamId Home, CampaignRecord Record) other in others)
        {
            yield return other;
        }
    }

    private StreamId HomeOf(CampaignRecord record) => record switch
    {
        LedgerEntry entry => StreamId.OfLedger(campaign.Id, entry.Contract, entry.Partner),
        TrafficCounted counted => StreamId.OfLedger(campaign.Id, counted.Contract, counted.Partner),
        TrafficSeen { Finding.Room: var room } => StreamId.OfTraffic(campaign.Id, room),
        LimitMoved { Key: var key } => StreamId.OfLimit(campaign.Id, key),
        BudgetMoved { Entry: var entry } => StreamId.OfBudget(campaign.Id, entry.Budget, entry.Period),
        _ => StreamId.OfOutcome(campaign.Id, record.OutcomeId),
    };

    // Where a decision looked for what was seen before the outcome, and where it is seen itself.
    private IEnumerable<StreamId> TrafficOf(OutcomeDecided decision, Outcome outcome) =>
        from leg in decision.Legs
        let contract = campaign.FindContract(leg.Contract, leg.Version)
        where contract is not null
        from room in CampaignDecider.SeenFrom(
            contract, CampaignDecider.PartnersOf(leg, decision.Attribution, contract), outcome)
        select StreamId.OfTraffic(campaign.Id, room);

    // An outcome that is the first with its order id is written down a second time, as the claim.
    private IEnumerable<(StreamId Home, CampaignRecord Record)> CopiesOf(OutcomeReceived received)
    {
        if (received.ClaimIn(campaign) is { } order
            && StreamId.OfOrder(campaign.Id, order) is var claim && records[claim].Count == 0)
        {
            yield return (claim, received);
        }
    }

    // Evidence that is used for the first time is noted, for whoever is handed it again.
    private IEnumerable<(StreamId Home, CampaignRecord Record)> CopiesOf(EvidenceReceived received, Decision decision)
    {
        if (decision.Outcome.Outcome is not { IsTest: true } && EvidenceUsed.Of(received) is { } used
            && StreamId.OfEvidence(campaign.Id, received.Verdict) is var home && records[home].Count == 0)
        {
            yield return (home, used);
        }
    }

    // What partners tally together is written down a second time, with all that changes the tally later.
    private IEnumerable<(StreamId Home, CampaignRecord Record)> CopiesOf(Earning earning)
    {
        if (TallyStreamOf(earning) is { } tally)
        {
            yield return (tally, earning);
        }
    }

    private IEnumerable<(StreamId Home, CampaignRecord Record)> CopiesOf(Repricing repricing, Decision decision)
    {
        if (repricing.Counted != Tally.Zero(repricing.Amount.Currency)
            && StandingBefore(repricing, repricing.CausedBy, decision) is { } earning
            && TallyStreamOf(earning) is { } tally)
        {
            yield return (tally, repricing);
        }
    }

    private IEnumerable<(StreamId Home, CampaignRecord Record)> CopiesOf(Amendment amendment, Decision decision)
    {
        StreamId? before = StandingBefore(amendment, amendment.Corrects, decision) is { } standing
            ? TallyStreamOf(standing)
            : null;
        StreamId? now = TallyStreamOf(amendment.Restated);
        if (before is { } left)
        {
            yield return (left, amendment);
        }

        if (now is { } entered && entered != before)
        {
            if (!records[entered].Exists(r => r is Earning { Id: var id } && id == amendment.Corrects)
                && FirstOf(amendment, amendment.Corrects, decision) is { } first)
            {
                yield return (entered, first);
            }

            yield return (entered, amendment);
        }
    }

    // Whom an outcome was credited to without paying: terms that reach back may pay yet.
    private IEnumerable<(StreamId Home, CampaignRecord Record)> CopiesOf(OutcomeDecided decided, Decision decision) =>
        decision.Outcome.Outcome is { } outcome
            ? UnpaidOf(decided, decision.Outcome).Select(p => (UnpaidBy(p, outcome.At), (CampaignRecord)decided))
            : [];

    private static IEnumerable<PartnerId> UnpaidOf(OutcomeDecided decided, OutcomeState known) =>
        decided.Attribution is { IsCredited: true } attribution && CampaignDecider.IsFinal(decided.Qualification)
            ? attribution.Credits.Select(static c => c.Partner)
                .Union(attribution.Roles.Select(static r => r.Partner))
                .Where(p => !known.Earnings.Any(e => e.Earning.Partner == p))
            : [];

    private StreamId UnpaidBy(PartnerId partner, NodaTime.Instant at) => StreamId.OfUnpaid(
        campaign.Id, partner, ContractCalendar.Utc.Containing(PeriodUnit.Month, at).Key);

    private StreamId? TallyStreamOf(Earning earning) =>
        earning.TallyScope is TallyScope.Contract or TallyScope.Campaign
            ? StreamId.OfTally(campaign.Id, earning.TallyKey)
            : null;

    // The earning as the terms priced it when the entry was made.
    private Earning? StandingBefore(LedgerEntry entry, EntryId earning, Decision decision)
    {
        Earning? standing = null;
        foreach (LedgerEntry earlier in Before(entry, decision))
        {
            standing = earlier switch
            {
                Earning first when first.Id == earning => first,
                Amendment later when later.Corrects == earning => later.Restated,
                _ => standing,
            };
        }

        return standing;
    }

    private Earning? FirstOf(LedgerEntry entry, EntryId earning, Decision decision) =>
        Before(entry, decision).OfType<Earning>().FirstOrDefault(e => e.Id == earning);

    private IEnumerable<LedgerEntry> Before(LedgerEntry entry, Decision decision) =>
        records.GetValueOrDefault(HomeOf(entry), []).Concat(decision.Records.TakeWhile(r => r != entry))
            .OfType<LedgerEntry>();
}
