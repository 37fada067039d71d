using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Testing;

/// <summary>A store over tables of text that keeps every promise, but for one bug that is planted in it.</summary>
internal sealed class PlantedStore(PlantedBug bug, PlantedTables disk) : ILedgerStore, IDueOutcomes
{
    // What a process forgets when it goes down.
    private readonly PlantedTables memory = new();
    private int lookCount;
    private int readCount;

    private PlantedTables Records => bug == PlantedBug.RecordsInMemory ? memory : disk;

    private PlantedTables Keys => bug == PlantedBug.KeysInMemory ? memory : disk;

    private PlantedTables Due => bug == PlantedBug.DueInMemory ? memory : disk;

    private PlantedTables Outbox => bug == PlantedBug.OutboxInMemory ? memory : disk;

    public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        if (bug == PlantedBug.RestartBreaksOffHalf && cancellationToken.IsCancellationRequested)
        {
            lock (disk)
            {
                Append(batch.Appends[0]);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (bug is PlantedBug.HalfBatchesAreRead or PlantedBug.RolledBackIsRead && batch.Appends[0].Records.Count > 10)
        {
            return await CommitVisiblyAsync(batch);
        }

        if (bug == PlantedBug.ToldWithoutLock)
        {
            Tell(batch);
        }

        lock (disk)
        {
            return Answer(batch) ?? Do(batch);
        }
    }

    public async ValueTask<ValueList<CommitResult>> CommitAllAsync(
        ValueList<CommitBatch> batches, CancellationToken cancellationToken)
    {
        if (bug == PlantedBug.TogetherIsTornByCancelling && cancellationToken.IsCancellationRequested)
        {
            lock (disk)
            {
                Append(batches[0].Appends[0]);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (bug == PlantedBug.TogetherIsOutsideTheLock)
        {
            return await CommitUnlockedAsync(batches);
        }

        List<CommitResult> results = [];
        lock (disk)
        {
            foreach (CommitBatch batch in batches.Take(bug == PlantedBug.TogetherOnlySomeFit ? 256 : int.MaxValue))
            {
                CommitResult result = Together(batch);
                if (bug != PlantedBug.TogetherConflictIsNotAnswered || result is CommitResult.Committed)
                {
                    results.Add(result);
                }

                if (result is not CommitResult.Committed && bug != PlantedBug.TogetherGoesOnAfterConflict)
                {
                    break;
                }
            }
        }

        bool isShort = bug == PlantedBug.TogetherLastAnswerIsMissing && results.Count > 1;
        return results.SkipLast(isShort ? 1 : 0).ToValueList();
    }

    public async IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<StoredRecord> found = [];
        lock (disk)
        {
            readCount++;
            foreach (StreamPosition position in after)
            {
                List<string> rows = Records.Streams.GetValueOrDefault(position.Stream.ToString(), []);
                for (int i = (int)position.Version; i < rows.Count; i++)
                {
                    found.Add(new(position.Stream, i + 1, TermJson.Parse(rows[i], CampaignRecord.Read)!));
                }
            }
        }

        int most = bug switch
        {
            PlantedBug.ReadsEndAt1000 => 1_000,
            PlantedBug.ReadsEndAt5000 => 5_000,
            _ => int.MaxValue,
        };
        foreach (StoredRecord record in found.Take(most))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }

        await Task.CompletedTask;
    }

    public ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken)
    {
        lock (disk)
        {
            string name = NameOf(unit);
            IEnumerable<(string Unit, string Key)> known = bug switch
            {
                PlantedBug.KeysArePrefixes => Keys.Keys.Keys.Where(k => k.Unit == name
                    && keys.Any(asked => k.Key.StartsWith(asked, StringComparison.Ordinal))),
                PlantedBug.KeysArePatterns => Keys.Keys.Keys.Where(k => k.Unit == name
                    && keys.Any(asked => Regex.IsMatch(k.Key, Pattern(asked)))),
                _ => keys.Select(k => (name, k)).Where(Keys.Keys.ContainsKey),
            };
            return new(known.Take(bug == PlantedBug.SomeKeysAreFound ? 1_000 : int.MaxValue)
                .Select(k => TermJson.Parse(Keys.Keys[k].Receipt, CommitReceipt.Read)).ToValueList());
        }
    }

    public ValueTask<ValueList<DueOutcome>> FindAsync(
        CampaignId campaign, Instant asOf, DueOutcome? after, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (disk)
        {
            return new(Due.Due.Where(d => d.Key.Unit == UnitId.OfCampaign(campaign).ToString() && d.Value <= asOf)
                .Select(static d => new DueOutcome(new(d.Key.Outcome), d.Value))
                .Where(d => after is not { } last || d > last).Order().Take(count).ToValueList());
        }
    }

    public ValueTask<ValueList<OutboxMessage>> ReadOutboxAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (disk)
        {
            return new(Outbox.Outbox.Select(static m => TermJson.Parse(m, OutboxMessage.Read)!).ToValueList());
        }
    }

    private static string Pattern(string asked) =>
        $"^{Regex.Escape(asked).Replace("_", ".", StringComparison.Ordinal)}$";

    private string NameOf(UnitId unit) =>
        bug == PlantedBug.PayeesAreCampaigns ? unit.ToString().Split('/')[^1] : unit.ToString();

    private CommitResult Together(CommitBatch batch)
    {
        CommitBatch spoilt = bug switch
        {
            PlantedBug.TogetherNothingIsDue => batch with { Due = [] },
            PlantedBug.TogetherNothingIsTold => batch with { Outbox = [] },
            PlantedBug.TogetherVersionsAreNotChecked => batch with { Appends = [.. batch.Appends.Select(Current)] },
            _ => batch,
        };
        CommitResult? answer = bug == PlantedBug.TogetherKeysAreNotLookedAt
            ? Moved(batch) is { Count: > 0 } moved ? new CommitResult.VersionConflict(moved) : null
            : Answer(spoilt);
        return answer is CommitResult.Replayed known && bug == PlantedBug.TogetherReplayedIsCommitted
            ? new CommitResult.Committed(known.Receipt)
            : answer ?? Do(spoilt);
    }

    // Each of them is checked under the lock, and done under it, but not under the same.
    private async ValueTask<ValueList<CommitResult>> CommitUnlockedAsync(ValueList<CommitBatch> batches)
    {
        List<CommitResult> results = [];
        foreach (CommitBatch batch in batches.AsEnumerable())
        {
            CommitResult? answer;
            lock (disk)
            {
                answer = Answer(batch);
            }

            // Until another call has looked, too: whoever comes alone is let go on.
            Interlocked.Increment(ref lookCount);
            await WaitAsync(() => Volatile.Read(ref lookCount) > 1);
            lock (disk)
            {
                results.Add(answer ?? Do(batch));
            }

            if (answer is not null)
            {
                break;
            }
        }

        return results.ToValueList();
    }

    private static async Task WaitAsync(Func<bool> isOver)
    {
        for (int i = 0; i < 200 && !isOver(); i++)
        {
            await Task.Delay(1);
        }
    }

    // Readers see what is not committed yet, or never will be.
    private async ValueTask<CommitResult> CommitVisiblyAsync(CommitBatch batch)
    {
        StreamAppend append = batch.Appends[0];
        string stream = append.Expected.Stream.ToString();
        StreamAppend half = append with { Records = [.. append.Records.Take(append.Records.Count / 2)] };
        CommitResult? answer;
        int before;
        lock (disk)
        {
            before = readCount;
            answer = Answer(batch);
            if (answer is null == (bug == PlantedBug.HalfBatchesAreRead))
            {
                Append(half);
            }
        }

        await WaitAsync(() => Volatile.Read(ref readCount) > before);
        lock (disk)
        {
            if (answer is null == (bug == PlantedBug.HalfBatchesAreRead))
            {
                Records.Streams[stream].RemoveRange(
                    Records.Streams[stream].Count - half.Records.Count, half.Records.Count);
            }

            return answer ?? Do(batch);
        }
    }

    private StreamAppend Current(StreamAppend append) =>
        append with { Expected = append.Expected with { Version = VersionOf(append.Expected.Stream) } };

    private long VersionOf(StreamId stream) => Records.Streams.GetValueOrDefault(stream.ToString(), []).Count;

    private ValueList<StreamPosition> Moved(CommitBatch batch) => batch.Appends
        .Where(a => VersionOf(a.Expected.Stream) != a.Expected.Version)
        .Select(a => a.Expected with { Version = VersionOf(a.Expected.Stream) })
        .Take(bug == PlantedBug.OnlyOneMovedIsTold ? 1 : int.MaxValue).ToValueList();

    private CommitResult? Answer(CommitBatch batch)
    {
        if (Keys.Keys.TryGetValue((NameOf(batch.Unit), batch.Key), out (string Content, string Receipt) known))
        {
            bool isSame = known.Content == batch.Content.ToString();
            if (bug == (isSame ? PlantedBug.ReplaysAreTold : PlantedBug.ReusedKeysAreTold))
            {
                Tell(batch);
            }

            return isSame
                ? new CommitResult.Replayed(TermJson.Parse(known.Receipt, CommitReceipt.Read))
                : new CommitResult.KeyReused(Digest.Parse(known.Content));
        }

        ValueList<StreamPosition> moved = Moved(batch);
        if (moved.Count == 0)
        {
            return null;
        }

        if (bug == PlantedBug.ConflictsAreTold)
        {
            Tell(batch);
        }

        if (bug == PlantedBug.ConflictsAreInTheLog)
        {
            disk.Log.AddRange(batch.Appends);
        }

        return new CommitResult.VersionConflict(moved);
    }

    private CommitResult.Committed Do(CommitBatch batch)
    {
        disk.Flush(keepsLast: true);
        foreach (StreamAppend append in batch.Appends)
        {
            Append(append);
        }

        var receipt = CommitReceipt.Of(batch);
        Keys.Keys[(NameOf(batch.Unit), batch.Key)] = (batch.Content.ToString(), TermJson.Write(receipt));
        Keys.Newest.Enqueue((NameOf(batch.Unit), batch.Key));
        if (bug == PlantedBug.KeysAreForgotten && Keys.Newest.Count > 1_000)
        {
            Keys.Keys.Remove(Keys.Newest.Dequeue());
        }

        if (bug != PlantedBug.ToldWithoutLock)
        {
            Tell(batch);
        }

        foreach (DueChange change in batch.Due)
        {
            if (change.At is { } at)
            {
                Due.Due[(batch.Unit.ToString(), change.Outcome.Value)] = at;
            }
            else
            {
                Due.Due.Remove((batch.Unit.ToString(), change.Outcome.Value));
            }
        }

        return new(receipt);
    }

    private void Append(StreamAppend append)
    {
        string stream = append.Expected.Stream.ToString();
        Records.Streams.TryAdd(stream, []);
        Records.Streams[stream].AddRange(append.Records.Select(Stored));
        if (bug == PlantedBug.LastCommitIsNotFlushed)
        {
            disk.Unflushed.Add((stream, append.Records.Count));
        }
    }

    private string Stored(CampaignRecord record)
    {
        string json = TermJson.Write(record);
        return bug switch
        {
            PlantedBug.AstralCharactersAreLost => Plain(json),
            PlantedBug.RecordsAreCut when json.Length > 65_535 && record is OutcomeReceived received =>
                TermJson.Write(received with { Outcome = received.Outcome with { Lines = [] } }),
            _ => json,
        };
    }

    /// <summary>As a column of three bytes for a character does.</summary>
    internal static string Plain(string json) =>
        Regex.Replace(json, @"[\uD800-\uDBFF][\uDC00-\uDFFF]|\\u[dD][89abAB]..\\u[dD][c-fC-F]..", "?");

    private void Tell(CommitBatch batch)
    {
        IEnumerable<OutboxMessage> told = bug switch
        {
            PlantedBug.NothingIsTold => [],
            PlantedBug.OnlyTheFirstIsTold => batch.Outbox.Take(1),
            PlantedBug.ToldBackwards => batch.Outbox.Reverse(),
            PlantedBug.ToldOnlyOfCampaigns when batch.Unit.ToString().StartsWith('/') => [],
            PlantedBug.AddressesAreCut =>
                batch.Outbox.Select(static m => m with { Address = m.Address?[..Math.Min(255, m.Address.Length)] }),
            _ => batch.Outbox,
        };
        lock (disk)
        {
            Outbox.Outbox.AddRange(told.Select(static m => TermJson.Write(m)));
        }
    }

    /// <summary>Opens the data as a new process does.</summary>
    public static PlantedStore Open(PlantedBug bug, PlantedTables disk)
    {
        disk.Flush(keepsLast: false);
        PlantedStore store = new(bug, disk);
        foreach (StreamAppend append in disk.Log)
        {
            store.Append(append);
        }

        disk.Log.Clear();
        return store;
    }
}
