using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Attribution;

/// <summary>One touch of a journey, with only what decides on credit.</summary>
/// <remarks>
/// Rows of a columnar log may lack an id; touches without an id are never duplicates of each other, and at one instant
/// and sequence they stand in input order.
/// </remarks>
public readonly record struct JourneyTouch
{
    private readonly FactSet? facts;

    /// <summary>The touchpoint's id, under which it counts once; <c>default</c> when the log has no ids.</summary>
    public TouchpointId Id { get; init; }

    /// <summary>When the touch happened.</summary>
    public required Instant At { get; init; }

    /// <summary>When the touch became known.</summary>
    public Instant RecordedAt { get; init; }

    /// <summary>The order among touches of one instant, such as the row in a log; 0 when there is none.</summary>
    public long Sequence { get; init; }

    /// <summary>Who brought the touch; <c>default</c> when nobody earns by it, such as a direct visit.</summary>
    public PartnerId Partner { get; init; }

    /// <summary>What kind of touch it was.</summary>
    public TouchpointKind Kind { get; init; }

    /// <summary>Through which channel it came; <c>default</c> when that is not known.</summary>
    public ChannelId Channel { get; init; }

    /// <summary>What else is known of the touch, such as country and method; none by default.</summary>
    public FactSet Facts
    {
        get => facts ?? FactSet.Empty;
        init => facts = value is { Count: > 0 } ? value : null;
    }

    /// <summary>Whether the touch is a test; it counts only for a test outcome.</summary>
    public bool IsTest { get; init; }

    /// <summary>Set when this stands for a claim to the outcome and not for a touch.</summary>
    public ClaimBasis? Claim { get; init; }

    /// <summary>The part of a touchpoint that decides on credit; no sequence counts as 0.</summary>
    /// <param name="touchpoint">The touchpoint.</param>
    public static JourneyTouch Of(Touchpoint touchpoint)
    {
        ArgumentNullException.ThrowIfNull(touchpoint);
        return new()
        {
            Id = touchpoint.Id,
            At = touchpoint.At,
            RecordedAt = touchpoint.RecordedAt,
            Sequence = touchpoint.Sequence ?? 0,
            Partner = touchpoint.Partner,
            Kind = touchpoint.Kind,
            Channel = touchpoint.Channel.GetValueOrDefault(),
            Facts = touchpoint.Facts,
            IsTest = touchpoint.IsTest,
        };
    }
}
