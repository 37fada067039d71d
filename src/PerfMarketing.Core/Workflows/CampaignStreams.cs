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
internal sealed partial class CampaignStreams(Campaign campaign, ILedgerStore ledger)
{
    private readonly Dictionary<StreamId, List<CampaignRecord>> records = [];
    private readonly LimitRooms rooms = new();

    /// <summary>Reads streams that were not read yet.</summary>
    /// <returns>Whether there was any.</returns>
    public async ValueTask<bool> LoadAsync(IEnumerable<StreamId> streams, CancellationToken cancellationToken)
    {
        List<StreamPosition> fresh = [];
        foreach (StreamId stream in streams)
        {
            if (records.TryAdd(stream, []))
            {
                fresh.Add(new(stream, 0));
            }
        }

        if (fresh.Count == 0)
        {
            return false;
        }

        await foreach (StoredRecord stored in ledger.ReadAsync([.. fresh], cancellationToken).ConfigureAwait(false))
        {
            List<CampaignRecord> known = records[stored.Stream];
            known.Add(stored.Version == known.Count + 1
                ? stored.Record
                : throw new InvalidDataException($"'{stored.Stream}' lacks the record {known.Count + 1}."));
        }

        return true;
    }

    /// <summary>The state of the campaign as far as the streams tell.</summary>
    public CampaignState Fold()
    {
        CampaignState state = new(campaign);
        HashSet<EntryId> seen = [];
        foreach (CampaignRecord record in campaign.BackDated.Count > 0 ? InTime() : All())
        {
            // What several partners tally together stands in their ledgers and in the stream of the tally.
            if (record is not LedgerEntry entry || seen.Add(entry.Id))
            {
                state.Apply(record);
            }
        }

        return state;
    }

    private IEnumerable<CampaignRecord> All() => records.Values.SelectMany(static r => r);

    // Claims first; of several amendments of one earning, which may stand in several streams, the older before.
    private IEnumerable<CampaignRecord> InTime()
    {
        CampaignRecord[] all =
        [
            .. records.Where(static s => s.Key.Kind != StreamId.UnpaidKind)
                .OrderBy(static s => s.Key.Kind != StreamId.OrderKind).SelectMany(static s => s.Value),
        ];
        return all.Where(static r => r is not LedgerEntry)
            .Concat(all.OfType<LedgerEntry>().OrderBy(static e => e.DecidedAt));
    }

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
        IEnumerable<StreamId> parent =
            known.Outcome?.Parent is { } id ? [StreamId.OfOutcome(campaign.Id, id)] : [];
        StreamId own = StreamId.OfOutcome(campaign.Id, known.Id);
        List<OutcomeDecided> decisions = [.. records[own].OfType<OutcomeDecided>()];
        if (known.Decision is { } newest)
        {
            decisions.Add(newest);
        }

        decisions.RemoveAll(static d => d.Legs.Count == 0);
        return known.Outcome is { } outcome && decisions.Count > 0
            ? parent.Concat(decisions.SelectMany(LedgersOf)).Concat(decisions.SelectMany(d => TalliesOf(d, outcome)))
                .Concat(campaign.Budgets.Select(budget =>
                    StreamId.OfBudget(campaign.Id, budget.Id, campaign.PeriodOf(budget, outcome.At).Key)))
                .Concat(decisions.SelectMany(d => LimitsOf(d, outcome)))
                .Concat(known.Earnings.SelectMany(e => LimitsOf(e.Standing, outcome)))
                .Concat(campaign.BackDated.Count > 0 ? known.Earnings.SelectMany(StreamsOf) : [])
            : parent;
    }

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

    private CommitBatch ToBatch(
        (string Key, Digest Content) name,
        (Decision Decision, ValueList<OutboxMessage> Calls) made,
        IEnumerable<StreamId> streams)
    {
        ILookup<StreamId, CampaignRecord> added = made.Decision.Records
            .SelectMany(r => PlacesOf(r, made.Decision))
            .ToLookup(static r => r.Home, static r => r.Record);
        return new()
        {
            Unit = campaign.Id,
            Key = name.Key,
            Content = name.Content,
            Appends =
            [
                .. streams.OrderBy(static s => s.ToString(), StringComparer.Ordinal)
                    .Select(s => new StreamAppend(new(s, records[s].Count), [.. added[s]])),
            ],
            Outbox = [.. made.Decision.Posted.Select(OutboxMessage.Of), .. made.Calls],
        };
    }

    private IEnumerable<StreamId> LedgersOf(OutcomeDecided decision) =>
        from leg in decision.Legs
        from credit in leg.Credits.Count > 0 ? leg.Credits : decision.Attribution?.Credits ?? []
        where campaign.NamesEver(leg.Contract, credit.Partner)
        select StreamId.OfLedger(campaign.Id, leg.Contract, credit.Partner);

    // Tallies that other partners' outcomes count in too; the best clause is found by looking at all of them.
    private IEnumerable<StreamId> TalliesOf(OutcomeDecided decision, Outcome outcome) =>
        from leg in decision.Legs
        let contract = campaign.FindContract(leg.Contract, leg.Version)
        where contract is not null
        from clause in contract.Precedence == Precedence.Best ? contract.Clauses : [contract.FindClause(leg.Clause)!]
        where clause?.Tally.Scope is TallyScope.Contract or TallyScope.Campaign
        let at = clause.Tally.Clock == TallyClock.DecidedAt ? decision.DecidedAt : outcome.At
        select StreamId.OfTally(campaign.Id, TallyKey.Of(
            clause.Tally.Scope,
            contract.Id,
            clause.Id,
            default,
            null,
            clause.Tally.IsListed ? TallyKey.Listed : contract.TallyPeriodOf(clause, at).Key));

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
        let clause = contract?.FindClause(leg.Clause)
        where clause is { HasLimits: true }
        let partners = CampaignDecider.PartnersOf(leg, decision.Attribution, contract).ToList()
        from room in rooms.Of(contract, clause, partners, outcome.Customer, outcome.At)
        select StreamId.OfLimit(campaign.Id, room.Key);
}
