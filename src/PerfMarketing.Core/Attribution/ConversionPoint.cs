using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>The outcome as attribution sees it: a place on the customer's time line.</summary>
public readonly record struct ConversionPoint
{
    /// <summary>When the outcome occurred.</summary>
    public required Instant At { get; init; }

    /// <summary>
    /// The last instant at which a touch may have been recorded: when it was decided who gets the credit, or
    /// <c>asOf</c> while that is open. A touch recorded later is late and changes nothing.
    /// </summary>
    public required Instant KnownAt { get; init; }

    /// <summary>
    /// The outcome's order among the events of its instant, on the scale of the touches' sequence; null when there is
    /// none.
    /// </summary>
    public long? Sequence { get; init; }

    /// <summary>The touchpoint that the outcome names (the click id); null when it names none.</summary>
    public TouchpointId? Reference { get; init; }

    /// <summary>The customer's previous outcome, whatever became of it; null when there is none.</summary>
    /// <remarks>Only a rule with <see cref="AttributionRule.CutAtConversion"/> looks at it.</remarks>
    public JourneyCut? Previous { get; init; }

    /// <summary>What is known of the outcome; only rules that name facts look at it.</summary>
    public FactSet? Facts { get; init; }

    /// <summary>
    /// To whom the outcome belongs without a touch; only rules with <see cref="AttributionRule.Claims"/> look at it.
    /// </summary>
    public ValueList<OutcomeClaim>? Claims { get; init; }

    /// <summary>Whether the outcome is a test; test touches count for it too.</summary>
    public bool IsTest { get; init; }
}

/// <summary>Where a journey is cut: at an outcome of the same customer.</summary>
/// <param name="At">When that outcome occurred.</param>
/// <param name="Sequence">
/// Its order among the events of its instant, on the scale of the touches' sequence; null when there is none, and then
/// all touches of its instant belong to it.
/// </param>
public readonly record struct JourneyCut(Instant At, long? Sequence = null);
