using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <content>What several commits note with one call, and what is left after the process went down.</content>
public static partial class DueChecks
{
    /// <summary>
    /// What a note must survive: the store is left right after its commit, as in a crash, and opened again over its
    /// data.
    /// </summary>
    public static PortChecks<ReopenedPort<DueStores>> Reopened { get; } = new(
        What_was_noted_is_due_after_a_restart,
        Commit_that_is_replayed_after_a_restart_notes_nothing_again);

    private static async Task Several_commits_note_what_each_of_them_does(DueStores stores, CancellationToken token)
    {
        CommitBatch[] batches =
        [
            Batch(Campaign, "k1", [Append("o1", 0)], ("o1", 10), ("o2", 20)),
            Batch(Campaign, "k2", [Append("o1", 1)], ("o1", 30), ("o3", 5)),
            Batch(Campaign, "k3", [], ("o2", null), ("o4", 1)),
        ];
        ValueList<CommitResult> results =
            await stores.Ledger.CommitAllAsync([.. batches], token).ConfigureAwait(false);
        Expect.Equal(3, results.Count(static r => r is CommitResult.Committed), "Each is committed.");
        Expect.Equal(
            [Due("o4", 1), Due("o3", 5), Due("o1", 30)],
            await FindAsync(stores, 1_000, token).ConfigureAwait(false),
            "What a later one notes stands.");
    }

    private static async Task Several_commits_note_nothing_from_the_first_conflict_on(
        DueStores stores, CancellationToken token)
    {
        await CommitAsync(stores, Batch(Campaign, "k", [Append("o1", 0)], ("o1", 10)), token).ConfigureAwait(false);
        CommitBatch[] batches =
        [
            Batch(Campaign, "k1", [], ("o2", 10)),
            Batch(Campaign, "k2", [Append("o1", 0)], ("o1", 20), ("o3", 10)),
            Batch(Campaign, "k3", [], ("o4", 10)),
        ];
        ValueList<CommitResult> results =
            await stores.Ledger.CommitAllAsync([.. batches], token).ConfigureAwait(false);
        ValueList<DueOutcome> expected = results is [CommitResult.Committed, ..]
            ? [Due("o1", 10), Due("o2", 10)]
            : [Due("o1", 10)];
        ValueList<DueOutcome> found = await FindAsync(stores, 1_000, token).ConfigureAwait(false);
        Expect.Equal(expected, found, "What is not committed is not noted.");
    }

    private static async Task What_was_noted_is_due_after_a_restart(
        ReopenedPort<DueStores> port, CancellationToken token)
    {
        DueStores stores = port.Open();
        await NoteAsync(stores, "k1", token, ("o1", 10), ("o2", 20), ("o3", 30)).ConfigureAwait(false);
        stores = await ReopenAsync(port, stores).ConfigureAwait(false);
        Expect.Equal(
            [Due("o1", 10), Due("o2", 20), Due("o3", 30)],
            await FindAsync(stores, 1_000, token).ConfigureAwait(false),
            "What was committed is noted.");
        await NoteAsync(stores, "k2", token, ("o1", null), ("o2", 40)).ConfigureAwait(false);
        stores = await ReopenAsync(port, stores).ConfigureAwait(false);
        Expect.Equal(
            [Due("o3", 30), Due("o2", 40)],
            await FindAsync(stores, 1_000, token).ConfigureAwait(false),
            "Also what was taken off, and what came later.");
    }

    private static async Task Commit_that_is_replayed_after_a_restart_notes_nothing_again(
        ReopenedPort<DueStores> port, CancellationToken token)
    {
        DueStores stores = port.Open();
        await NoteAsync(stores, "k1", token, ("o1", 10)).ConfigureAwait(false);
        await NoteAsync(stores, "k2", token, ("o1", null), ("o2", 20)).ConfigureAwait(false);
        stores = await ReopenAsync(port, stores).ConfigureAwait(false);
        CommitResult again = await stores.Ledger
            .CommitAsync(Batch(Campaign, "k1", [], ("o1", 10)), token).ConfigureAwait(false);
        Expect.Equal(true, again is CommitResult.Replayed, "It was committed before.");
        Expect.Equal(
            [Due("o2", 20)], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "What came later stands.");
    }

    private static Task<DueStores> ReopenAsync(ReopenedPort<DueStores> port, DueStores stores) =>
        port.ReopenAsync(stores, stores.Ledger, stores.Due);
}
