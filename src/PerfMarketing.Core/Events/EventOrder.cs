using NodaTime;

namespace PerfMarketing.Events;

/// <summary>Where an event stands among all events, so that a shuffled log is decided the same way.</summary>
/// <remarks>
/// Sorts by instant, then by kind (touchpoint, outcome, evidence, correction), then by sequence, where none comes
/// before any, then by id, ordinally. Events are sorted by this key; two events with the same key are the same event.
/// </remarks>
/// <param name="At">The instant, by the clock that the batch chose.</param>
/// <param name="Rank">What the event is.</param>
/// <param name="Sequence">Its place among touchpoints of one instant, when the source numbers them.</param>
/// <param name="Id">Its id.</param>
public readonly record struct EventOrder(Instant At, EventRank Rank, long? Sequence, string Id)
    : IComparable<EventOrder>
{
    /// <summary>Orders touchpoints among themselves by occurrence: what decides ties in attribution.</summary>
    public static IComparer<Touchpoint> Touchpoints { get; } = Comparer<Touchpoint>.Create(
        static (x, y) => Of(x, EventClock.OccurredAt).CompareTo(Of(y, EventClock.OccurredAt)));

    /// <summary>Whether one event comes before another.</summary>
    public static bool operator <(EventOrder left, EventOrder right) => left.CompareTo(right) < 0;

    /// <summary>Whether one event comes before another or is the same.</summary>
    public static bool operator <=(EventOrder left, EventOrder right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one event comes after another.</summary>
    public static bool operator >(EventOrder left, EventOrder right) => left.CompareTo(right) > 0;

    /// <summary>Whether one event comes after another or is the same.</summary>
    public static bool operator >=(EventOrder left, EventOrder right) => left.CompareTo(right) >= 0;

    /// <summary>The place of a touchpoint.</summary>
    /// <param name="touchpoint">The touchpoint.</param>
    /// <param name="clock">Which instant orders.</param>
    public static EventOrder Of(Touchpoint touchpoint, EventClock clock)
    {
        ArgumentNullException.ThrowIfNull(touchpoint);
        return new(
            clock == EventClock.RecordedAt ? touchpoint.RecordedAt : touchpoint.At,
            EventRank.Touchpoint,
            touchpoint.Sequence,
            touchpoint.Id.ToString());
    }

    /// <summary>The place of an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="clock">Which instant orders.</param>
    public static EventOrder Of(Outcome outcome, EventClock clock)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Instant at = clock == EventClock.RecordedAt ? outcome.RecordedAt : outcome.At;
        return new(at, EventRank.Outcome, null, outcome.Id.ToString());
    }

    /// <summary>The place of a correction.</summary>
    /// <param name="correction">The correction.</param>
    /// <param name="clock">Which instant orders.</param>
    public static EventOrder Of(Correction correction, EventClock clock)
    {
        ArgumentNullException.ThrowIfNull(correction);
        Instant at = clock == EventClock.RecordedAt ? correction.RecordedAt : correction.At;
        return new(at, EventRank.Correction, null, correction.Id.ToString());
    }

    /// <inheritdoc/>
    public int CompareTo(EventOrder other)
    {
        int order = At.CompareTo(other.At);
        order = order != 0 ? order : Rank.CompareTo(other.Rank);
        order = order != 0 ? order : Nullable.Compare(Sequence, other.Sequence);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }
}
