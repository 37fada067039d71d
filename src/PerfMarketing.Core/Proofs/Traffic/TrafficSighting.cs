using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>A result as others are compared with it: no more of it than rules look at.</summary>
/// <param name="Outcome">The result, which is seen once in a room.</param>
/// <param name="At">When it occurred.</param>
public readonly record struct TrafficSighting(OutcomeId Outcome, Instant At) : ITerms, IComparable<TrafficSighting>
{
    /// <summary>When the touch happened that brought it; null when there is none.</summary>
    public Instant? TouchAt { get; init; }

    /// <summary>How many it stands for; 1 by default.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>How long after its touch it came, negative when before; null without a touch.</summary>
    public Duration? Delay => TouchAt is { } touch ? At - touch : null;

    /// <summary>Whether one result sorts before another.</summary>
    public static bool operator <(TrafficSighting left, TrafficSighting right) => left.CompareTo(right) < 0;

    /// <summary>Whether one result sorts before another or equals it.</summary>
    public static bool operator <=(TrafficSighting left, TrafficSighting right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one result sorts after another.</summary>
    public static bool operator >(TrafficSighting left, TrafficSighting right) => left.CompareTo(right) > 0;

    /// <summary>Whether one result sorts after another or equals it.</summary>
    public static bool operator >=(TrafficSighting left, TrafficSighting right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a sighting.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficSighting Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        decimal quantity = terms.Number("quantity", 1);
        if (quantity is <= 0 or > Events.Outcome.QuantityMax)
        {
            terms.Fail("quantity", Events.EventCodes.Quantity, "A quantity is above zero and at most 10^9.");
            quantity = 1;
        }

        return new(terms.Value<OutcomeId>("outcome"), terms.Instant("at"))
        {
            TouchAt = terms.OptionalInstant("touchAt"),
            Quantity = quantity,
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("outcome", Outcome);
        terms.Instant("at", At);
        terms.Instant("touchAt", TouchAt);
        terms.Number("quantity", Quantity == 1 ? null : Quantity);
    }

    /// <summary>By time, then by id.</summary>
    /// <param name="other">The other result.</param>
    public int CompareTo(TrafficSighting other)
    {
        int order = At.CompareTo(other.At);
        return order != 0 ? order : Outcome.CompareTo(other.Outcome);
    }
}
