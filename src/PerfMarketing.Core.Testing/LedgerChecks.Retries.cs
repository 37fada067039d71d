using System.Globalization;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <content>What holds when a caller asks again.</content>
public static partial class LedgerChecks
{
    private static async Task Answer_that_was_lost_is_given_again(ILedgerStore store, CancellationToken token)
    {
        CommitBatch batch = Batch("k", At(One, 0, 2), At(Two, 0, 1));
        CommitReceipt lost = await CommitAsync(store, batch, token).ConfigureAwait(false);
        for (int retry = 0; retry < 3; retry++)
        {
            CommitResult again = await store.CommitAsync(batch, token).ConfigureAwait(false);
            Expect.Equal(lost, Expect.Is<CommitResult.Replayed>(again, "It was done.").Receipt, "As it was then.");
        }

        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal(3, read.Count, "It is done once.");
    }

    private static async Task Answer_is_the_same_after_many_other_commits(ILedgerStore store, CancellationToken token)
    {
        CommitBatch batch = Batch("first", At(One, 0, 1));
        CommitReceipt first = await CommitAsync(store, batch, token).ConfigureAwait(false);
        for (int version = 1; version <= 50; version++)
        {
            await CommitAsync(store, Batch($"k{version}", At(One, version, 1)), token).ConfigureAwait(false);
        }

        const int Most = 1_150;
        for (int version = 51; version <= Most; version += 100)
        {
            CommitBatch[] next = [.. Enumerable.Range(version, 100).Select(static v => Batch($"k{v}", At(One, v, 1)))];
            await CommitAllAsync(store, next, token).ConfigureAwait(false);
        }

        CommitResult again = await store.CommitAsync(batch, token).ConfigureAwait(false);
        Expect.Equal(first, Expect.Is<CommitResult.Replayed>(again, "Keys are kept.").Receipt, "As it was then.");
        ValueList<string> keys = ["first", .. Enumerable.Range(1, Most).Select(static v => $"k{v}")];
        ValueList<CommitReceipt> found = await store.FindAsync(Campaign, keys, token).ConfigureAwait(false);
        Expect.Equal<ValueList<string>>(
            [.. keys.Order(StringComparer.Ordinal)],
            [.. found.Select(static r => r.Key).Order(StringComparer.Ordinal)],
            "All of them are found at once.");
    }

    private static async Task Key_is_checked_before_the_versions(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k", At(One, 0, 1)), token).ConfigureAwait(false);
        CommitResult same = await store.CommitAsync(Batch("k", At(One, 7, 1)), token).ConfigureAwait(false);
        Expect.Is<CommitResult.Replayed>(same, "What was done is done, whatever the caller thinks now.");
        CommitBatch other = Batch("k", At(One, 7, 1)) with { Content = Digest.Of([2]) };
        CommitResult reused = await store.CommitAsync(other, token).ConfigureAwait(false);
        Expect.Is<CommitResult.KeyReused>(reused, "A key that stands for something else is told first.");
    }

    private static async Task Conflict_is_no_answer_that_is_kept(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k1", At(One, 0, 1)), token).ConfigureAwait(false);
        CommitResult stale = await store.CommitAsync(Batch("k2", At(One, 0, 1)), token).ConfigureAwait(false);
        Expect.Is<CommitResult.VersionConflict>(stale, "The stream has moved on.");
        CommitBatch other = Batch("k2", At(One, 1, 1)) with { Content = Digest.Of([2]) };
        await CommitAsync(store, other, token).ConfigureAwait(false);
    }

    private static async Task Content_counts_to_its_last_bit(ILedgerStore store, CancellationToken token)
    {
        CommitBatch first = Batch("k", At(One, 0, 1));
        await CommitAsync(store, first, token).ConfigureAwait(false);
        string text = first.Content.ToString();
        char last = text[^1] == '0' ? '1' : '0';
        Digest other = Digest.Parse($"{text[..^1]}{last}", CultureInfo.InvariantCulture);
        CommitResult result = await store.CommitAsync(first with { Content = other }, token).ConfigureAwait(false);
        Expect.Is<CommitResult.KeyReused>(result, "The last digit of the digest differs.");
    }

    private static async Task Cancelled_commit_is_done_once_or_not_at_all(ILedgerStore store, CancellationToken token)
    {
        using CancellationTokenSource stopped = CancellationTokenSource.CreateLinkedTokenSource(token);
        await stopped.CancelAsync().ConfigureAwait(false);
        CommitBatch batch = Batch("k", At(One, 0, 1), At(Two, 0, 1));
        try
        {
            await store.CommitAsync(batch, stopped.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller does not know now whether it was done: it asks again.
        }

        await store.CommitAsync(batch, token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal(2, read.Count, "Asked again, it is done once.");
    }

    private static async Task Keys_differ_by_every_character(ILedgerStore store, CancellationToken token)
    {
        int version = 0;
        foreach (string key in Alike.SelectMany(static k => (string[])[k, $"{k} ", $" {k}"]))
        {
            await CommitAsync(store, Batch(key, At(One, version++, 1)), token).ConfigureAwait(false);
        }
    }

    private static async Task Key_without_records_is_kept(ILedgerStore store, CancellationToken token)
    {
        CommitBatch batch = Batch("k", At(One, 0, 0));
        CommitReceipt receipt = await CommitAsync(store, batch, token).ConfigureAwait(false);
        Expect.Equal(0, receipt.Grown.Count, "Nothing grew.");
        CommitResult again = await store.CommitAsync(batch, token).ConfigureAwait(false);
        Expect.Equal(receipt, Expect.Is<CommitResult.Replayed>(again, "It was done.").Receipt, "As it was then.");
    }

    private static async Task Outbox_is_no_part_of_the_content(ILedgerStore store, CancellationToken token)
    {
        LedgerEntry entry = SampleRecords.EveryKind().OfType<LedgerEntry>().First();
        CommitBatch batch = Batch("k", At(One, 0, 1)) with { Outbox = [OutboxMessage.Of(entry)] };
        await CommitAsync(store, batch, token).ConfigureAwait(false);
        CommitResult again = await store.CommitAsync(batch with { Outbox = [] }, token).ConfigureAwait(false);
        Expect.Is<CommitResult.Replayed>(again, "Key and content are the same.");
    }

    private static async Task Receipt_says_what_was_appended(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k1", At(One, 0, 3)), token).ConfigureAwait(false);
        CommitBatch batch = Batch("k2", At(One, 3, 2), At(Two, 0, 1));
        CommitReceipt receipt = await CommitAsync(store, batch, token).ConfigureAwait(false);
        Expect.Equal(CommitReceipt.Of(batch), receipt, "Each stream that grew, from which version to which.");
    }

    private static async Task Receipts_are_found_by_their_keys(ILedgerStore store, CancellationToken token)
    {
        CommitReceipt first = await CommitAsync(store, Batch("k1", At(One, 0, 2)), token).ConfigureAwait(false);
        CommitReceipt second = await CommitAsync(store, Batch("K1", At(Two, 0, 1)), token).ConfigureAwait(false);
        await CommitAsync(store, Batch("k3", At(One, 2, 1)), token).ConfigureAwait(false);
        ValueList<CommitReceipt> found =
            await store.FindAsync(Campaign, ["k1", "k2", "K1"], token).ConfigureAwait(false);
        Expect.Equal(2, found.Count, "One receipt for each key that was committed.");
        Expect.Equal(first, found.First(static r => r.Key == "k1"), "As it was then.");
        Expect.Equal(second, found.First(static r => r.Key == "K1"), "Keys differ by case.");
    }

    private static async Task Receipts_are_of_one_unit(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k", At(One, 0, 1)), token).ConfigureAwait(false);
        ValueList<CommitReceipt> found =
            await store.FindAsync(new CampaignId("CHECK"), ["k"], token).ConfigureAwait(false);
        Expect.Equal(0, found.Count, "The key is one of another campaign.");
    }

    private static async Task Receipt_of_a_conflict_is_not_found(ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k1", At(One, 0, 1)), token).ConfigureAwait(false);
        await store.CommitAsync(Batch("k2", At(One, 0, 1)), token).ConfigureAwait(false);
        ValueList<CommitReceipt> found = await store.FindAsync(Campaign, ["k2"], token).ConfigureAwait(false);
        Expect.Equal(0, found.Count, "Nothing was committed under the key.");
    }

    private static async Task Receipts_are_found_as_soon_as_they_are_given(ILedgerStore store, CancellationToken token)
    {
        for (int version = 0; version < 20; version++)
        {
            CommitReceipt receipt =
                await CommitAsync(store, Batch($"k{version}", At(One, version, 1)), token).ConfigureAwait(false);
            ValueList<CommitReceipt> found =
                await store.FindAsync(Campaign, [$"k{version}"], token).ConfigureAwait(false);
            Expect.Equal([receipt], found, "What was committed before is found.");
        }
    }
}
