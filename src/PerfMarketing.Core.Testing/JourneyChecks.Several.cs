using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <content>What holds for several with one call, and after the process went down.</content>
public static partial class JourneyChecks
{
    /// <summary>
    /// What touchpoints and marks must survive: the store is left right after it answered, as in a crash, and opened
    /// again over its data.
    /// </summary>
    public static PortChecks<ReopenedPort<IJourneyStore>> Reopened { get; } = new(
        Touchpoint_is_known_after_a_restart,
        Mark_stands_after_a_restart);

    private static async Task Several_marks_come_to_what_one_after_the_other_would(
        IJourneyStore store, CancellationToken token)
    {
        await MarkAsync(store, One, "a", 9, 9, token).ConfigureAwait(false);
        ValueList<OutcomeMark> marks =
            [Mark(One, "a", 1), Mark(One, "b", 6), Mark(Two, "c", 5), Mark(One, "b", 2), Mark(Two, "d", 4)];
        await store.MarkAllAsync(marks, token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(One), Noon - Duration.FromHours(6), token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(Two), Noon - Duration.FromHours(4), token).ConfigureAwait(false);
        JourneyQuery before = Ask(One) with { At = Noon - Duration.FromHours(7) };
        await PreviousIsAsync(store, before, Noon - Duration.FromHours(9), token).ConfigureAwait(false);
        await store.MarkAllAsync(marks, token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(One), Noon - Duration.FromHours(6), token).ConfigureAwait(false);
    }

    private static async Task Several_marks_may_be_none_or_many(IJourneyStore store, CancellationToken token)
    {
        const int Count = 1_001;
        await store.MarkAllAsync([], token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(One), null, token).ConfigureAwait(false);
        ValueList<OutcomeMark> marks =
            [.. Enumerable.Range(0, Count).Select(static i => Mark(new($"c{i}"), $"o{i}", 1 + (i % 20)))];
        await store.MarkAllAsync(marks, token).ConfigureAwait(false);
        for (int i = 0; i < Count; i += 100)
        {
            await PreviousIsAsync(
                store, Ask(new CustomerId($"c{i}")), Noon - Duration.FromHours(1 + (i % 20)), token)
                .ConfigureAwait(false);
        }
    }

    private static async Task Several_journeys_are_read_as_one_after_the_other_would_be(
        IJourneyStore store, CancellationToken token)
    {
        Touchpoint[] touches =
        [
            Touch("t1", 20), Touch("t2", 10), Touch("t3", 1), Touch("t4", 15) with { Customer = Two },
            Touch("t5", 2_000) with { Customer = new("c-3") },
        ];
        await store.RecordAsync([.. touches], token).ConfigureAwait(false);
        await store.MarkAllAsync([Mark(One, "a", 12), Mark(One, "b", 3), Mark(Two, "c", 8)], token)
            .ConfigureAwait(false);
        JourneyQuery earlier = Ask(One) with { At = Noon - Duration.FromHours(5) };
        JourneyQuery late = Ask(One) with { From = Noon - Duration.FromHours(2) };
        ValueList<JourneyQuery> queries =
        [
            Ask(Two), Ask(One), earlier, Ask(One, Two), late, Ask(), Ask(One),
            earlier with { KnownAt = Noon - Duration.FromHours(20) },
            Ask() with { Reference = touches[4].Id }, Ask(Two) with { Reference = touches[0].Id },
        ];
        ValueList<StoredJourney> read = await store.ReadAllAsync(queries, token).ConfigureAwait(false);
        Expect.Equal(queries.Count, read.Count, "One journey for each query, also for one that is asked again.");
        for (int i = 0; i < queries.Count; i++)
        {
            StoredJourney one = await store.ReadAsync(queries[i], token).ConfigureAwait(false);
            Expect.Equal(Wanted(queries[i], one), Wanted(queries[i], read[i]), $"The touches of query {i}.");
            Expect.Equal(one.Previous, read[i].Previous, $"The outcome before that of query {i}.");
        }

        Expect.Equal([touches[0], touches[1], touches[2]], Wanted(queries[1], read[1]), "In the order of the queries.");
        Expect.Equal([touches[3]], Wanted(queries[0], read[0]), "Each with its own touches.");
    }

    private static async Task Several_journeys_may_be_none_or_many(IJourneyStore store, CancellationToken token)
    {
        const int Count = 1_001;
        Expect.Equal([], await store.ReadAllAsync([], token).ConfigureAwait(false), "No query, no journey.");
        Touchpoint[] touches =
            [.. Enumerable.Range(0, Count).Select(static i => Touch($"t{i}", 1) with { Customer = new($"c{i}") })];
        await store.RecordAsync([.. touches], token).ConfigureAwait(false);
        ValueList<JourneyQuery> queries = [.. touches.Reverse().Select(static t => Ask(t.Customer))];
        ValueList<StoredJourney> read = await store.ReadAllAsync(queries, token).ConfigureAwait(false);
        Expect.Equal(Count, read.Count, "One journey for each query.");
        for (int i = 0; i < Count; i++)
        {
            Expect.Equal([touches[^(i + 1)]], Wanted(queries[i], read[i]), "In the order of the queries.");
        }
    }

    private static async Task Touchpoint_is_known_after_a_restart(
        ReopenedPort<IJourneyStore> port, CancellationToken token)
    {
        IJourneyStore store = port.Open();
        Touchpoint first = Touch("t1", 2);
        Touchpoint other = first with { Partner = new("p-mail") };
        await RecordAsync(store, [first], [TouchAnswer.Recorded], token).ConfigureAwait(false);
        store = await port.ReopenAsync(store).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), [first], token).ConfigureAwait(false);
        Touchpoint second = Touch("t2", 1);
        TouchAnswer[] answers = [TouchAnswer.Known, TouchAnswer.Conflict, TouchAnswer.Recorded];
        await RecordAsync(store, [first, other, second], [.. answers], token).ConfigureAwait(false);
        store = await port.ReopenAsync(store).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), [first, second], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask() with { Reference = first.Id }, [first], token).ConfigureAwait(false);
    }

    private static async Task Mark_stands_after_a_restart(ReopenedPort<IJourneyStore> port, CancellationToken token)
    {
        IJourneyStore store = port.Open();
        await MarkAsync(store, One, "a", 5, 5, token).ConfigureAwait(false);
        await store.MarkAllAsync([Mark(Two, "b", 4)], token).ConfigureAwait(false);
        store = await port.ReopenAsync(store).ConfigureAwait(false);
        await store.MarkAllAsync([Mark(One, "a", 1), Mark(Two, "b", 1)], token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(One), Noon - Duration.FromHours(5), token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(Two), Noon - Duration.FromHours(4), token).ConfigureAwait(false);
    }

    private static OutcomeMark Mark(CustomerId customer, string outcome, int hours) =>
        new(customer, new(outcome), Noon - Duration.FromHours(hours), Noon - Duration.FromHours(hours));
}
