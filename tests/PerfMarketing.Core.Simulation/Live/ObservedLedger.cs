using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <summary>The true store behind the faulty one: tells of every commit, and tries torn batches on it.</summary>
internal sealed class ObservedLedger(MemoryLedger inner, Action<CommitBatch> committed) : ILedgerStore
{
    /// <summary>Whether the next commit is first tried as a torn batch, which must leave nothing behind.</summary>
    public Func<bool>? Tears { get; init; }

    public Action<string>? Violated { get; init; }

    public long CommitCount { get; private set; }

    public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Appends.Count > 1 && Tears?.Invoke() == true)
        {
            await TearAsync(batch, cancellationToken).ConfigureAwait(false);
        }

        CommitResult result = await inner.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        if (result is CommitResult.Committed)
        {
            CommitCount++;
            committed(batch);
        }

        return result;
    }

    public IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
        inner.ReadAsync(after, cancellationToken);

    public ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
        inner.FindAsync(unit, keys, cancellationToken);

    // All streams but the last are as expected: nothing of them may stay.
    private async ValueTask TearAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        StreamAppend last = batch.Appends[^1];
        CommitBatch torn = batch with
        {
            Key = "torn/" + batch.Key,
            Content = Digest.Of([1]),
            Appends =
            [
                .. batch.Appends.Take(batch.Appends.Count - 1),
                last with { Expected = last.Expected with { Version = last.Expected.Version + 1_000 } },
            ],
        };
        CommitResult result = await inner.CommitAsync(torn, cancellationToken).ConfigureAwait(false);
        if (result is not CommitResult.VersionConflict)
        {
            Violated?.Invoke($"I11: a torn batch was answered with {result}");
        }
    }
}

/// <summary>The true journey store behind the faulty one: tells what it took in.</summary>
internal sealed class ObservedJourneys(MemoryJourneys inner, JourneyLog log) : IJourneyStore
{
    public async ValueTask<ValueList<TouchAnswer>> RecordAsync(
        ValueList<Events.Touchpoint> batch, CancellationToken cancellationToken)
    {
        ValueList<TouchAnswer> answers = await inner.RecordAsync(batch, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < answers.Count; i++)
        {
            if (answers[i] == TouchAnswer.Recorded)
            {
                log.Add(batch[i]);
            }
        }

        return answers;
    }

    public async ValueTask MarkAsync(OutcomeMark mark, CancellationToken cancellationToken)
    {
        await inner.MarkAsync(mark, cancellationToken).ConfigureAwait(false);
        log.Add(mark);
    }

    public ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken) =>
        inner.ReadAsync(query, cancellationToken);
}
