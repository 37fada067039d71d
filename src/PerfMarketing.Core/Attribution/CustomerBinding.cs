using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Attribution;

/// <summary>A customer that a partner brought before, and since when it is the partner's.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Since">When it brought the customer: the instant of the outcome that bound it.</param>
public readonly record struct CustomerBinding(PartnerId Partner, Instant Since)
{
    /// <summary>The binding that an outcome makes: its one credited partner from its instant on.</summary>
    /// <param name="decision">Who got the credit.</param>
    /// <param name="at">When the outcome occurred.</param>
    /// <returns>The binding; null when nobody got credit, nobody earns by it, or several share it.</returns>
    public static CustomerBinding? Of(AttributionDecision decision, Instant at)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision.Credits.Count == 1 && !decision.Credits[0].Partner.IsUnset
            ? new(decision.Credits[0].Partner, at)
            : null;
    }
}
