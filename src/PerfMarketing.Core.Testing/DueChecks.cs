using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>
/// The promises of <see cref="IDueOutcomes"/> over a ledger store, as checks that a host runs against its own.
/// </summary>
public static partial class DueChecks
{
    private const int RacerCount = 32;

    private static readonly CampaignId Campaign = new("check");
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 3, 12, 0);

    /// <summary>All checks of a store that stays open.</summary>
    public static PortChecks<DueStores> All { get; } = new(
        Nothing_is_due_at_first,
        What_a_commit_notes_is_found_at_once,
        What_is_due_later_is_not_found,
        Due_exactly_now_is_due,
        Oldest_comes_first_and_ties_by_id,
        Page_ends_at_the_count_and_the_next_goes_on,
        Time_that_is_noted_later_stands,
        What_is_no_more_due_is_not_found,
        Nothing_to_take_off_is_no_failure,
        Campaigns_are_kept_apart,
        Ids_differ_by_every_character,
        Instants_keep_their_nanoseconds,
        Commit_that_conflicts_notes_nothing,
        Commit_that_is_replayed_notes_nothing_again,
        Commit_without_records_notes_too,
        Of_many_writers_all_are_noted,
        Cancelled_search_throws_or_answers,
        Several_commits_note_what_each_of_them_does,
        Several_commits_note_nothing_from_the_first_conflict_on);

    private static async Task Nothing_is_due_at_first(DueStores stores, CancellationToken token) =>
        Expect.Equal([], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "Nothing was noted.");

    private static async Task What_a_commit_notes_is_found_at_once(DueStores stores, CancellationToken token)
    {
        for (int i = 0; i < 20; i++)
        {
            await NoteAsync(stores, $"k{i}", token, ($"o{i:00}", i)).ConfigureAwait(false);
            ValueList<DueOutcome> found = await FindAsync(stores, 1_000, token).ConfigureAwait(false);
            Expect.Equal(i + 1, found.Count, "What was committed before the call is found.");
        }
    }

    private static async Task What_is_due_later_is_not_found(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("o1", 10), ("o2", 20)).ConfigureAwait(false);
        Expect.Equal([Due("o1", 10)], await FindAsync(stores, 19, token).ConfigureAwait(false), "One is due.");
    }

    private static async Task Due_exactly_now_is_due(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("o1", 10)).ConfigureAwait(false);
        Expect.Equal([Due("o1", 10)], await FindAsync(stores, 10, token).ConfigureAwait(false), "It is due now.");
    }

    private static async Task Oldest_comes_first_and_ties_by_id(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("b", 5), ("a", 5), ("B", 5), ("c", 1), ("d", 9)).ConfigureAwait(false);
        Expect.Equal(
            [Due("c", 1), Due("B", 5), Due("a", 5), Due("b", 5), Due("d", 9)],
            await FindAsync(stores, 1_000, token).ConfigureAwait(false),
            "By time, then by id, compared ordinally.");
    }

    private static async Task Page_ends_at_the_count_and_the_next_goes_on(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("a", 5), ("b", 5), ("c", 5), ("d", 6), ("e", 7)).ConfigureAwait(false);
        ValueList<DueOutcome> first = await FindAsync(stores, 1_000, token, count: 2).ConfigureAwait(false);
        ValueList<DueOutcome> second = await FindAsync(stores, 1_000, token, Last(2, first), 2).ConfigureAwait(false);
        ValueList<DueOutcome> third = await FindAsync(stores, 1_000, token, Last(2, second), 2).ConfigureAwait(false);
        ValueList<DueOutcome> none = await FindAsync(stores, 1_000, token, Last(1, third), 2).ConfigureAwait(false);
        Expect.Equal<ValueList<DueOutcome>>(
            [Due("a", 5), Due("b", 5), Due("c", 5), Due("d", 6), Due("e", 7)],
            [.. first, .. second, .. third, .. none],
            "Pages follow each other, also within one instant.");
        ValueList<DueOutcome> all = await FindAsync(stores, 1_000, token, Due("o1", -1_000_000)).ConfigureAwait(false);
        Expect.Equal(5, all.Count, "After what is not in the list comes what is later.");
    }

    private static async Task Time_that_is_noted_later_stands(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("o1", 10)).ConfigureAwait(false);
        await NoteAsync(stores, "k2", token, ("o1", 30)).ConfigureAwait(false);
        Expect.Equal([Due("o1", 30)], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "It stands once.");
        await NoteAsync(stores, "k3", token, ("o1", 20)).ConfigureAwait(false);
        Expect.Equal([Due("o1", 20)], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "Earlier, too.");
    }

    private static async Task What_is_no_more_due_is_not_found(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("o1", 10), ("o2", 10)).ConfigureAwait(false);
        await NoteAsync(stores, "k2", token, ("o1", null)).ConfigureAwait(false);
        Expect.Equal([Due("o2", 10)], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "One is left.");
        await NoteAsync(stores, "k3", token, ("o1", 11)).ConfigureAwait(false);
        Expect.Equal(2, (await FindAsync(stores, 1_000, token).ConfigureAwait(false)).Count, "It is due again.");
    }

    private static async Task Nothing_to_take_off_is_no_failure(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("o1", null)).ConfigureAwait(false);
        Expect.Equal([], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "Nothing is due.");
    }

    private static async Task Campaigns_are_kept_apart(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("o1", 10)).ConfigureAwait(false);
        CampaignId other = new("Check");
        await CommitAsync(stores, Batch(other, "k1", [], ("o1", 20)), token).ConfigureAwait(false);
        Expect.Equal([Due("o1", 10)], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "The own one.");
        ValueList<DueOutcome> others = await stores.Due
            .FindAsync(other, Start + Duration.FromMinutes(1_000), null, 10, token).ConfigureAwait(false);
        Expect.Equal([Due("o1", 20)], others, "The other one.");
    }

    private static async Task Ids_differ_by_every_character(DueStores stores, CancellationToken token)
    {
        string[] alike = ["o-1", "O-1", "o_1", "o%1", "o/1", "o%2F1", "o 1", "o  1", "o'1", "o\\1"];
        await NoteAsync(stores, "k1", token, [.. alike.Select(static id => (id, (int?)10))]).ConfigureAwait(false);
        ValueList<DueOutcome> found = await FindAsync(stores, 1_000, token).ConfigureAwait(false);
        Expect.Equal(
            [.. alike.Order(StringComparer.Ordinal).Select(static id => Due(id, 10))], found, "All are different.");
    }

    private static async Task Instants_keep_their_nanoseconds(DueStores stores, CancellationToken token)
    {
        Instant at = Start + Duration.FromNanoseconds(1);
        CommitBatch batch = Batch(Campaign, "k1", []) with { Due = [new(new("o1"), at)] };
        await CommitAsync(stores, batch, token).ConfigureAwait(false);
        Expect.Equal(
            [], await FindAsync(stores, 0, token).ConfigureAwait(false), "It is due a nanosecond later.");
        Expect.Equal(
            [new(new("o1"), at)], await FindAsync(stores, 1, token).ConfigureAwait(false), "To the nanosecond.");
    }

    private static async Task Commit_that_conflicts_notes_nothing(DueStores stores, CancellationToken token)
    {
        await CommitAsync(stores, Batch(Campaign, "k1", [Append("o1", 0)], ("o1", 10)), token).ConfigureAwait(false);
        CommitResult stale = await stores.Ledger
            .CommitAsync(Batch(Campaign, "k2", [Append("o1", 0)], ("o1", 20), ("o2", 20)), token).ConfigureAwait(false);
        Expect.Equal(true, stale is CommitResult.VersionConflict, "The version has moved on.");
        Expect.Equal([Due("o1", 10)], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "All or nothing.");
    }

    private static async Task Commit_that_is_replayed_notes_nothing_again(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("o1", 10)).ConfigureAwait(false);
        await NoteAsync(stores, "k2", token, ("o1", null)).ConfigureAwait(false);
        CommitResult again = await stores.Ledger
            .CommitAsync(Batch(Campaign, "k1", [], ("o1", 10)), token).ConfigureAwait(false);
        Expect.Equal(true, again is CommitResult.Replayed, "It was committed before.");
        Expect.Equal([], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "What came later stands.");
    }

    private static async Task Commit_without_records_notes_too(DueStores stores, CancellationToken token)
    {
        StreamAppend look = new(new(StreamId.OfOutcome(Campaign, new("o1")), 0), []);
        await CommitAsync(stores, Batch(Campaign, "k1", [look], ("o1", 10)), token).ConfigureAwait(false);
        Expect.Equal([Due("o1", 10)], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "It is noted.");
    }

    private static async Task Of_many_writers_all_are_noted(DueStores stores, CancellationToken token)
    {
        await Task.WhenAll(Enumerable.Range(0, RacerCount).Select(i => Task.Run(
            async () => await NoteAsync(stores, $"k{i}", token, ($"o{i:00}", 10), ("shared", i)).ConfigureAwait(false),
            token))).ConfigureAwait(false);
        ValueList<DueOutcome> found = await FindAsync(stores, 1_000, token).ConfigureAwait(false);
        Expect.Equal(RacerCount + 1, found.Count, "Each stands once, and what all of them noted, too.");
    }

    private static async Task Cancelled_search_throws_or_answers(DueStores stores, CancellationToken token)
    {
        await NoteAsync(stores, "k1", token, ("o1", 10)).ConfigureAwait(false);
        using CancellationTokenSource source = new();
        await source.CancelAsync().ConfigureAwait(false);
        try
        {
            ValueList<DueOutcome> found = await FindAsync(stores, 1_000, source.Token).ConfigureAwait(false);
            Expect.Equal([Due("o1", 10)], found, "An answer is a whole one.");
        }
        catch (OperationCanceledException)
        {
            Expect.Equal(
                [Due("o1", 10)], await FindAsync(stores, 1_000, token).ConfigureAwait(false), "Nothing has changed.");
        }
    }

    private static DueOutcome Last(int count, ValueList<DueOutcome> page) =>
        Expect.Last(count, page, "A page holds what was asked for, or what is left.");

    private static DueOutcome Due(string outcome, int minutes) =>
        new(new(outcome), Start + Duration.FromMinutes(minutes));

    private static ValueTask<ValueList<DueOutcome>> FindAsync(
        DueStores stores, int minutes, CancellationToken token, DueOutcome? after = null, int count = 100) =>
        stores.Due.FindAsync(Campaign, Start + Duration.FromMinutes(minutes), after, count, token);

    private static async Task NoteAsync(
        DueStores stores, string key, CancellationToken token, params (string Outcome, int? Minutes)[] due) =>
        await CommitAsync(stores, Batch(Campaign, key, [], due), token).ConfigureAwait(false);

    private static async Task CommitAsync(DueStores stores, CommitBatch batch, CancellationToken token)
    {
        CommitResult result = await stores.Ledger.CommitAsync(batch, token).ConfigureAwait(false);
        Expect.Equal(true, result is CommitResult.Committed, $"'{batch.Key}' is committed.");
    }

    private static CommitBatch Batch(
        CampaignId campaign,
        string key,
        ValueList<StreamAppend> appends,
        params ReadOnlySpan<(string Outcome, int? Minutes)> due)
    {
        List<DueChange> changes = [];
        foreach ((string outcome, int? minutes) in due)
        {
            changes.Add(new(
                new(outcome), minutes is { } known ? Start + Duration.FromMinutes(known) : null));
        }

        return new()
        {
            Unit = campaign,
            Key = key,
            Content = new CanonicalWriter(key).ToDigest(),
            Appends = appends,
            Due = changes.ToValueList(),
        };
    }

    private static StreamAppend Append(string outcome, long version) =>
        new(new(StreamId.OfOutcome(Campaign, new(outcome)), version), [SampleRecords.Numbered(1)]);
}
