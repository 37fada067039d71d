using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <content>What holds for many touchpoints, many threads and names that are much alike.</content>
public static partial class JourneyChecks
{
    private const int RacerCount = 32;

    private static readonly string[] Alike =
        ["c", "C", "c_", "c%", "c/", "c%2F", "c 1", "c  1", "c'", "c\"", "c\\", "c*"];

    private static async Task Of_many_that_record_a_touchpoint_exactly_one_is_first(
        IJourneyStore store, CancellationToken token)
    {
        Touchpoint touch = Touch("t1", 1);
        TouchAnswer[] answers = await RaceAsync(store, _ => touch, token).ConfigureAwait(false);
        Expect.Equal(1, answers.Count(static a => a == TouchAnswer.Recorded), "One is first.");
        Expect.Equal(RacerCount - 1, answers.Count(static a => a == TouchAnswer.Known), "The others know it.");
        await ReadsAsync(store, Ask(One), [touch], token).ConfigureAwait(false);
    }

    private static async Task Of_many_contents_of_a_touchpoint_one_stands(IJourneyStore store, CancellationToken token)
    {
        Touchpoint[] contents =
            [.. Enumerable.Range(0, RacerCount).Select(static i => Touch("t1", 1) with { Partner = new($"p{i}") })];
        TouchAnswer[] answers = await RaceAsync(store, i => contents[i], token).ConfigureAwait(false);
        Expect.Equal(1, answers.Count(static a => a == TouchAnswer.Recorded), "One is first.");
        Expect.Equal(RacerCount - 1, answers.Count(static a => a == TouchAnswer.Conflict), "The others are told.");
        Touchpoint first = contents[Array.IndexOf(answers, TouchAnswer.Recorded)];
        await ReadsAsync(store, Ask(One), [first], token).ConfigureAwait(false);
    }

    private static async Task What_many_record_is_all_kept(IJourneyStore store, CancellationToken token)
    {
        Touchpoint[] touches = [.. Enumerable.Range(0, RacerCount).Select(static i => Touch($"t{i}", 1))];
        TouchAnswer[] answers = await RaceAsync(store, i => touches[i], token).ConfigureAwait(false);
        Expect.Equal(RacerCount, answers.Count(static a => a == TouchAnswer.Recorded), "Each is new.");
        await ReadsAsync(store, Ask(One), [.. touches], token).ConfigureAwait(false);
    }

    private static async Task Batch_that_broke_off_is_sent_again(IJourneyStore store, CancellationToken token)
    {
        ValueList<Touchpoint> batch = [Touch("t1", 3), Touch("t2", 2), Touch("t3", 1)];
        await store.RecordAsync([batch[0], batch[2]], token).ConfigureAwait(false);
        await RecordAsync(store, batch, [TouchAnswer.Known, TouchAnswer.Recorded, TouchAnswer.Known], token)
            .ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), batch, token).ConfigureAwait(false);
    }

    private static async Task Long_batch_is_answered_touchpoint_by_touchpoint(
        IJourneyStore store, CancellationToken token)
    {
        ValueList<Touchpoint> batch = [.. Enumerable.Range(0, 1_000).Select(static i => Touch($"t{i}", i % 24))];
        await RecordAsync(store, batch, [.. batch.Select(static _ => TouchAnswer.Recorded)], token)
            .ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), batch, token).ConfigureAwait(false);
    }

    private static async Task Touchpoints_differ_by_every_character(IJourneyStore store, CancellationToken token)
    {
        ValueList<Touchpoint> batch = [.. Alike.Select(static id => Touch(id, 1))];
        await RecordAsync(store, batch, [.. batch.Select(static _ => TouchAnswer.Recorded)], token)
            .ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), batch, token).ConfigureAwait(false);
    }

    private static async Task Customers_differ_by_every_character(IJourneyStore store, CancellationToken token)
    {
        ValueList<Touchpoint> batch =
            [.. Alike.Select(static (id, i) => Touch($"t{i}", 1) with { Customer = new(id) })];
        await store.RecordAsync(batch, token).ConfigureAwait(false);
        foreach (Touchpoint touch in batch.ToArray())
        {
            await ReadsAsync(store, Ask(touch.Customer), [touch], token).ConfigureAwait(false);
        }
    }

    private static async Task Many_ids_of_one_person_are_read_together(IJourneyStore store, CancellationToken token)
    {
        ValueList<Touchpoint> batch =
        [
            .. Enumerable.Range(0, 50).Select(static i => Touch($"t{i}", 1) with { Customer = new($"c{i}") }),
        ];
        await store.RecordAsync(batch, token).ConfigureAwait(false);
        CustomerId[] all = [.. batch.Select(static t => t.Customer)];
        await ReadsAsync(store, Ask(all), batch, token).ConfigureAwait(false);
    }

    private static async Task Customers_may_stand_twice_in_a_query(IJourneyStore store, CancellationToken token)
    {
        Touchpoint touch = Touch("t1", 1);
        await store.RecordAsync([touch], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One, One), [touch], token).ConfigureAwait(false);
    }

    private static async Task Touchpoint_is_read_as_soon_as_it_is_recorded(IJourneyStore store, CancellationToken token)
    {
        List<Touchpoint> recorded = [];
        for (int i = 0; i < 10; i++)
        {
            recorded.Add(Touch($"t{i}", 1));
            await store.RecordAsync([recorded[i]], token).ConfigureAwait(false);
            await ReadsAsync(store, Ask(One), [.. recorded], token).ConfigureAwait(false);
        }
    }

    private static async Task Interval_of_one_instant_is_read(IJourneyStore store, CancellationToken token)
    {
        Touchpoint touch = Touch("t1", 0);
        await store.RecordAsync([touch], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One) with { From = Noon }, [touch], token).ConfigureAwait(false);
    }

    private static async Task Instants_keep_their_nanoseconds(IJourneyStore store, CancellationToken token)
    {
        ValueList<Touchpoint> batch =
        [
            .. Enumerable.Range(0, 10).Select(static i =>
                Touch($"t{i}", 1) with { At = Noon - Duration.FromNanoseconds(i) }),
        ];
        await store.RecordAsync(batch, token).ConfigureAwait(false);
        JourneyQuery query = Ask(One) with { From = Noon - Duration.FromNanoseconds(3) };
        await ReadsAsync(store, query, [.. batch.Take(4)], token).ConfigureAwait(false);
    }

    private static async Task Reading_changes_nothing(IJourneyStore store, CancellationToken token)
    {
        Touchpoint touch = Touch("t1", 1);
        await store.RecordAsync([touch], token).ConfigureAwait(false);
        await MarkAsync(store, One, "a", 5, 5, token).ConfigureAwait(false);
        for (int i = 0; i < 2; i++)
        {
            await ReadsAsync(store, Ask(One), [touch], token).ConfigureAwait(false);
            await PreviousIsAsync(store, Ask(One), Noon - Duration.FromHours(5), token).ConfigureAwait(false);
        }
    }

    private static async Task Outcome_of_nobody_has_no_previous_one(IJourneyStore store, CancellationToken token)
    {
        await MarkAsync(store, One, "a", 5, 5, token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(), null, token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(Two), null, token).ConfigureAwait(false);
    }

    private static async Task Mark_is_read_as_soon_as_it_is_made(IJourneyStore store, CancellationToken token)
    {
        for (int hours = 10; hours > 0; hours--)
        {
            await MarkAsync(store, One, $"o{hours}", hours, hours, token).ConfigureAwait(false);
            await PreviousIsAsync(store, Ask(One), Noon - Duration.FromHours(hours), token).ConfigureAwait(false);
        }
    }

    private static async Task Of_many_marks_of_an_outcome_one_stands(IJourneyStore store, CancellationToken token)
    {
        await Task.WhenAll(Enumerable.Range(1, RacerCount).Select(i => Task.Run(
            () => MarkAsync(store, One, "a", i, i, token), token))).ConfigureAwait(false);
        StoredJourney first = await store.ReadAsync(Ask(One), token).ConfigureAwait(false);
        StoredJourney again = await store.ReadAsync(Ask(One), token).ConfigureAwait(false);
        Expect.Equal(true, first.Previous is not null, "One of them.");
        Expect.Equal(first.Previous, again.Previous, "The same for ever.");
    }

    private static async Task<TouchAnswer[]> RaceAsync(
        IJourneyStore store, Func<int, Touchpoint> touch, CancellationToken token) =>
        await Task.WhenAll(Enumerable.Range(0, RacerCount).Select(i => Task.Run(
            async () => (await store.RecordAsync([touch(i)], token).ConfigureAwait(false))[0], token)))
            .ConfigureAwait(false);
}
