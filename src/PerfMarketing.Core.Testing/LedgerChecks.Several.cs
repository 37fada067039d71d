using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <content>What holds when several decisions are handed in with one call.</content>
public static partial class LedgerChecks
{
    private static async Task Several_commits_come_to_what_one_after_the_other_would(
        ILedgerStore store, CancellationToken token)
    {
        CommitBatch[] batches =
        [
            Batch("k1", At(One, 0, 2)),
            Batch("k2", At(One, 2, 1), At(Two, 0, 1)),
            Batch("k3", At(One, 3, 0), At(Two, 1, 2)),
        ];
        ValueList<CommitReceipt> receipts = [.. batches.Select(CommitReceipt.Of)];
        await CommitAllAsync(store, batches, token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, 3)], Of(One, read), "Each rests on those before it.");
        Expect.Equal([.. Stored(Two, 3)], Of(Two, read), "Also in the other stream.");
        ValueList<CommitReceipt> found =
            await store.FindAsync(Campaign, ["k1", "k2", "k3"], token).ConfigureAwait(false);
        Expect.Equal(receipts, [.. found.OrderBy(static r => r.Key, StringComparer.Ordinal)], "Each key is kept.");
        for (int i = 0; i < batches.Length; i++)
        {
            CommitResult again = await store.CommitAsync(batches[i], token).ConfigureAwait(false);
            Expect.Equal<CommitResult>(new CommitResult.Replayed(receipts[i]), again, "It was done, as it was then.");
        }
    }

    private static async Task Several_commits_of_none_are_none(ILedgerStore store, CancellationToken token) =>
        Expect.Equal([], await store.CommitAllAsync([], token).ConfigureAwait(false), "Nothing is asked or answered.");

    private static async Task Several_commits_end_at_the_first_conflict(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k", At(Two, 0, 1)), token).ConfigureAwait(false);
        CommitBatch[] batches =
            [Batch("k1", At(One, 0, 1)), Batch("k2", At(Two, 0, 1)), Batch("k3", At(One, 1, 1))];
        CommitResult.VersionConflict conflict = new(Positions((Two, 1)));
        int done = await EndAsync(store, batches, conflict, token).ConfigureAwait(false);
        await CommitAsync(store, Batch("k2", At(Two, 1, 1)), token).ConfigureAwait(false);
        await CommitAsync(store, Batch("k3", At(One, done, 1)), token).ConfigureAwait(false);
    }

    private static async Task Several_commits_look_at_what_the_first_of_them_did(
        ILedgerStore store, CancellationToken token)
    {
        CommitBatch[] batches =
            [Batch("k1", At(One, 0, 1)), Batch("k2", At(One, 0, 0), At(Two, 0, 1)), Batch("k3", At(One, 1, 1))];
        CommitResult.VersionConflict conflict = new(Positions((One, 1)));
        await EndAsync(store, batches, conflict, token).ConfigureAwait(false);
        Expect.Equal(0, (await ReadAsync(store, token, (Two, 0)).ConfigureAwait(false)).Count, "Nothing is appended.");
    }

    private static async Task Several_commits_end_at_a_key_that_is_known(ILedgerStore store, CancellationToken token)
    {
        CommitBatch known = Batch("k2", At(Two, 0, 1));
        CommitReceipt receipt = await CommitAsync(store, known, token).ConfigureAwait(false);
        CommitBatch[] batches = [Batch("k1", At(One, 0, 1)), Batch("k2", At(Two, 1, 1)), Batch("k3", At(One, 1, 1))];
        await EndAsync(store, batches, new CommitResult.Replayed(receipt), token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (Two, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(Two, 1)], read, "It is done once.");
    }

    private static async Task Several_commits_end_at_a_key_that_is_reused(ILedgerStore store, CancellationToken token)
    {
        CommitBatch known = Batch("k2", At(Two, 0, 1));
        await CommitAsync(store, known, token).ConfigureAwait(false);
        CommitBatch other = Batch("k2", At(Two, 1, 1)) with { Content = Digest.Of([2]) };
        CommitBatch[] batches = [Batch("k1", At(One, 0, 1)), other, Batch("k3", At(One, 1, 1))];
        await EndAsync(store, batches, new CommitResult.KeyReused(known.Content), token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (Two, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(Two, 1)], read, "Nothing is appended.");
    }

    private static async Task Several_commits_under_one_key_are_one(ILedgerStore store, CancellationToken token)
    {
        CommitBatch first = Batch("k1", At(One, 0, 1));
        CommitBatch[] batches = [first, first, Batch("k3", At(One, 1, 1))];
        CommitResult.Replayed replayed = new(CommitReceipt.Of(first));
        int done = await EndAsync(store, batches, replayed, token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, done)], read, "It is done once.");
    }

    private static async Task Several_commits_may_be_many(ILedgerStore store, CancellationToken token)
    {
        const int Count = 500;
        CommitBatch[] batches =
            [.. Enumerable.Range(0, Count).Select(static i => Batch($"k{i}", At(One, i, 1), At(Two, 0, 0)))];
        await CommitAllAsync(store, batches, token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, Count)], read, "All of them, in their order.");
    }

    private static async Task Of_many_that_commit_several_exactly_one_succeeds(
        ILedgerStore store, CancellationToken token)
    {
        ValueList<CommitResult>[] results = await RaceAllAsync(
            store, static i => [Batch($"a{i}", At(One, 0, 1)), Batch($"b{i}", At(One, 1, 1), At(Two, 0, 1))], token)
            .ConfigureAwait(false);
        int both = results.Count(static r => r is [CommitResult.Committed, CommitResult.Committed]);
        Expect.Equal(1, both, "One is first, with both of its commits.");
        int none = results.Count(static r => r is [CommitResult.VersionConflict]);
        Expect.Equal(RacerCount - 1, none, "The others are told at their first.");
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal(3, read.Count, "Nothing of theirs is stored.");
    }

    private static async Task Of_many_that_commit_several_keys_each_is_done_once(
        ILedgerStore store, CancellationToken token)
    {
        ValueList<CommitResult>[] results = await RaceAllAsync(
            store, static _ => [Batch("k1", At(One, 0, 1)), Batch("k2", At(One, 1, 1))], token).ConfigureAwait(false);
        int committed = results.Sum(static r => r.Count(static c => c is CommitResult.Committed));
        Expect.Equal(2, committed, "Each is done once.");
        int replayed = results.Count(static r => r is [CommitResult.Replayed { Receipt.Key: "k1" }]);
        Expect.Equal(RacerCount - 1, replayed, "The others are told at their first.");
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, 2)], read, "Each is stored once.");
    }

    private static async Task What_many_writers_add_one_by_one_and_together_is_all_kept(
        ILedgerStore store, CancellationToken token)
    {
        const int Turns = 3;
        await Task.WhenAll(Enumerable.Range(0, RacerCount / 2).Select(writer => Task.Run(
            async () =>
            {
                string[] keys = [.. Enumerable.Range(0, Turns).Select(turn => $"w{writer}-{turn}")];
                if (writer % 2 == 0)
                {
                    await AppendAllAsync(store, keys, token).ConfigureAwait(false);
                    return;
                }

                foreach (string key in keys)
                {
                    await AppendAsync(store, One, key, int.MaxValue, token).ConfigureAwait(false);
                }
            },
            token))).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, RacerCount / 2 * Turns)], read, "Nothing is lost, and nothing is there twice.");
    }

    private static async Task Several_commits_that_are_cancelled_are_done_once_or_not_at_all(
        ILedgerStore store, CancellationToken token)
    {
        using CancellationTokenSource stopped = CancellationTokenSource.CreateLinkedTokenSource(token);
        await stopped.CancelAsync().ConfigureAwait(false);
        CommitBatch[] batches = [Batch("k1", At(One, 0, 1), At(Two, 0, 1)), Batch("k2", At(One, 1, 1), At(Two, 1, 1))];
        try
        {
            await store.CommitAllAsync([.. batches], stopped.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller does not know now what was done: it asks again, one by one.
        }

        foreach (CommitBatch batch in batches)
        {
            await store.CommitAsync(batch, token).ConfigureAwait(false);
        }

        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, 2)], Of(One, read), "Asked again, each is done once.");
        Expect.Equal([.. Stored(Two, 2)], Of(Two, read), "Also in the other stream.");
    }

    private static async Task CommitAllAsync(ILedgerStore store, CommitBatch[] batches, CancellationToken token)
    {
        ValueList<CommitResult> results =
            await store.CommitAllAsync(ValueList.Create<CommitBatch>(batches), token).ConfigureAwait(false);
        Expect.Equal(
            [.. batches.Select(static b => new CommitResult.Committed(CommitReceipt.Of(b)))],
            results,
            "Each is committed, and answered in its place.");
    }

    // The second of them is not committed, and says why; the first one is, unless the store takes all or nothing.
    private static async Task<int> EndAsync(
        ILedgerStore store, CommitBatch[] batches, CommitResult reason, CancellationToken token)
    {
        ValueList<CommitResult> results =
            await store.CommitAllAsync(ValueList.Create<CommitBatch>(batches), token).ConfigureAwait(false);
        int done = results is [not CommitResult.Committed] ? 0 : 1;
        Expect.Equal(done + 1, results.Count, "The answers end with the one that is not committed.");
        if (done == 1)
        {
            CommitResult.Committed first = new(CommitReceipt.Of(batches[0]));
            Expect.Equal(first, results[0], "What comes before is committed.");
        }

        if (done == 1 || results[0] is not CommitResult.Unavailable { MaybeApplied: false })
        {
            Expect.Equal(reason, results[^1], "Why it is not committed.");
        }

        ValueList<CommitReceipt> found =
            await store.FindAsync(Campaign, [batches[0].Key, batches[2].Key], token).ConfigureAwait(false);
        Expect.Equal(
            [.. batches.Take(done).Select(CommitReceipt.Of)], found, "What has no answer of its own is not committed.");
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, done)], read, "Nor is anything of it stored.");
        return done;
    }

    private static Task<ValueList<CommitResult>[]> RaceAllAsync(
        ILedgerStore store, Func<int, ValueList<CommitBatch>> batches, CancellationToken token) =>
        Task.WhenAll(Enumerable.Range(0, RacerCount).Select(i =>
            Task.Run(async () => await store.CommitAllAsync(batches(i), token).ConfigureAwait(false), token)));

    // As a workflow does: what was not committed is decided anew, on what is stored then.
    private static async Task AppendAllAsync(ILedgerStore store, string[] keys, CancellationToken token)
    {
        int done = 0;
        while (done < keys.Length)
        {
            int version = (await ReadAsync(store, token, (One, 0)).ConfigureAwait(false)).Count;
            ValueList<CommitBatch> batches =
                [.. keys.Skip(done).Select((key, i) => Batch(key, At(One, version + i, 1)))];
            ValueList<CommitResult> results = await store.CommitAllAsync(batches, token).ConfigureAwait(false);
            int committed = results.Count(static r => r is CommitResult.Committed);
            Expect.Equal(true, results.Count > 0, "At least one is answered.");
            if (committed < results.Count)
            {
                Expect.Is<CommitResult.VersionConflict>(results[^1], "Another was faster, nothing else.");
            }

            done += committed;
        }
    }
}
