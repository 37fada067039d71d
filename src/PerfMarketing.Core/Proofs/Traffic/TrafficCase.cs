using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>A result with the touch that brought it, as rules of invalid traffic look at it.</summary>
/// <param name="Outcome">The result.</param>
public sealed record TrafficCase(Outcome Outcome)
{
    /// <summary>When the touch happened that brought it; null when there is none.</summary>
    public Instant? TouchAt { get; init; }

    /// <summary>What is known of the touch. Nothing by default.</summary>
    public FactSet TouchFacts { get; init; } = FactSet.Empty;

    /// <summary>
    /// The classes that licensed lists gave its source, beside those that are facts. None by default.
    /// </summary>
    public ValueList<string> Classes { get; init; } = [];

    /// <summary>How long after its touch it came, negative when before; null without a touch.</summary>
    public Duration? Delay => TouchAt is { } touch ? Outcome.At - touch : null;
}
