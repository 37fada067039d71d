using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>The records of campaigns in memory, with every promise of the port kept.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class MemoryLedger : ILedgerStore, IDueOutcomes
{
    private readonly Lock gate = new();
    private readonly Dictionary<StreamId, List<CampaignRecord>> streams = [];
    private readonly Dictionary<(UnitId Unit, string Key), (Digest Content, CommitReceipt Receipt)> committed = [];
    private readonly Dictionary<UnitId, Dictionary<OutcomeId, Instant>> due = [];
    private readonly List<OutboxMessage> outbox = [];
    private readonly List<CampaignRecord> records = [];

    /// <summary>What is to be told to others, in the order in which it was committed.</summary>
    public IReadOnlyList<OutboxMessage> Outbox
    {
        get
        {
            lock (gate)
            {
                return [.. outbox];
            }
        }
    }

    /// <summary>Every entry of every ledger, in the order of the commits; of one commit, ledger by ledger.</summary>
    public IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (gate)
            {
                return [.. records.OfType<LedgerEntry>()];
            }
        }
    }

    /// <summary>Each stream that holds records, with its version, in the order of their texts.</summary>
    public IReadOnlyList<StreamPosition> Positions
    {
        get
        {
            lock (gate)
            {
                return
                [
                    .. streams.OrderBy(static s => s.Key.ToString(), StringComparer.Ordinal)
                        .Select(static s => new StreamPosition(s.Key, s.Value.Count)),
                ];
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        Check(batch);
        lock (gate)
        {
            return new(Commit(batch));
        }
    }

    /// <inheritdoc/>
    public ValueTask<ValueList<CommitResult>> CommitAllAsync(
        ValueList<CommitBatch> batches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (CommitBatch batch in batches)
        {
            Check(batch);
        }

        List<CommitResult> results = [];
        lock (gate)
        {
            foreach (CommitBatch batch in batches)
            {
                results.Add(Commit(batch));
                if (results[^1] is not CommitResult.Committed)
                {
                    break;
                }
            }
        }

        return new(results.ToValueList());
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(after);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new ReadyRecords(Find(after));
        }
    }

    /// <inheritdoc/>
    public ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            List<CommitReceipt> found = [];
            foreach (string key in keys)
            {
                if (committed.TryGetValue((unit, key), out var known))
                {
                    found.Add(known.Receipt);
                }
            }

            return new(found.ToValueList());
        }
    }

    /// <inheritdoc/>
    public ValueTask<ValueList<DueOutcome>> FindAsync(
        CampaignId campaign, Instant asOf, DueOutcome? after, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(due.TryGetValue(campaign, out Dictionary<OutcomeId, Instant>? known)
                ? known.Select(static d => new DueOutcome(d.Key, d.Value))
                    .Where(d => d.At <= asOf && (after is not { } last || d > last)).Order().Take(count).ToValueList()
                : []);
        }
    }

    private static void Check(CommitBatch batch)
    {
        if (batch.Appends.Any(a => a.Expected.Stream.Unit != batch.Unit)
            || batch.Appends.DistinctBy(static a => a.Expected.Stream).Count() != batch.Appends.Count)
        {
            throw new ArgumentException("Every stream is of the batch's unit and stands once.", nameof(batch));
        }
    }

    private CommitResult Commit(CommitBatch batch)
    {
        if (committed.TryGetValue((batch.Unit, batch.Key), out var original))
        {
            return original.Content == batch.Content
                ? new CommitResult.Replayed(original.Receipt)
                : new CommitResult.KeyReused(original.Content);
        }

        ValueList<StreamPosition> moved =
        [
            .. batch.Appends.Where(a => VersionOf(a.Expected.Stream) != a.Expected.Version)
                .Select(a => new StreamPosition(a.Expected.Stream, VersionOf(a.Expected.Stream))),
        ];
        if (moved.Count > 0)
        {
            return new CommitResult.VersionConflict(moved);
        }

        foreach (StreamAppend append in batch.Appends.Where(static a => a.Records.Count > 0))
        {
            StreamId stream = append.Expected.Stream;
            streams.TryAdd(stream, []);
            streams[stream].AddRange(append.Records);
            records.AddRange(append.Records);
        }

        var receipt = CommitReceipt.Of(batch);
        committed.Add((batch.Unit, batch.Key), (batch.Content, receipt));
        outbox.AddRange(batch.Outbox);
        Note(batch);
        return new CommitResult.Committed(receipt);
    }

    private void Note(CommitBatch batch)
    {
        foreach (DueChange change in batch.Due)
        {
            if (change.At is { } at)
            {
                due.TryAdd(batch.Unit, []);
                due[batch.Unit][change.Outcome] = at;
            }
            else
            {
                due.GetValueOrDefault(batch.Unit)?.Remove(change.Outcome);
            }
        }
    }

    private int VersionOf(StreamId stream) =>
        streams.TryGetValue(stream, out List<CampaignRecord>? list) ? list.Count : 0;

    private StoredRecord[] Find(ValueList<StreamPosition> after)
    {
        int count = 0;
        foreach (StreamPosition position in after)
        {
            count += Math.Max(0, VersionOf(position.Stream) - checked((int)position.Version));
        }

        var found = new StoredRecord[count];
        int place = 0;
        foreach (StreamPosition position in after)
        {
            List<CampaignRecord> list = streams.GetValueOrDefault(position.Stream, []);
            for (int i = (int)position.Version; i < list.Count; i++)
            {
                found[place++] = new(position.Stream, i + 1, list[i]);
            }
        }

        return found;
    }
}
