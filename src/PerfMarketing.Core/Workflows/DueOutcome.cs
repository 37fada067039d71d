using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>An outcome that is to be decided again because time passes.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="At">From when on.</param>
public readonly record struct DueOutcome(OutcomeId Outcome, Instant At) : IComparable<DueOutcome>
{
    /// <summary>Whether one comes before another.</summary>
    public static bool operator <(DueOutcome left, DueOutcome right) => left.CompareTo(right) < 0;

    /// <summary>Whether one comes after another.</summary>
    public static bool operator >(DueOutcome left, DueOutcome right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not come after another.</summary>
    public static bool operator <=(DueOutcome left, DueOutcome right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not come before another.</summary>
    public static bool operator >=(DueOutcome left, DueOutcome right) => left.CompareTo(right) >= 0;

    /// <summary>By time, then by the outcome's id, ordinally.</summary>
    /// <param name="other">The other one.</param>
    public int CompareTo(DueOutcome other) => At != other.At ? At.CompareTo(other.At)
        : string.CompareOrdinal(Outcome.Value, other.Outcome.Value);
}
