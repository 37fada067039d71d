using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Versions;

/// <summary>What must be known of an outcome to choose the version of a contract that prices it.</summary>
public readonly record struct VersionQuestion
{
    /// <summary>The credited partner.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>When the outcome occurred.</summary>
    public required Instant OccurredAt { get; init; }

    /// <summary>When it is decided: what is accepted later does not count yet.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>The partner's first credited touch; null when there is none or nobody asks.</summary>
    public Instant? FirstTouch { get; init; }

    /// <summary>
    /// The customer's first credited touch by the partner, or first outcome that earned for it; null when there is
    /// none or nobody asks.
    /// </summary>
    public Instant? CustomerSince { get; init; }

    /// <summary>When the parent outcome occurred; null when there is none.</summary>
    public Instant? ParentAt { get; init; }

    /// <summary>The versions that a parent outcome hands down; null or empty when it hands down none.</summary>
    public ValueList<ContractVersion>? Inherited { get; init; }
}
