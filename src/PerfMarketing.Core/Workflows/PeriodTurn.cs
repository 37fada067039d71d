using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Workflows;

/// <summary>
/// Closes the periods and the statements of one contract that are over: loads, lets the kernel decide, commits.
/// </summary>
internal sealed class PeriodTurn(Campaign campaign, ContractId contract, ILedgerStore ledger)
{
    private readonly Dictionary<StreamId, long> versions = [];
    private readonly List<StatementsClosed> closings = [];
    private CampaignState state = new(campaign);

    private readonly LimitRooms rooms = new();
    private readonly List<OutcomeId> waiting = [];
    private bool isOfPeriodsAlone;

    private readonly Contract[] own = [.. campaign.Contracts.Where(c => c.Id == contract)];

    // What is owed matters only to contracts that pay for periods.
    private bool PaysForPeriods => Array.Exists(own, static c => c.Periods.Count > 0);

    private StreamId Periods => StreamId.OfPeriods(campaign.Id, contract);

    /// <summary>What closed statements of the contract so far, in its order.</summary>
    public IEnumerable<StatementsClosed> Closings => closings;

    /// <summary>Why the contract cannot go on from its closed statements; empty when it can.</summary>
    public async ValueTask<ValueList<Reason>> CheckAsync(CancellationToken cancellationToken)
    {
        await ReadAsync([Periods], cancellationToken).ConfigureAwait(false);
        return StatementClosing.Check(campaign, closings);
    }

    /// <summary>When the periods end that close next, if that is over; null when nothing is.</summary>
    public async ValueTask<Instant?> NextEndAsync(Instant asOf, CancellationToken cancellationToken)
    {
        // What is owed is read only where the dates alone do not say that nothing is over.
        versions.Add(Periods, 0);
        await ReadAsync([Periods], cancellationToken).ConfigureAwait(false);
        if (state.BookOf(contract) is not { } book
            || await BeginAsync(book, cancellationToken).ConfigureAwait(false) is not { } begin
            || !book.MayEnd(begin, asOf))
        {
            return null;
        }

        await LoadAsync(cancellationToken).ConfigureAwait(false);
        return state.NextClosing(contract) is { } end && end <= asOf ? end : null;
    }

    // What is closed, or before the contract, in any case. Without a date a contract begins with what came first: of
    // each ledger one record tells. Null when there is none.
    private async ValueTask<Instant?> BeginAsync(PeriodBook book, CancellationToken cancellationToken)
    {
        Instant begin = Instant.Max(state.ClosedThrough(contract), own.Min(static c => c.Start));
        if (ContractCalendar.Covers(Instant.Max(begin, book.ClosedThrough)))
        {
            return begin;
        }

        Instant? first = null;
        foreach (PartnerId partner in own.SelectMany(static c => c.Partners).Distinct())
        {
            StreamPosition all = new(StreamId.OfLedger(campaign.Id, contract, partner), 0);
            await foreach (StoredRecord stored in ledger.ReadAsync([all], cancellationToken).ConfigureAwait(false))
            {
                first = stored.Record.DecidedAt < first ? stored.Record.DecidedAt : first ?? stored.Record.DecidedAt;
                break;
            }
        }

        return first;
    }

    /// <summary>Closes the periods that are over, each end in a commit of its own.</summary>
    /// <returns>Who waited for room that was set off.</returns>
    public async ValueTask<ValueList<OutcomeId>> ClosePeriodsAsync(Instant asOf, CancellationToken cancellationToken)
    {
        isOfPeriodsAlone = true;
        await CloseAsync(asOf, cancellationToken).ConfigureAwait(false);
        return [.. waiting.Distinct()];
    }

    /// <summary>Closes what is over, each end in a commit of its own, and then the statements.</summary>
    public async ValueTask CloseAsync(Instant asOf, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        if (!isOfPeriodsAlone && StatementClosing.Check(campaign, closings) is { Count: > 0 } changed)
        {
            throw new TermsChangedException(changed);
        }

        CampaignDecider decider = new(campaign);
        int attempt = 0;
        string? tried = null;
        while (await NextAsync(decider, asOf, cancellationToken).ConfigureAwait(false) is { } batch)
        {
            // Whoever always comes second to other hosts sees the ends move on: only what is tried again counts.
            attempt = batch.Key == tried ? attempt : 0;
            tried = batch.Key;
            CommitResult result = await ledger.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            WorkflowTelemetry.NoteCommit(campaign.Id, result);
            if (result is CommitResult.Committed)
            {
                waiting.AddRange(batch.Due.Select(static d => d.Outcome));
                foreach (StreamAppend append in batch.Appends)
                {
                    versions[append.Expected.Stream] += append.Records.Count;
                }

                continue;
            }

            if (++attempt == ConversionWorkflow.AttemptCountMax)
            {
                throw new CommitFailedException(batch.Key, result);
            }

            // Whatever was committed instead is in the streams.
            WorkflowTelemetry.NoteRetry(campaign.Id);
            await LoadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        state = new(campaign);
        versions.Clear();
        versions.Add(Periods, 0);
        foreach (PartnerId partner in PaysForPeriods ? own.SelectMany(static c => c.Partners) : [])
        {
            versions.TryAdd(StreamId.OfLedger(campaign.Id, contract, partner), 0);
        }

        closings.Clear();
        await ReadAsync([.. versions.Keys], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReadAsync(StreamId[] streams, CancellationToken cancellationToken)
    {
        ValueList<StreamPosition> all = [.. streams.Select(static s => new StreamPosition(s, 0))];
        await foreach (StoredRecord stored in ledger.ReadAsync(all, cancellationToken).ConfigureAwait(false))
        {
            state.Apply(stored.Record);
            closings.AddRange(stored.Record is StatementsClosed closed ? [closed] : []);
            versions[stored.Stream] = stored.Version;
        }
    }

    // What limits of the contract have left is read for the periods that close next.
    private async ValueTask<CommitBatch?> NextAsync(
        CampaignDecider decider, Instant asOf, CancellationToken cancellationToken)
    {
        if (state.NextClosing(contract) is { } end && end <= asOf)
        {
            StreamId[] unread = [.. RoomsOf(end).Distinct().Where(s => !versions.ContainsKey(s))];
            Array.ForEach(unread, s => versions.Add(s, 0));
            if (unread.Length > 0)
            {
                await ReadAsync(unread, cancellationToken).ConfigureAwait(false);
            }

            return ToBatch(end, decider.ClosePeriods(state, contract, end));
        }

        return isOfPeriodsAlone ? null : StatementsBatch(asOf);
    }

    private IEnumerable<StreamId> RoomsOf(Instant end) =>
        from version in own
        from partner in version.Partners
        from room in rooms.Of(version, partner, end - Duration.Epsilon)
        select StreamId.OfLimit(campaign.Id, room.Key);

    private CommitBatch? StatementsBatch(Instant asOf)
    {
        // Whoever decides later looks at this stream.
        if (StatementClosing.Make(campaign, contract, closings, asOf) is not { } closed)
        {
            return null;
        }

        string key = $"statements/{StreamId.Escape(contract.Value)}/{InstantText.Of(closed.Through)}/"
            + InvariantText.Of(closings.Count);
        state.Apply(closed);
        closings.Add(closed);
        return new()
        {
            Unit = campaign.Id,
            Key = key,
            Content = new CanonicalWriter(key).Digest(TermDigest.Of(closed)).ToDigest(),
            Appends = [new(new(Periods, versions[Periods]), [closed])],
        };
    }

    private CommitBatch ToBatch(Instant end, PeriodClosing closing)
    {
        ILookup<StreamId, CampaignRecord> added = closing.Records.ToLookup(record => record switch
        {
            LedgerEntry entry => StreamId.OfLedger(campaign.Id, contract, entry.Partner),
            LimitMoved { Key: var room } => StreamId.OfLimit(campaign.Id, room),
            _ => Periods,
        });
        string key = $"periods/{StreamId.Escape(contract.Value)}/{InstantText.Of(end)}";
        return new()
        {
            Unit = campaign.Id,
            Key = key,
            Content = new CanonicalWriter(key).ToDigest(),
            Appends =
            [
                .. versions.OrderBy(static s => s.Key.ToString(), StringComparer.Ordinal)
                    .Select(s => new StreamAppend(new(s.Key, s.Value), [.. added[s.Key]])),
            ],
            Due = [.. closing.Due.Select(id => new DueChange(id, end))],
            Outbox = [.. closing.Entries.Select(OutboxMessage.Of)],
        };
    }
}
