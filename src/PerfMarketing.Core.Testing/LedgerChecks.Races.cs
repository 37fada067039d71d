using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <content>What holds when many write at once.</content>
public static partial class LedgerChecks
{
    private static async Task Of_two_contents_under_one_key_exactly_one_is_kept(
        ILedgerStore store, CancellationToken token)
    {
        CommitResult[] results = await RaceAsync(
            store, static i => Batch("k", At(One, 0, 1)) with { Content = Digest.Of([(byte)(i % 2)]) }, token)
            .ConfigureAwait(false);
        int first = Array.FindIndex(results, static r => r is CommitResult.Committed);
        Expect.Equal(1, results.OfType<CommitResult.Committed>().Count(), "One is first.");
        Digest kept = Digest.Of([(byte)(first % 2)]);
        Expect.Equal((RacerCount / 2) - 1, results.OfType<CommitResult.Replayed>().Count(), "The same content.");
        int refused = results.OfType<CommitResult.KeyReused>().Count(r => r.Original == kept);
        Expect.Equal(RacerCount / 2, refused, "The other content, with the digest that is kept.");
    }

    private static async Task What_many_writers_add_is_all_kept(ILedgerStore store, CancellationToken token)
    {
        const int Turns = 4;
        await Task.WhenAll(Enumerable.Range(0, RacerCount).Select(writer => Task.Run(
            async () =>
            {
                for (int turn = 0; turn < Turns; turn++)
                {
                    await AppendAsync(store, One, $"w{writer}-{turn}", int.MaxValue, token).ConfigureAwait(false);
                }
            },
            token))).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, RacerCount * Turns)], read, "Nothing is lost, and nothing is there twice.");
    }

    private static async Task Last_place_is_taken_once(ILedgerStore store, CancellationToken token)
    {
        const int Places = 5;
        bool[] taken = await Task.WhenAll(Enumerable.Range(0, RacerCount).Select(writer => Task.Run(
            () => AppendAsync(store, One, $"w{writer}", Places, token), token))).ConfigureAwait(false);
        Expect.Equal(Places, taken.Count(static t => t), "As many succeed as there are places.");
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal(Places, read.Count, "No more are kept.");
    }

    private static async Task Decisions_that_look_at_each_other_never_both_succeed(
        ILedgerStore store, CancellationToken token)
    {
        for (int round = 0; round < 16; round++)
        {
            StreamAppend[] both =
            [
                At(StreamId.OfOutcome(Campaign, new($"left-{round}")), 0, 1),
                At(StreamId.OfOutcome(Campaign, new($"right-{round}")), 0, 1),
            ];
            int now = round;
            CommitResult[] results = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(
                async () =>
                {
                    StreamAppend looked = both[1 - i] with { Records = [] };
                    CommitBatch batch = Batch($"k{now}-{i}", i == 0 ? [both[0], looked] : [looked, both[1]]);
                    return await store.CommitAsync(batch, token).ConfigureAwait(false);
                },
                token))).ConfigureAwait(false);
            Expect.Equal(1, results.OfType<CommitResult.Committed>().Count(), "Each was decided without the other.");
            Expect.Equal(1, results.OfType<CommitResult.VersionConflict>().Count(), "The second is told.");
        }
    }

    private static async Task Writers_of_different_streams_all_succeed(ILedgerStore store, CancellationToken token)
    {
        CommitResult[] results = await RaceAsync(
            store, static i => Batch($"k{i}", At(StreamId.OfOutcome(Campaign, new($"o{i}")), 0, 2)), token)
            .ConfigureAwait(false);
        Expect.Equal(RacerCount, results.OfType<CommitResult.Committed>().Count(), "Nobody is in another's way.");
    }

    private static async Task Writers_of_different_campaigns_all_succeed(ILedgerStore store, CancellationToken token)
    {
        CommitResult[] results = await RaceAsync(
            store,
            static i =>
            {
                CampaignId campaign = new($"c{i}");
                return Batch("k", At(StreamId.OfOutcome(campaign, new("o")), 0, 1)) with { Unit = campaign };
            },
            token).ConfigureAwait(false);
        Expect.Equal(RacerCount, results.OfType<CommitResult.Committed>().Count(), "A key belongs to a campaign.");
    }

    private static async Task What_is_read_while_others_write_has_no_gaps(ILedgerStore store, CancellationToken token)
    {
        Task writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            () => AppendAsync(store, One, $"w{writer}", int.MaxValue, token), token)));
        int seen = 0;
        bool isLast = false;
        while (!isLast)
        {
            isLast = writing.IsCompleted;
            ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
            Expect.Equal([.. Stored(One, read.Count)], read, "From the first version on, none left out.");
            Expect.Equal(true, read.Count >= seen, "What was read once is read again.");
            seen = read.Count;
        }

        await writing.ConfigureAwait(false);
    }

    private static async Task What_was_committed_is_read_at_once(ILedgerStore store, CancellationToken token)
    {
        for (int version = 0; version < 20; version++)
        {
            await CommitAsync(store, Batch($"k{version}", At(One, version, 1)), token).ConfigureAwait(false);
            ValueList<StoredRecord> read = await ReadAsync(store, token, (One, version)).ConfigureAwait(false);
            Expect.Equal(1, read.Count, "A read that begins after a commit finds it.");
        }
    }

    // As a workflow does: reads where the stream stands, appends, and begins again when another was faster.
    private static async Task<bool> AppendAsync(
        ILedgerStore store, StreamId stream, string key, int most, CancellationToken token)
    {
        while (true)
        {
            int version = (await ReadAsync(store, token, (stream, 0)).ConfigureAwait(false)).Count;
            if (version >= most)
            {
                return false;
            }

            CommitResult result = await store.CommitAsync(Batch(key, At(stream, version, 1)), token)
                .ConfigureAwait(false);
            if (result is CommitResult.Committed)
            {
                return true;
            }

            Expect.Is<CommitResult.VersionConflict>(result, "Another was faster, nothing else.");
        }
    }
}
