using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <content>What holds after the process went down, with or without an answer.</content>
public static partial class LedgerChecks
{
    /// <summary>
    /// What a commit must survive: the store is left right after it, as in a crash, and opened again over its data.
    /// </summary>
    public static PortChecks<ReopenedPort<ILedgerStore>> Reopened { get; } = new(
        What_was_committed_is_there_after_a_restart,
        Answer_that_was_lost_in_a_crash_is_given_again,
        Answers_of_several_commits_that_were_lost_are_given_again,
        Key_that_is_reused_is_told_after_a_restart,
        Versions_are_checked_after_a_restart,
        Commits_that_were_not_done_are_not_done_by_a_restart,
        Commit_that_broke_off_is_done_once_or_not_at_all);

    private static async Task What_was_committed_is_there_after_a_restart(
        ReopenedPort<ILedgerStore> port, CancellationToken token)
    {
        ILedgerStore store = port.Open();
        for (int version = 0; version < 10; version += 2)
        {
            await CommitAsync(store, Batch($"k{version}", At(One, version, 1)), token).ConfigureAwait(false);
            await CommitAllAsync(
                store, [Batch($"l{version}", At(One, version + 1, 1), At(Two, version / 2, 1))], token)
                .ConfigureAwait(false);
            store = await port.ReopenAsync(store).ConfigureAwait(false);
            ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
            Expect.Equal([.. Stored(One, version + 2)], Of(One, read), "What is answered is durable.");
            Expect.Equal([.. Stored(Two, (version / 2) + 1)], Of(Two, read), "Also in the other stream.");
        }
    }

    private static async Task Answer_that_was_lost_in_a_crash_is_given_again(
        ReopenedPort<ILedgerStore> port, CancellationToken token)
    {
        ILedgerStore store = port.Open();
        CommitBatch batch = Batch("k", At(One, 0, 2), At(Two, 0, 1));
        CommitReceipt lost = await CommitAsync(store, batch, token).ConfigureAwait(false);
        for (int version = 2; version < 5; version++)
        {
            store = await port.ReopenAsync(store).ConfigureAwait(false);
            CommitBatch later = Batch("k", At(One, version, 1));
            await ReplaysAsync(store, later, lost, token).ConfigureAwait(false);
            await CommitAsync(store, Batch($"k{version}", At(One, version, 1)), token).ConfigureAwait(false);
        }

        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, 5)], Of(One, read), "It is done once.");
        Expect.Equal([.. Stored(Two, 1)], Of(Two, read), "Also in the other stream.");
    }

    private static async Task Answers_of_several_commits_that_were_lost_are_given_again(
        ReopenedPort<ILedgerStore> port, CancellationToken token)
    {
        ILedgerStore store = port.Open();
        CommitBatch[] batches = [Batch("k1", At(One, 0, 1)), Batch("k2", At(One, 1, 2), At(Two, 0, 1))];
        await CommitAllAsync(store, batches, token).ConfigureAwait(false);
        store = await port.ReopenAsync(store).ConfigureAwait(false);
        foreach (CommitBatch batch in batches)
        {
            await ReplaysAsync(store, batch, CommitReceipt.Of(batch), token).ConfigureAwait(false);
        }
    }

    private static async Task Key_that_is_reused_is_told_after_a_restart(
        ReopenedPort<ILedgerStore> port, CancellationToken token)
    {
        ILedgerStore store = port.Open();
        CommitBatch first = Batch("k", At(One, 0, 1));
        await CommitAsync(store, first, token).ConfigureAwait(false);
        store = await port.ReopenAsync(store).ConfigureAwait(false);
        CommitBatch other = Batch("k", At(One, 1, 1)) with { Content = Digest.Of([2]) };
        CommitResult result = await store.CommitAsync(other, token).ConfigureAwait(false);
        Expect.Equal<CommitResult>(
            new CommitResult.KeyReused(first.Content), result, "The key stands for something else.");
    }

    private static async Task Versions_are_checked_after_a_restart(
        ReopenedPort<ILedgerStore> port, CancellationToken token)
    {
        ILedgerStore store = port.Open();
        await CommitAsync(store, Batch("k1", At(One, 0, 2)), token).ConfigureAwait(false);
        store = await port.ReopenAsync(store).ConfigureAwait(false);
        foreach (long wrong in (long[])[0, 1, 3])
        {
            CommitResult result = await store.CommitAsync(Batch("k2", At(One, wrong, 1)), token).ConfigureAwait(false);
            Expect.Equal<CommitResult>(
                new CommitResult.VersionConflict(Positions((One, 2))), result, $"The version is not {wrong}.");
        }

        await CommitAsync(store, Batch("k2", At(One, 2, 1)), token).ConfigureAwait(false);
    }

    // A log that is written before it is known whether the commit is done must not be played again.
    private static async Task Commits_that_were_not_done_are_not_done_by_a_restart(
        ReopenedPort<ILedgerStore> port, CancellationToken token)
    {
        ILedgerStore store = port.Open();
        CommitBatch first = Batch("k1", At(One, 0, 1));
        await CommitAsync(store, first, token).ConfigureAwait(false);
        CommitResult stale = await store.CommitAsync(Batch("k2", At(One, 0, 1), At(Two, 0, 1)), token)
            .ConfigureAwait(false);
        Expect.Is<CommitResult.VersionConflict>(stale, "The stream has moved on.");
        CommitResult reused = await store
            .CommitAsync(Batch("k1", At(Two, 0, 1)) with { Content = Digest.Of([2]) }, token).ConfigureAwait(false);
        Expect.Is<CommitResult.KeyReused>(reused, "The key stands for something else.");
        store = await port.ReopenAsync(store).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, 1)], read, "Nothing but what was committed.");
        await ReplaysAsync(store, first, CommitReceipt.Of(first), token).ConfigureAwait(false);
        await CommitAsync(store, Batch("k2", At(One, 1, 1), At(Two, 0, 1)), token).ConfigureAwait(false);
    }

    private static async Task Commit_that_broke_off_is_done_once_or_not_at_all(
        ReopenedPort<ILedgerStore> port, CancellationToken token)
    {
        ILedgerStore store = port.Open();
        for (int round = 0; round < 20; round++)
        {
            StreamId left = StreamId.OfOutcome(Campaign, new($"left-{round}"));
            StreamId right = StreamId.OfOutcome(Campaign, new($"right-{round}"));
            CommitBatch batch = Batch($"k{round}", At(left, 0, 2), At(right, 0, 1));
            await BreakOffAsync(store, batch, round, token).ConfigureAwait(false);
            store = await port.ReopenAsync(store).ConfigureAwait(false);
            int stored = (await ReadAsync(store, token, (left, 0), (right, 0)).ConfigureAwait(false)).Count;
            Expect.Equal(true, stored is 0 or 3, $"All or nothing, not {stored} of 3 records.");
            CommitResult again = await store.CommitAsync(batch, token).ConfigureAwait(false);
            CommitReceipt receipt = CommitReceipt.Of(batch);
            Expect.Equal(
                stored == 0 ? new CommitResult.Committed(receipt) : new CommitResult.Replayed(receipt),
                again,
                "The key says whether it was done.");
            ValueList<StoredRecord> read = await ReadAsync(store, token, (left, 0), (right, 0)).ConfigureAwait(false);
            Expect.Equal([.. Stored(left, 2)], Of(left, read), "Asked again, it is done once.");
            Expect.Equal([.. Stored(right, 1)], Of(right, read), "Also in the other stream.");
        }
    }

    // Stops a commit sooner or later: at first before it begins, then a little later each time.
    private static async Task BreakOffAsync(
        ILedgerStore store, CommitBatch batch, int patience, CancellationToken token)
    {
        using CancellationTokenSource stopped = CancellationTokenSource.CreateLinkedTokenSource(token);
        CancellationToken stop = stopped.Token;
        if (patience == 0)
        {
            await stopped.CancelAsync().ConfigureAwait(false);
        }

        Task commit = Task.Run(async () => await store.CommitAsync(batch, stop).ConfigureAwait(false), token);
        for (int i = 0; i < patience * patience; i++)
        {
            await Task.Yield();
        }

        await stopped.CancelAsync().ConfigureAwait(false);
        try
        {
            await commit.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            // Nobody knows now whether it was done.
        }
    }

    private static async Task ReplaysAsync(
        ILedgerStore store, CommitBatch batch, CommitReceipt receipt, CancellationToken token)
    {
        ValueList<CommitReceipt> found = await store.FindAsync(Campaign, [batch.Key], token).ConfigureAwait(false);
        Expect.Equal([receipt], found, "The receipt is kept.");
        CommitResult again = await store.CommitAsync(batch, token).ConfigureAwait(false);
        Expect.Equal<CommitResult>(new CommitResult.Replayed(receipt), again, "It was done, as it was then.");
    }
}
