using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Workflows;

/// <content>What amendments read and commit.</content>
internal sealed partial class CampaignStreams
{
    /// <summary>
    /// The ledgers of a contract and of those that measure its legs, and what its partners were credited for without
    /// being paid, since the terms that reach back are in force.
    /// </summary>
    public IEnumerable<StreamId> StreamsOf(ContractId contract, ContractId[] affected, Instant asOf)
    {
        Contract[] versions = [.. campaign.Contracts.Where(c => c.Id == contract)];

        // Who is paid without being credited follows from what others were credited for.
        bool isDerived = campaign.IsChained || campaign.HasDerived;
        HashSet<PartnerId> partners =
            [.. (isDerived ? campaign.Contracts : versions.ToValueList()).SelectMany(static c => c.Partners)];
        IEnumerable<StreamId> ledgers =
            from one in campaign.Contracts
            from partner in one.Partners
            where affected.Contains(one.Id) || partners.Contains(partner)
            select StreamId.OfLedger(campaign.Id, one.Id, partner);
        ledgers = ledgers.Concat(affected.Select(id => StreamId.OfPeriods(campaign.Id, id)));
        return BeginOf(versions) is { } from && ContractCalendar.Covers(asOf)
            ? ledgers.Concat(partners.SelectMany(p => UnpaidBy(p, from, asOf)))
            : ledgers;
    }

    /// <summary>The streams of all outcomes that the streams name, and those that these need.</summary>
    public IEnumerable<StreamId> StreamsOfAll()
    {
        OutcomeId[] ids =
        [
            .. records.Where(static s => s.Key.Kind is StreamId.LedgerKind or StreamId.UnpaidKind)
                .SelectMany(static s => s.Value).Select(static r => r.OutcomeId).Where(static id => !id.IsUnset)
                .Distinct(),
        ];
        CampaignState state = Fold();
        return ids.SelectMany(id => StreamsOf(id, state.Find(id)?.Outcome))
            .Concat(ids.Where(id => records.ContainsKey(StreamId.OfOutcome(campaign.Id, id)))
                .SelectMany(id => StreamsOf(state.Find(id) ?? new() { Id = id })));
    }

    /// <summary>The streams that a decision appends to or goes by.</summary>
    public IEnumerable<StreamId> StreamsOf(Decision decision) =>
        StreamsOf(decision.Outcome.Id, decision.Outcome.Outcome)
            .Concat(StreamsOf(decision.Outcome))
            .Concat(decision.Posted.Select(e => StreamId.OfPeriods(campaign.Id, e.Contract)))
            .Concat(decision.Records.SelectMany(r => HomesOf(r, decision)));

    /// <summary>One decision of an amendment: it rests on its own streams, not on those of all outcomes.</summary>
    public CommitBatch ToBatch(ContractId contract, Decision decision, ValueList<OutboxMessage> calls)
    {
        StreamId own = StreamId.OfOutcome(campaign.Id, decision.Outcome.Id);
        string part = decision.Posted.Count > 0
            ? decision.Posted[0].Id.Value
            : InvariantText.Of(records[own].Count);
        string key = $"amendment/{StreamId.Escape(contract.Value)}/{StreamId.Escape(decision.Outcome.Id.Value)}/{part}";
        return ToBatch(
            (key, new CanonicalWriter(key).ToDigest()), (decision, calls), StreamsOf(decision).Distinct());
    }

    /// <summary>Notes what was committed, so that the next decision finds streams where they stand.</summary>
    public void Advance(CommitBatch batch)
    {
        foreach (StreamAppend append in batch.Appends)
        {
            records[append.Expected.Stream].AddRange(append.Records);
        }
    }

    // Where what was earned is counted, also under terms that no decision named.
    private IEnumerable<StreamId> StreamsOf(EarningState earned)
    {
        Earning standing = earned.Standing;
        yield return StreamId.OfLedger(campaign.Id, standing.Contract, standing.Partner);
        foreach (Earning earning in (Earning[])[earned.Earning, standing])
        {
            if (TallyStreamOf(earning) is { } tally)
            {
                yield return tally;
            }
        }
    }

    // The streams that a record is written to; what is copied depends on them, so that all are named.
    private IEnumerable<StreamId> HomesOf(CampaignRecord record, Decision decision)
    {
        yield return HomeOf(record);
        if (record is Amendment { Restated: var restated } && TallyStreamOf(restated) is { } tally)
        {
            yield return tally;
        }
        else if (record is Earning earning && TallyStreamOf(earning) is { } counted)
        {
            yield return counted;
        }
        else if (record is OutcomeDecided decided && decision.Outcome.Outcome is { } outcome)
        {
            foreach (PartnerId partner in UnpaidOf(decided, decision.Outcome))
            {
                yield return UnpaidBy(partner, outcome.At);
            }
        }
    }

    private IEnumerable<StreamId> UnpaidBy(PartnerId partner, Instant from, Instant to)
    {
        Instant at = from;
        while (at <= to)
        {
            CalendarPeriod month = ContractCalendar.Utc.Containing(PeriodUnit.Month, at);
            yield return StreamId.OfUnpaid(campaign.Id, partner, month.Key);
            at = month.End;
        }
    }

    // From when on terms are in force that were accepted later.
    private Instant? BeginOf(Contract[] versions)
    {
        Instant? begin = null;
        foreach (Contract version in versions)
        {
            foreach (PartnerId partner in version.Partners)
            {
                if (campaign.LifecycleOf(version.Id, partner) is { } lifecycle && lifecycle.IsBackDated(version.Version)
                    && lifecycle.InForceFrom(version.Version) is { } from && (begin is null || from < begin))
                {
                    begin = from;
                }
            }
        }

        return begin is { } first ? Instant.Max(first, Instant.Max(campaign.Start, ContractCalendar.Earliest)) : null;
    }
}
