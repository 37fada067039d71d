using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <summary>When time alone decides an outcome, and who comes first of those that are due at one instant.</summary>
/// <remarks>
/// The order of whoever asks an index of what is due, page by page: what came in for closed periods as it came in, what
/// waits for a rate since it waits, and then by the ids. It does not tell how often an outcome was decided meanwhile,
/// nor who let whom go on.
/// </remarks>
/// <param name="At">When it is due.</param>
/// <param name="Since">Since when it waits, where that counts; else the same.</param>
/// <param name="Outcome">The outcome; unset where it counts what came in first.</param>
/// <param name="Order">The number of the deadline; <see cref="Turn"/> for whom a decision let go on.</param>
internal readonly record struct Deadline(Instant At, Instant Since, OutcomeId Outcome, long Order)
    : IComparable<Deadline>
{
    /// <summary>The number of whoever was let go on: each is so once, by however many decisions.</summary>
    public const long Turn = -1;

    /// <summary>By time, then by who comes first.</summary>
    /// <param name="other">The other one.</param>
    public int CompareTo(Deadline other) => At != other.At ? At.CompareTo(other.At)
        : Since != other.Since ? Since.CompareTo(other.Since)
        : Outcome != other.Outcome ? Outcome.CompareTo(other.Outcome)
        : Order.CompareTo(other.Order);
}
