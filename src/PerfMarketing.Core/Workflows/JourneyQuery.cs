using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Asks for the journey that led to one outcome.</summary>
public sealed record JourneyQuery
{
    /// <summary>The outcome.</summary>
    public required OutcomeId Outcome { get; init; }

    /// <summary>When the outcome happened.</summary>
    public required Instant At { get; init; }

    /// <summary>All ids of the customer; empty when the outcome names none.</summary>
    public ValueList<CustomerId> Customers { get; init; } = [];

    /// <summary>
    /// A touchpoint that the outcome names; it is part of the journey whoever was touched and whenever it was.
    /// </summary>
    public TouchpointId? Reference { get; init; }

    /// <summary>
    /// The customers' touchpoints from this instant up to and including <see cref="At"/> are asked for; others may be
    /// given too.
    /// </summary>
    public required Instant From { get; init; }

    /// <summary>
    /// What was recorded after this instant is not known yet: marks of it are left out, touchpoints may be given.
    /// </summary>
    public required Instant KnownAt { get; init; }
}
