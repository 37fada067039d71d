using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>The promises of <see cref="IJourneyStore"/>, as checks that a host runs against its own store.</summary>
public static partial class JourneyChecks
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 3, 12, 0);
    private static readonly CustomerId One = new("c-1");
    private static readonly CustomerId Two = new("c-2");

    /// <summary>All checks of a store that stays open.</summary>
    public static PortChecks<IJourneyStore> All { get; } = new(
        Touchpoint_counts_once_and_its_first_content_stands,
        When_a_touchpoint_was_recorded_is_no_part_of_its_content,
        Batch_is_answered_in_its_order_and_may_be_empty,
        Touchpoint_is_read_back_as_it_was,
        Both_ends_of_the_interval_belong_to_it,
        Journeys_of_one_person_are_read_together,
        Named_touchpoint_is_part_of_the_journey_once,
        Previous_outcome_is_the_last_before_this_one,
        Previous_outcome_was_known_by_then,
        First_mark_of_an_outcome_stands,
        Of_many_that_record_a_touchpoint_exactly_one_is_first,
        Of_many_contents_of_a_touchpoint_one_stands,
        What_many_record_is_all_kept,
        Batch_that_broke_off_is_sent_again,
        Long_batch_is_answered_touchpoint_by_touchpoint,
        Touchpoints_differ_by_every_character,
        Customers_differ_by_every_character,
        Many_ids_of_one_person_are_read_together,
        Customers_may_stand_twice_in_a_query,
        Touchpoint_is_read_as_soon_as_it_is_recorded,
        Interval_of_one_instant_is_read,
        Instants_keep_their_nanoseconds,
        Reading_changes_nothing,
        Outcome_of_nobody_has_no_previous_one,
        Mark_is_read_as_soon_as_it_is_made,
        Of_many_marks_of_an_outcome_one_stands,
        Several_marks_come_to_what_one_after_the_other_would,
        Several_marks_may_be_none_or_many,
        Several_journeys_are_read_as_one_after_the_other_would_be,
        Several_journeys_may_be_none_or_many);

    private static async Task Touchpoint_counts_once_and_its_first_content_stands(
        IJourneyStore store, CancellationToken token)
    {
        Touchpoint first = Touch("t1", 0);
        Touchpoint other = first with { Partner = new("p-mail") };
        await RecordAsync(store, [first], [TouchAnswer.Recorded], token).ConfigureAwait(false);
        await RecordAsync(store, [first, other], [TouchAnswer.Known, TouchAnswer.Conflict], token)
            .ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), [first], token).ConfigureAwait(false);
    }

    private static async Task When_a_touchpoint_was_recorded_is_no_part_of_its_content(
        IJourneyStore store, CancellationToken token)
    {
        Touchpoint first = Touch("t1", 0) with { RecordedAt = Noon };
        Touchpoint again = first with { RecordedAt = Noon + Duration.FromHours(1) };
        await RecordAsync(store, [first], [TouchAnswer.Recorded], token).ConfigureAwait(false);
        await RecordAsync(store, [again], [TouchAnswer.Known], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), [first], token).ConfigureAwait(false);
    }

    private static async Task Batch_is_answered_in_its_order_and_may_be_empty(
        IJourneyStore store, CancellationToken token)
    {
        await RecordAsync(store, [], [], token).ConfigureAwait(false);
        Touchpoint first = Touch("t1", 0);
        Touchpoint second = Touch("T1", 1);
        Touchpoint other = first with { Kind = TouchpointKind.View };
        await RecordAsync(
            store,
            [first, other, second, first],
            [TouchAnswer.Recorded, TouchAnswer.Conflict, TouchAnswer.Recorded, TouchAnswer.Known],
            token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), [first, second], token).ConfigureAwait(false);
    }

    private static async Task Touchpoint_is_read_back_as_it_was(IJourneyStore store, CancellationToken token)
    {
        Touchpoint touch = Touch("t 1/%", 1) with
        {
            RecordedAt = Noon + Duration.FromNanoseconds(1),
            Kind = TouchpointKind.View,
            Channel = new ChannelId("mail"),
            Sequence = long.MaxValue,
            Facts = FactSet.Empty.With(Facts.Keyword, "schöne Schuhe ✓ 😀").With(Facts.CallSeconds, 90),
            IsTest = true,
        };
        await RecordAsync(store, [touch], [TouchAnswer.Recorded], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), [touch], token).ConfigureAwait(false);
    }

    private static async Task Both_ends_of_the_interval_belong_to_it(IJourneyStore store, CancellationToken token)
    {
        Touchpoint begin = Touch("begin", 24);
        Touchpoint end = Touch("end", 0);
        await RecordAsync(store, [begin, end], [TouchAnswer.Recorded, TouchAnswer.Recorded], token)
            .ConfigureAwait(false);
        await ReadsAsync(store, Ask(One), [begin, end], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One) with { From = Instant.MinValue }, [begin, end], token).ConfigureAwait(false);
    }

    private static async Task Journeys_of_one_person_are_read_together(IJourneyStore store, CancellationToken token)
    {
        Touchpoint first = Touch("t1", 2);
        Touchpoint second = Touch("t2", 1) with { Customer = Two };
        Touchpoint strange = Touch("t3", 1) with { Customer = new("C-1") };
        TouchAnswer[] answers = [TouchAnswer.Recorded, TouchAnswer.Recorded, TouchAnswer.Recorded];
        await RecordAsync(store, [first, second, strange], [.. answers], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One, Two), [first, second], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(), [], token).ConfigureAwait(false);
    }

    private static async Task Named_touchpoint_is_part_of_the_journey_once(IJourneyStore store, CancellationToken token)
    {
        Touchpoint own = Touch("t1", 2);
        Touchpoint old = Touch("t2", 2_000) with { Customer = Two };
        await RecordAsync(store, [own, old], [TouchAnswer.Recorded, TouchAnswer.Recorded], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One) with { Reference = old.Id }, [own, old], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask(One) with { Reference = own.Id }, [own], token).ConfigureAwait(false);
        await ReadsAsync(store, Ask() with { Reference = old.Id }, [old], token).ConfigureAwait(false);
        TouchpointId unknown = new("nobody");
        await ReadsAsync(store, Ask(One) with { Reference = unknown }, [own], token).ConfigureAwait(false);
    }

    private static async Task Previous_outcome_is_the_last_before_this_one(IJourneyStore store, CancellationToken token)
    {
        await PreviousIsAsync(store, Ask(One, Two), null, token).ConfigureAwait(false);
        await MarkAsync(store, One, "old", 5, 5, token).ConfigureAwait(false);
        await MarkAsync(store, Two, "new", 3, 3, token).ConfigureAwait(false);
        await MarkAsync(store, One, "o", 0, 0, token).ConfigureAwait(false);
        await MarkAsync(store, One, "p", 0, 0, token).ConfigureAwait(false);
        await MarkAsync(store, One, "later", -1, -1, token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(One), Noon - Duration.FromHours(5), token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(One, Two), Noon - Duration.FromHours(3), token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(One) with { Outcome = new("p") }, Noon, token).ConfigureAwait(false);
    }

    private static async Task Previous_outcome_was_known_by_then(IJourneyStore store, CancellationToken token)
    {
        await MarkAsync(store, One, "a", 5, 5, token).ConfigureAwait(false);
        await MarkAsync(store, One, "b", 3, -1, token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(One), Noon - Duration.FromHours(5), token).ConfigureAwait(false);
        JourneyQuery later = Ask(One) with { KnownAt = Noon + Duration.FromHours(1) };
        await PreviousIsAsync(store, later, Noon - Duration.FromHours(3), token).ConfigureAwait(false);
    }

    private static async Task First_mark_of_an_outcome_stands(IJourneyStore store, CancellationToken token)
    {
        await MarkAsync(store, One, "a", 5, 5, token).ConfigureAwait(false);
        await MarkAsync(store, One, "a", 4, 4, token).ConfigureAwait(false);
        await MarkAsync(store, Two, "a", 4, 4, token).ConfigureAwait(false);
        await PreviousIsAsync(store, Ask(One, Two), Noon - Duration.FromHours(5), token).ConfigureAwait(false);
    }

    private static Touchpoint Touch(string id, int hoursBefore) => new()
    {
        Id = new(id),
        At = Noon - Duration.FromHours(hoursBefore),
        Customer = One,
        Partner = new("p-blog"),
    };

    private static JourneyQuery Ask(params ReadOnlySpan<CustomerId> customers) => new()
    {
        Outcome = new("o"),
        At = Noon,
        Customers = ValueList.Create(customers),
        From = Noon - Duration.FromHours(24),
        KnownAt = Noon,
    };

    private static async Task MarkAsync(
        IJourneyStore store, CustomerId customer, string outcome, int hours, int recorded, CancellationToken token)
    {
        OutcomeMark mark = new(
            customer, new(outcome), Noon - Duration.FromHours(hours), Noon - Duration.FromHours(recorded));
        await store.MarkAsync(mark, token).ConfigureAwait(false);
    }

    private static async Task RecordAsync(
        IJourneyStore store, ValueList<Touchpoint> batch, ValueList<TouchAnswer> expected, CancellationToken token)
    {
        ValueList<TouchAnswer> answers = await store.RecordAsync(batch, token).ConfigureAwait(false);
        Expect.Equal(expected, answers, "Each touchpoint is answered.");
    }

    private static async Task ReadsAsync(
        IJourneyStore store, JourneyQuery query, ValueList<Touchpoint> expected, CancellationToken token)
    {
        StoredJourney journey = await store.ReadAsync(query, token).ConfigureAwait(false);
        Expect.Equal([.. expected.OrderBy(static t => t.Id)], Wanted(query, journey), "Each touchpoint is read once.");
    }

    // A store may give touches from before the interval; whoever asked leaves them out.
    private static ValueList<Touchpoint> Wanted(JourneyQuery query, StoredJourney journey) =>
    [
        .. journey.Touches.Where(t => query.From <= t.At || t.Id == query.Reference).OrderBy(static t => t.Id),
    ];

    private static async Task PreviousIsAsync(
        IJourneyStore store, JourneyQuery query, Instant? expected, CancellationToken token)
    {
        StoredJourney journey = await store.ReadAsync(query, token).ConfigureAwait(false);
        JourneyCut? cut = expected is { } at ? new(at) : null;
        Expect.Equal(cut, journey.Previous, "The outcome before.");
    }
}
