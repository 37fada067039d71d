using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>A result as a window of traffic remembers it.</summary>
/// <param name="Case">The result and its touch.</param>
/// <param name="Partner">Who brought it.</param>
public sealed record TrafficObservation(TrafficCase Case, PartnerId Partner) : IComparable<TrafficObservation>
{
    /// <summary>When the result occurred.</summary>
    public Instant At => Case.Outcome.At;

    /// <summary>The result's id, under which it counts once.</summary>
    public OutcomeId Id => Case.Outcome.Id;

    internal Outcome Outcome => Case.Outcome;

    /// <summary>Whether one result sorts before another.</summary>
    public static bool operator <(TrafficObservation left, TrafficObservation right) => Compare(left, right) < 0;

    /// <summary>Whether one result sorts before another or equals it.</summary>
    public static bool operator <=(TrafficObservation left, TrafficObservation right) => Compare(left, right) <= 0;

    /// <summary>Whether one result sorts after another.</summary>
    public static bool operator >(TrafficObservation left, TrafficObservation right) => Compare(left, right) > 0;

    /// <summary>Whether one result sorts after another or equals it.</summary>
    public static bool operator >=(TrafficObservation left, TrafficObservation right) => Compare(left, right) >= 0;

    /// <summary>By time, then by id.</summary>
    /// <param name="other">The other result.</param>
    public int CompareTo(TrafficObservation? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = At.CompareTo(other.At);
        return order != 0 ? order : string.CompareOrdinal(Id.ToString(), other.Id.ToString());
    }

    private static int Compare(TrafficObservation left, TrafficObservation right) =>
        left is null ? (right is null ? 0 : -1) : left.CompareTo(right);
}
