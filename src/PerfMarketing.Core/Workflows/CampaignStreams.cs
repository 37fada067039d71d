using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Workflows;

/// <summary>The streams of a campaign that one decision has looked at so far, as they were read.</summary>
internal sealed partial class CampaignStreams(
    Campaign campaign, ILedgerStore ledger, OrderClaims? orders = null, CampaignImage? image = null)
{
    private readonly Dictionary<StreamId, List<CampaignRecord>> records = [];
    private readonly LimitRooms rooms = new();

    /// <summary>Whether something is known of streams because an earlier call read it.</summary>
    public bool IsKept { get; private set; }

    /// <summary>Reads streams that were not read yet.</summary>
    /// <returns>Whether there was any.</returns>
    public async ValueTask<bool> LoadAsync(IEnumerable<StreamId> streams, CancellationToken cancellationToken)
    {
        List<StreamPosition> fresh = [];
        foreach (StreamId named in streams)
        {
            if (!records.ContainsKey(named))
            {
                List<CampaignRecord> kept = image?.RecordsOf(named) ?? [];
                IsKept |= kept.Count > 0;
                records.Add(named, kept);
                fresh.Add(new(named, kept.Count));
            }
        }

        if (fresh.Count == 0)
        {
            return false;
        }

        StreamId stream = default;
        List<CampaignRecord> known = [];
        await foreach (StoredRecord stored in ledger.ReadAsync([.. fresh], cancellationToken).ConfigureAwait(false))
        {
            known = stored.Stream == stream ? known : records[stream = stored.Stream];
            known.Add(stored.Version == known.Count + 1
                ? stored.Record
                : throw new InvalidDataException($"'{stored.Stream}' lacks the record {known.Count + 1}."));
            image?.Note(stream, known, 1);
        }

        return true;
    }

    /// <summary>Whether a stream was read.</summary>
    public bool Has(StreamId stream) => records.ContainsKey(stream);

    /// <summary>The same streams, to which a plan may append without changing these.</summary>
    public CampaignStreams Copy()
    {
        CampaignStreams copy = new(campaign, ledger, orders);
        foreach ((StreamId stream, List<CampaignRecord> read) in records)
        {
            copy.records.Add(stream, [.. read]);
        }

        return copy;
    }

    /// <summary>The streams that say which outcomes the evidence of a request was used for.</summary>
    public IEnumerable<StreamId> StreamsOf(ConversionRequest request) =>
        from verdict in request.Verdicts
        where verdict is { IsValid: true, ReplayKey: { IsUnset: false } }
        select StreamId.OfEvidence(campaign.Id, verdict);

    /// <summary>The streams that the first look at an outcome needs.</summary>
    public IEnumerable<StreamId> StreamsOf(OutcomeId id, Outcome? outcome)
    {
        // A claim is folded before the outcome that it may refuse.
        if (outcome is { OrderId: { } order, IsTest: false })
        {
            yield return StreamId.OfOrder(campaign.Id, order);
        }

        yield return StreamId.OfOutcome(campaign.Id, id);
        if (outcome?.Parent is { } parent)
        {
            yield return StreamId.OfOutcome(campaign.Id, parent);
        }
    }

    /// <summary>
    /// The parent's stream, and the ledgers, budgets and limits of every contract that any decision on an outcome
    /// named.
    /// </summary>
    public IEnumerable<StreamId> StreamsOf(OutcomeState known)
    {
        if (known.Outcome?.Parent is { } id)
        {
            yield return StreamId.OfOutcome(campaign.Id, id);
        }

        foreach (StreamId ledger in CustomerOf(known))
        {
            yield return ledger;
        }

        OutcomeDecided[] decisions = DecisionsOn(known);
        if (known.Outcome is not { } outcome || decisions.Length == 0)
        {
            yield break;
        }

        IEnumerable<StreamId> streams = decisions.SelectMany(LedgersOf)
            .Concat(decisions.SelectMany(PeriodsOf))
            .Concat(decisions.SelectMany(d => TalliesOf(d, outcome)))
            .Concat(decisions.SelectMany(d => TrafficOf(d, outcome)))
            .Concat(BudgetsOf(known, outcome, decisions));
        foreach (StreamId stream in streams)
        {
            yield return stream;
        }

        if (!campaign.HasLimits && campaign.BackDated.Count == 0)
        {
            yield break;
        }

        IEnumerable<StreamId> others = decisions.SelectMany(d => LimitsOf(d, outcome))
            .Concat(known.Earnings.SelectMany(e => LimitsOf(e.Standing, outcome)))
            .Concat(campaign.BackDated.Count > 0 ? known.Earnings.SelectMany(StreamsOf) : []);
        foreach (StreamId stream in others)
        {
            yield return stream;
        }
    }

    // Since when the customer is a partner's stands in all ledgers of the partner, where versions are chosen by that.
    private IEnumerable<StreamId> CustomerOf(OutcomeState known)
    {
        if (!campaign.AsksCustomers || known.Outcome?.Customer is null || known.Decision is not { } decision)
        {
            return [];
        }

        return
            from partner in (decision.Attribution?.Credits ?? [])
                .Concat(decision.Legs.SelectMany(static l => l.Credits)).Select(static c => c.Partner)
                .Union((decision.Attribution?.Roles ?? []).Select(static r => r.Partner))
                .Union(campaign.Overriders)
                .Union(campaign.Contracts.Select(c => campaign.AsPartner(c.Payer)).OfType<PartnerId>())
            from contract in campaign.Contracts.Select(static c => c.Id).Distinct()
            where campaign.NamesEver(contract, partner)
            select StreamId.OfLedger(campaign.Id, contract, partner);
    }

    // Whether the contracts' statements are closed already.
    private IEnumerable<StreamId> PeriodsOf(OutcomeDecided decision) =>
        decision.Legs.Select(l => StreamId.OfPeriods(campaign.Id, l.Contract));

    // Those that concern a contract, the newest last.
    private OutcomeDecided[] DecisionsOn(OutcomeState known)
    {
        List<OutcomeDecided> decisions = [];
        foreach (CampaignRecord record in records[StreamId.OfOutcome(campaign.Id, known.Id)])
        {
            if (record is OutcomeDecided { Legs.Count: > 0 } decided)
            {
                decisions.Add(decided);
            }
        }

        if (known.Decision is { Legs.Count: > 0 } newest && !ReferenceEquals(newest, decisions.LastOrDefault()))
        {
            decisions.Add(newest);
        }

        return [.. decisions];
    }

    /// <summary>
    /// The order that a decision takes for the campaign; null when it takes none, or an earlier decision took it.
    /// </summary>
    public OrderClaimed? ClaimOf(Decision decision) =>
        decision.Records.Count > 0 && decision.Outcome.Outcome is { OrderId: not null, Id: var id }
            && !DecisionsOn(id).Any(static d => d is OutcomeDecided { Legs.Count: > 0 })
            ? OrderClaimed.Of(campaign, decision)
            : null;

    /// <summary>What was decided on an outcome before.</summary>
    public ValueList<CampaignRecord> DecisionsOn(OutcomeId id) =>
        [.. records[StreamId.OfOutcome(campaign.Id, id)].OfType<OutcomeDecided>()];

    /// <summary>What a commit appended, stream by stream; null when what was read lacks some of it.</summary>
    public async ValueTask<ValueList<CampaignRecord>?> ReadAsync(
        CommitReceipt receipt, CancellationToken cancellationToken)
    {
        StreamGrowth[] homes = [.. receipt.Grown.Where(static g => !g.Stream.IsOfCopies)];
        await LoadAsync(homes.Select(static g => g.Stream), cancellationToken).ConfigureAwait(false);
        return Array.TrueForAll(homes, g => records[g.Stream].Count >= g.Version)
            ? [.. homes.SelectMany(g => records[g.Stream].Skip((int)g.Before).Take((int)(g.Version - g.Before)))]
            : null;
    }

    /// <summary>What a decision changes; every stream it looked at must still stand where it was read.</summary>
    public CommitBatch ToBatch(
        ConversionRequest request, Decision decision, ValueList<OutboxMessage> calls) => ToBatch(
        (request.KeyFor(decision, records[StreamId.OfOutcome(campaign.Id, request.OutcomeId)].Count), request.Content),
        (decision, calls),
        records.Keys);

    /// <summary>What one decision of many changes: it rests on some of the streams.</summary>
    public CommitBatch ToBatch(ConversionRequest request, Decision decision, IEnumerable<StreamId> streams) => ToBatch(
        (request.KeyFor(decision, records[StreamId.OfOutcome(campaign.Id, request.OutcomeId)].Count), request.Content),
        (decision, []),
        streams);

    private CommitBatch ToBatch(
        (string Key, Digest Content) name,
        (Decision Decision, ValueList<OutboxMessage> Calls) made,
        IEnumerable<StreamId> streams)
    {
        long before = records.TryGetValue(StreamId.OfOutcome(campaign.Id, made.Decision.Outcome.Id), out var own)
            ? own.Count
            : 0;
        ILookup<StreamId, CampaignRecord> added = made.Decision.Records
            .SelectMany(r => PlacesOf(r, made.Decision))
            .ToLookup(static r => r.Home, static r => r.Record);
        return new()
        {
            Unit = campaign.Id,
            Key = name.Key,
            Content = name.Content,
            Appends = AppendsTo(streams, added),
            Due = DueAfter(made.Decision, before),
            Outbox = [.. made.Decision.Posted.Select(OutboxMessage.Of), .. made.Calls],
        };
    }

    private List<StreamId> LedgersOf(OutcomeDecided decision)
    {
        List<StreamId> ledgers = [];
        foreach (LegDecision leg in decision.Legs)
        {
            ValueList<Credit> credits = leg.Credits.Count > 0 ? leg.Credits : decision.Attribution?.Credits ?? [];
            foreach (Credit credit in credits)
            {
                if (campaign.NamesEver(leg.Contract, credit.Partner))
                {
                    ledgers.Add(StreamId.OfLedger(campaign.Id, leg.Contract, credit.Partner));
                }
            }
        }

        return ledgers;
    }

    // Tallies that other partners' outcomes count in too; the best clause is found by looking at all of them.
    private List<StreamId> TalliesOf(OutcomeDecided decision, Outcome outcome)
    {
        List<StreamId> tallies = [];
        foreach (LegDecision leg in decision.Legs)
        {
            if (campaign.FindContract(leg.Contract, leg.Version) is not { } contract)
            {
                continue;
            }

            foreach (Clause clause in contract.Clauses)
            {
                if (clause.Tally.Scope is TallyScope.Contract or TallyScope.Campaign
                    && (contract.Precedence == Precedence.Best || clause.Id == leg.Clause))
                {
                    tallies.Add(TallyOf(contract, clause, decision, outcome));
                }
            }
        }

        return tallies;
    }

    private StreamId TallyOf(Contract contract, Clause clause, OutcomeDecided decision, Outcome outcome)
    {
        Instant at = clause.Tally.Clock == TallyClock.DecidedAt ? decision.DecidedAt : outcome.At;
        string period = clause.Tally.IsListed ? TallyKey.Listed : contract.TallyPeriodOf(clause, at).Key;
        return StreamId.OfTally(
            campaign.Id, TallyKey.Of(clause.Tally.Scope, contract.Id, clause.Id, default, null, period));
    }

    // An amendment may have taken an earning to the rooms of another clause.
    private IEnumerable<StreamId> LimitsOf(Earning standing, Outcome outcome) =>
        campaign.HasLimits && campaign.FindContract(standing.Contract, standing.Version) is { } contract
            && contract.FindClause(standing.Clause) is { HasLimits: true } clause
            ? rooms.Of(contract, clause, [standing.Partner], outcome.Customer, outcome.At)
                .Select(room => StreamId.OfLimit(campaign.Id, room.Key))
            : [];

    private IEnumerable<StreamId> LimitsOf(OutcomeDecided decision, Outcome outcome) =>
        from leg in campaign.HasLimits ? decision.Legs : []
        let contract = campaign.FindContract(leg.Contract, leg.Version)
        from clause in LeadingTo(contract, leg.Clause)
        where clause.HasLimits
        let partners = CampaignDecider.PartnersOf(leg, decision.Attribution, contract).ToList()
        from room in rooms.Of(contract, clause, partners, outcome.Customer, outcome.At)
        select StreamId.OfLimit(campaign.Id, room.Key);

    // The clause, and those from which limits or budgets may have sent an outcome there: that they had no room is what
    // the decision rests on, and it does not name them.
    private List<Clause> LeadingTo(Contract? contract, ClauseId id)
    {
        List<Clause> found = contract?.FindClause(id) is { } last ? [last] : [];
        for (int i = 0; i < found.Count; i++)
        {
            Clause to = found[i];
            bool isOfBudget = campaign.Budgets.Any(b => b.DivertTo == to.Id);
            found.AddRange(contract!.Clauses.Where(c => c.Outcome == to.Outcome && !found.Contains(c)
                && (isOfBudget || c.Limits.Any(l => l.DivertTo == to.Id))));
        }

        return found;
    }
}
