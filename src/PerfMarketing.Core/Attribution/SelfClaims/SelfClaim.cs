using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.SelfClaims;

/// <summary>What a network that attributes its own touches says: this outcome is mine.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Partner">Who claims it.</param>
public sealed record SelfClaim(OutcomeId Outcome, PartnerId Partner)
{
    /// <summary>When it touched the customer, as it says; null when it does not.</summary>
    public Instant? TouchAt { get; init; }

    /// <summary>What kind of touch it was, as it says; <c>default</c> when it does not.</summary>
    public TouchpointKind Kind { get; init; }
}
