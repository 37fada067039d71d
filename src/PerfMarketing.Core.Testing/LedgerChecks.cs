using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="ILedgerStore"/>, as checks that a host runs against its own store.</summary>
/// <remarks>
/// What the port does not show has checks of its own: <see cref="Reopened"/> for what survives a crash,
/// <see cref="OutboxChecks"/> for what is told to others, <see cref="DueChecks"/> for what is due.
/// </remarks>
public static partial class LedgerChecks
{
    private const int RacerCount = 32;

    private static readonly string[] Alike =
        ["o-1", "O-1", "o_1", "o%1", "o/1", "o%2F1", "o 1", "o  1", "o'1", "o\"1", "o\\1", "o*1"];

    private static readonly CampaignId Campaign = new("check");
    private static readonly StreamId One = StreamId.OfOutcome(Campaign, new("one"));
    private static readonly StreamId Two = StreamId.OfOutcome(Campaign, new("two"));

    /// <summary>All checks of a store that stays open.</summary>
    public static PortChecks<ILedgerStore> All { get; } = new(
        Committed_records_are_read_back_in_order,
        Every_kind_of_record_is_read_back_as_it_was,
        Reading_begins_after_a_version_and_takes_several_streams,
        Same_key_and_content_get_the_original_receipt,
        Same_key_with_other_content_is_refused_with_the_original_digest,
        Keys_belong_to_a_campaign_and_differ_by_case,
        Stale_version_is_a_conflict_that_leaves_the_key_free,
        Conflict_in_one_stream_leaves_all_streams_as_they_were,
        Stream_without_records_is_only_checked,
        Streams_differ_by_every_character,
        Longest_names_fit,
        Of_many_commits_on_one_version_exactly_one_succeeds,
        Of_many_commits_with_one_key_exactly_one_is_done,
        Of_two_contents_under_one_key_exactly_one_is_kept,
        What_many_writers_add_is_all_kept,
        Last_place_is_taken_once,
        Decisions_that_look_at_each_other_never_both_succeed,
        Writers_of_different_streams_all_succeed,
        Writers_of_different_campaigns_all_succeed,
        What_is_read_while_others_write_has_no_gaps,
        What_was_committed_is_read_at_once,
        Answer_that_was_lost_is_given_again,
        Answer_is_the_same_after_many_other_commits,
        Key_is_checked_before_the_versions,
        Conflict_is_no_answer_that_is_kept,
        Content_counts_to_its_last_bit,
        Cancelled_commit_is_done_once_or_not_at_all,
        Keys_differ_by_every_character,
        Key_without_records_is_kept,
        Outbox_is_no_part_of_the_content,
        Receipt_says_what_was_appended,
        Receipts_are_found_by_their_keys,
        Receipts_are_of_one_unit,
        Receipt_of_a_conflict_is_not_found,
        Receipts_are_found_as_soon_as_they_are_given,
        Same_record_may_stand_in_two_streams,
        Same_outcome_of_two_campaigns_has_two_streams,
        Record_that_stands_twice_is_read_twice,
        Long_batch_keeps_its_order,
        Many_streams_are_committed_together_or_not_at_all,
        Many_commits_make_one_long_stream,
        Versions_count_by_stream,
        Reading_nothing_gives_nothing,
        Reading_changes_nothing,
        Reading_past_the_end_gives_nothing,
        Extreme_values_are_read_back_as_they_were,
        Instants_keep_their_nanoseconds,
        Longest_record_is_read_back_as_it_was,
        Keys_of_a_campaign_a_payee_and_an_advertiser_are_apart,
        Receipts_are_found_by_the_whole_key,
        Every_stream_that_has_moved_on_is_told,
        Many_streams_are_read_at_once,
        Batch_is_read_whole_while_others_write,
        Several_commits_come_to_what_one_after_the_other_would,
        Several_commits_of_none_are_none,
        Several_commits_end_at_the_first_conflict,
        Several_commits_look_at_what_the_first_of_them_did,
        Several_commits_end_at_a_key_that_is_known,
        Several_commits_end_at_a_key_that_is_reused,
        Several_commits_under_one_key_are_one,
        Several_commits_may_be_many,
        Several_commits_that_are_cancelled_are_done_once_or_not_at_all,
        Of_many_that_commit_several_exactly_one_succeeds,
        Of_many_that_commit_several_keys_each_is_done_once,
        What_many_writers_add_one_by_one_and_together_is_all_kept);

    private static async Task Committed_records_are_read_back_in_order(ILedgerStore store, CancellationToken token)
    {
        CommitBatch batch = Batch("k1", At(One, 0, 2), At(Two, 0, 1));
        CommitReceipt first = await CommitAsync(store, batch, token).ConfigureAwait(false);
        Expect.Equal(Positions((One, 2), (Two, 1)), After(first), "The receipt names the streams that grew.");
        Expect.Equal("k1", first.Key, "The receipt names the key.");
        await CommitAsync(store, Batch("k2", At(One, 2, 1)), token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, 3)], read, "Versions count from 1.");
    }

    private static async Task Every_kind_of_record_is_read_back_as_it_was(ILedgerStore store, CancellationToken token)
    {
        ValueList<CampaignRecord> records = SampleRecords.EveryKind();
        await CommitAsync(store, Batch("k", new StreamAppend(new(One, 0), records)), token).ConfigureAwait(false);
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0)).ConfigureAwait(false);
        Expect.Equal(records.Count, read.Count, "All records are read.");
        for (int i = 0; i < records.Count; i++)
        {
            Expect.Equal(records[i], read[i].Record, $"The record '{records[i].Tag}' is what it was.");
        }
    }

    private static async Task Reading_begins_after_a_version_and_takes_several_streams(
        ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k", At(One, 0, 3), At(Two, 0, 2)), token).ConfigureAwait(false);
        StreamId none = StreamId.OfOutcome(Campaign, new("none"));
        ValueList<StoredRecord> read =
            await ReadAsync(store, token, (One, 2), (none, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(One, 3).Skip(2)], Of(One, read), "Only what comes after the version.");
        Expect.Equal([.. Stored(Two, 2)], Of(Two, read), "The other stream from its beginning.");
        Expect.Equal(3, read.Count, "Nothing else.");
        read = await ReadAsync(store, token, (One, 3)).ConfigureAwait(false);
        Expect.Equal(0, read.Count, "Nothing after the end.");
    }

    private static async Task Same_key_and_content_get_the_original_receipt(ILedgerStore store, CancellationToken token)
    {
        CommitReceipt first = await CommitAsync(store, Batch("k1", At(One, 0, 1)), token).ConfigureAwait(false);
        await CommitAsync(store, Batch("k2", At(One, 1, 1)), token).ConfigureAwait(false);
        CommitResult again = await store.CommitAsync(Batch("k1", At(One, 2, 1)), token).ConfigureAwait(false);
        Expect.Equal(first, Expect.Is<CommitResult.Replayed>(again, "The key is known.").Receipt, "As it was then.");
        Expect.Equal(2, (await ReadAsync(store, token, (One, 0)).ConfigureAwait(false)).Count, "Nothing is appended.");
    }

    private static async Task Same_key_with_other_content_is_refused_with_the_original_digest(
        ILedgerStore store, CancellationToken token)
    {
        CommitBatch first = Batch("k", At(One, 0, 1));
        await CommitAsync(store, first, token).ConfigureAwait(false);
        CommitBatch other = Batch("k", At(One, 1, 1)) with { Content = Digest.Of([2]) };
        CommitResult result = await store.CommitAsync(other, token).ConfigureAwait(false);
        CommitResult.KeyReused reused = Expect.Is<CommitResult.KeyReused>(result, "The key stands for something else.");
        Expect.Equal(first.Content, reused.Original, "The original digest is told.");
        Expect.Equal(1, (await ReadAsync(store, token, (One, 0)).ConfigureAwait(false)).Count, "Nothing is appended.");
    }

    private static async Task Keys_belong_to_a_campaign_and_differ_by_case(ILedgerStore store, CancellationToken token)
    {
        CampaignId other = new("other");
        StreamAppend elsewhere = new(new(StreamId.OfOutcome(other, new("one")), 0), [SampleRecords.Numbered(0)]);
        await CommitAsync(store, Batch("key", At(One, 0, 1)), token).ConfigureAwait(false);
        await CommitAsync(store, Batch("Key", At(One, 1, 1)), token).ConfigureAwait(false);
        await CommitAsync(store, Batch("key", elsewhere) with { Unit = other }, token).ConfigureAwait(false);
        Expect.Equal(2, (await ReadAsync(store, token, (One, 0)).ConfigureAwait(false)).Count, "Each of them is done.");
    }

    private static async Task Stale_version_is_a_conflict_that_leaves_the_key_free(
        ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k1", At(One, 0, 2)), token).ConfigureAwait(false);
        foreach (long wrong in (long[])[0, 1, 3])
        {
            CommitResult result = await store.CommitAsync(Batch("k2", At(One, wrong, 1)), token).ConfigureAwait(false);
            var conflict = Expect.Is<CommitResult.VersionConflict>(result, $"The version is not {wrong}.");
            Expect.Equal(Positions((One, 2)), conflict.Current, "The version now is told.");
        }

        await CommitAsync(store, Batch("k2", At(One, 2, 1)), token).ConfigureAwait(false);
    }

    private static async Task Conflict_in_one_stream_leaves_all_streams_as_they_were(
        ILedgerStore store, CancellationToken token)
    {
        await CommitAsync(store, Batch("k1", At(Two, 0, 1)), token).ConfigureAwait(false);
        CommitBatch half = Batch("k2", At(One, 0, 1), At(Two, 0, 1));
        CommitResult result = await store.CommitAsync(half, token).ConfigureAwait(false);
        var conflict = Expect.Is<CommitResult.VersionConflict>(result, "One stream has moved on.");
        Expect.Equal(Positions((Two, 1)), conflict.Current, "Only the stream that differs is told.");
        ValueList<StoredRecord> read = await ReadAsync(store, token, (One, 0), (Two, 0)).ConfigureAwait(false);
        Expect.Equal([.. Stored(Two, 1)], read, "All or nothing.");
    }

    private static async Task Stream_without_records_is_only_checked(ILedgerStore store, CancellationToken token)
    {
        CommitBatch first = Batch("k1", At(One, 0, 1), At(Two, 0, 0));
        CommitReceipt receipt = await CommitAsync(store, first, token).ConfigureAwait(false);
        Expect.Equal(Positions((One, 1)), After(receipt), "Only what grew is in the receipt.");
        CommitBatch stale = Batch("k2", At(One, 0, 0), At(Two, 0, 1));
        CommitResult result = await store.CommitAsync(stale, token).ConfigureAwait(false);
        Expect.Is<CommitResult.VersionConflict>(result, "A decision on an old version is refused.");
        Expect.Equal(0, (await ReadAsync(store, token, (Two, 0)).ConfigureAwait(false)).Count, "Nothing is appended.");
    }

    private static async Task Streams_differ_by_every_character(ILedgerStore store, CancellationToken token)
    {
        StreamId[] streams =
            [.. Alike.Select(static id => StreamId.OfOutcome(Campaign, new(id)))];
        for (int i = 0; i < streams.Length; i++)
        {
            StreamAppend append = new(new(streams[i], 0), [SampleRecords.Numbered(i)]);
            await CommitAsync(store, Batch(streams[i].ToString(), append), token).ConfigureAwait(false);
        }

        for (int i = 0; i < streams.Length; i++)
        {
            ValueList<StoredRecord> read = await ReadAsync(store, token, (streams[i], 0)).ConfigureAwait(false);
            StoredRecord only = new(streams[i], 1, SampleRecords.Numbered(i));
            Expect.Equal([only], read, $"'{streams[i]}' is a stream of its own.");
        }
    }

    private static async Task Longest_names_fit(ILedgerStore store, CancellationToken token)
    {
        CampaignId campaign = new(new string('/', Identifier.LengthMax));
        StreamId stream = StreamId.OfOrder(campaign, new(new string('%', Identifier.ForeignLengthMax)));
        StreamAppend append = new(new(stream, 0), [SampleRecords.Numbered(0)]);
        CommitBatch batch = Batch(new string('k', StreamId.LengthMax), append) with { Unit = campaign };
        CommitReceipt receipt = await CommitAsync(store, batch, token).ConfigureAwait(false);
        CommitResult again = await store.CommitAsync(batch, token).ConfigureAwait(false);
        Expect.Equal(receipt, Expect.Is<CommitResult.Replayed>(again, "The key is known.").Receipt, "As it was then.");
    }

    private static async Task Of_many_commits_on_one_version_exactly_one_succeeds(
        ILedgerStore store, CancellationToken token)
    {
        CommitResult[] results = await RaceAsync(store, static i => Batch($"k{i}", At(One, 0, 1), At(Two, 0, 0)), token)
            .ConfigureAwait(false);
        Expect.Equal(1, results.OfType<CommitResult.Committed>().Count(), "One is first.");
        Expect.Equal(RacerCount - 1, results.OfType<CommitResult.VersionConflict>().Count(), "The others conflict.");
        Expect.Equal(1, (await ReadAsync(store, token, (One, 0)).ConfigureAwait(false)).Count, "One record is stored.");
    }

    private static async Task Of_many_commits_with_one_key_exactly_one_is_done(
        ILedgerStore store, CancellationToken token)
    {
        CommitResult[] results =
            await RaceAsync(store, static _ => Batch("k", At(One, 0, 1)), token).ConfigureAwait(false);
        CommitReceipt[] receipts = [.. results.OfType<CommitResult.Committed>().Select(static r => r.Receipt)];
        Expect.Equal(1, receipts.Length, "One is done.");
        int same = results.OfType<CommitResult.Replayed>().Count(r => r.Receipt == receipts[0]);
        Expect.Equal(RacerCount - 1, same, "The others get its receipt.");
    }

    private static Task<CommitResult[]> RaceAsync(
        ILedgerStore store, Func<int, CommitBatch> batch, CancellationToken token) =>
        Task.WhenAll(Enumerable.Range(0, RacerCount).Select(i =>
            Task.Run(async () => await store.CommitAsync(batch(i), token).ConfigureAwait(false), token)));

    private static CommitBatch Batch(string key, params ReadOnlySpan<StreamAppend> appends) => new()
    {
        Unit = Campaign,
        Key = key,
        Content = Digest.Of([1]),
        Appends = ValueList.Create(appends),
    };

    private static StreamAppend At(StreamId stream, long version, int count) => new(
        new(stream, version),
        [.. Enumerable.Range((int)version, count).Select(SampleRecords.Numbered)]);

    private static ValueList<StreamPosition> After(CommitReceipt receipt) =>
        [.. receipt.Grown.Select(static g => new StreamPosition(g.Stream, g.Version))];

    private static ValueList<StreamPosition> Positions(params (StreamId Stream, long Version)[] positions) =>
        [.. positions.Select(static p => new StreamPosition(p.Stream, p.Version))];

    private static IEnumerable<StoredRecord> Stored(StreamId stream, int count) =>
        Enumerable.Range(0, count).Select(i => new StoredRecord(stream, i + 1, SampleRecords.Numbered(i)));

    private static ValueList<StoredRecord> Of(StreamId stream, ValueList<StoredRecord> records) =>
        [.. records.Where(r => r.Stream == stream)];

    private static async Task<CommitReceipt> CommitAsync(ILedgerStore store, CommitBatch batch, CancellationToken token)
    {
        CommitResult result = await store.CommitAsync(batch, token).ConfigureAwait(false);
        return Expect.Is<CommitResult.Committed>(result, $"'{batch.Key}' is committed.").Receipt;
    }

    private static async Task<ValueList<StoredRecord>> ReadAsync(
        ILedgerStore store, CancellationToken token, params (StreamId Stream, long Version)[] after)
    {
        List<StoredRecord> records = [];
        await foreach (StoredRecord record in store.ReadAsync(Positions(after), token).ConfigureAwait(false))
        {
            records.Add(record);
        }

        return [.. records];
    }
}
