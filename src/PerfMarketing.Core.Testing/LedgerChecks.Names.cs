using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <content>What must not be mistaken for something else, and much that is asked for at once.</content>
public static partial class LedgerChecks
{
    private static async Task Keys_of_a_campaign_a_payee_and_an_advertiser_are_apart(
        ILedgerStore store, CancellationToken token)
    {
        PartnerId payee = new("check");
        AdvertiserId advertiser = new("check");
        CampaignId odd = new("/payee/check");
        CommitBatch[] batches =
        [
            Batch("k", At(One, 0, 1)),
            Batch("k", At(StreamId.OfRemittances(payee, Currency.Eur), 0, 2)) with
            {
                Unit = UnitId.OfPayee(payee),
                Content = Digest.Of([2]),
            },
            Batch("k", At(StreamId.OfOutcome(odd, new("one")), 0, 3)) with { Unit = odd },
            Batch("k", At(StreamId.OfClaim(advertiser, new("one")), 0, 1)) with
            {
                Unit = UnitId.OfAdvertiser(advertiser),
                Content = Digest.Of([4]),
            },
        ];
        foreach (CommitBatch batch in batches)
        {
            await CommitAsync(store, batch, token).ConfigureAwait(false);
        }

        foreach (CommitBatch batch in batches)
        {
            var receipt = CommitReceipt.Of(batch);
            CommitResult again = await store.CommitAsync(batch, token).ConfigureAwait(false);
            Expect.Equal<CommitResult>(new CommitResult.Replayed(receipt), again, $"The key of '{batch.Unit}'.");
            ValueList<CommitReceipt> found = await store.FindAsync(batch.Unit, ["k"], token).ConfigureAwait(false);
            Expect.Equal([receipt], found, $"The receipt of '{batch.Unit}'.");
            StreamId stream = batch.Appends[0].Expected.Stream;
            ValueList<StoredRecord> read = await ReadAsync(store, token, (stream, 0)).ConfigureAwait(false);
            Expect.Equal([.. Stored(stream, batch.Appends[0].Records.Count)], read, $"The stream of '{batch.Unit}'.");
        }
    }

    private static async Task Receipts_are_found_by_the_whole_key(ILedgerStore store, CancellationToken token)
    {
        string[] keys = [.. Alike, "ox1", "o_10", "xo_1", "O_1", "o1", "o"];
        Dictionary<string, CommitReceipt> receipts = new(StringComparer.Ordinal);
        foreach (string key in keys.Distinct(StringComparer.Ordinal))
        {
            Expect.Equal([], await store.FindAsync(Campaign, [key], token).ConfigureAwait(false), $"No '{key}' yet.");
            receipts[key] = await CommitAsync(store, Batch(key, At(One, receipts.Count, 1)), token)
                .ConfigureAwait(false);
        }

        foreach ((string key, CommitReceipt receipt) in receipts)
        {
            ValueList<CommitReceipt> found = await store.FindAsync(Campaign, [key], token).ConfigureAwait(false);
            Expect.Equal([receipt], found, $"'{key}' and no other.");
        }
    }

    private static async Task Every_stream_that_has_moved_on_is_told(ILedgerStore store, CancellationToken token)
    {
        StreamId[] streams =
            [.. Enumerable.Range(0, 4).Select(static i => StreamId.OfOutcome(Campaign, new($"o{i}")))];
        await CommitAsync(store, Batch("k1", At(streams[0], 0, 2), At(streams[2], 0, 1), At(streams[3], 0, 3)), token)
            .ConfigureAwait(false);
        CommitBatch stale = Batch(
            "k2", At(streams[0], 1, 1), At(streams[1], 0, 1), At(streams[2], 0, 0), At(streams[3], 3, 1));
        CommitResult result = await store.CommitAsync(stale, token).ConfigureAwait(false);
        ValueList<StreamPosition> told = Expect.Is<CommitResult.VersionConflict>(result, "Two have moved on.").Current;
        Expect.Equal(
            Positions((streams[0], 2), (streams[2], 1)),
            [.. told.OrderBy(static p => p.Stream.ToString(), StringComparer.Ordinal)],
            "Both are told with their versions now, also one that is only looked at.");
    }

    private static async Task Many_streams_are_read_at_once(ILedgerStore store, CancellationToken token)
    {
        const int Count = 2_500;
        StreamId[] streams =
            [.. Enumerable.Range(0, Count).Select(static i => StreamId.OfOutcome(Campaign, new($"o{i}")))];
        for (int from = 0; from < Count; from += 100)
        {
            StreamAppend[] appends = [.. streams.Skip(from).Take(100).Select(static s => At(s, 0, 2))];
            await CommitAsync(store, Batch($"k{from}", appends), token).ConfigureAwait(false);
        }

        await CommitAsync(store, Batch("last", At(streams[^1], 2, 1)), token).ConfigureAwait(false);
        (StreamId, long)[] after = [.. streams.Select(static s => (s, 0L))];
        ValueList<StoredRecord> read = await ReadAsync(store, token, after).ConfigureAwait(false);
        Expect.Equal((2 * Count) + 1, read.Count, "Every record of every stream.");
        ILookup<StreamId, StoredRecord> found = read.ToLookup(static r => r.Stream);
        foreach (StreamId stream in streams)
        {
            Expect.Equal<ValueList<StoredRecord>>(
                [.. Stored(stream, stream == streams[^1] ? 3 : 2)], [.. found[stream]], $"'{stream}' in its order.");
        }
    }

    private static async Task Batch_is_read_whole_while_others_write(ILedgerStore store, CancellationToken token)
    {
        const int Commits = 20;
        const int Size = 50;
        Task writing = Task.Run(
            async () =>
            {
                for (int turn = 0; turn < Commits; turn++)
                {
                    await CommitAsync(store, Batch($"k{turn}", At(One, turn * Size, Size)), token)
                        .ConfigureAwait(false);
                    CommitResult stale = await store.CommitAsync(Batch($"s{turn}", At(One, 0, Size)), token)
                        .ConfigureAwait(false);
                    Expect.Is<CommitResult.VersionConflict>(stale, "What is not committed is never read.");
                }
            },
            token);
        int seen = 0;
        bool isLast = false;
        while (!isLast)
        {
            isLast = writing.IsCompleted;
            ValueList<StoredRecord> read = await ReadAsync(store, token, (One, seen)).ConfigureAwait(false);
            Expect.Equal([.. Stored(One, seen + read.Count).Skip(seen)], read, "In their order, none left out.");
            Expect.Equal(0, read.Count % Size, "All that a commit adds to a stream is seen, or nothing.");
            seen += read.Count;
        }

        await writing.ConfigureAwait(false);
        Expect.Equal(Commits * Size, seen, "All of it is read in the end.");
    }
}
