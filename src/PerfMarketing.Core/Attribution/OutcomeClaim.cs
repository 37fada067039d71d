using PerfMarketing.Identity;

namespace PerfMarketing.Attribution;

/// <summary>A partner to whom an outcome belongs without a touch, by its coupon, territory or customer.</summary>
/// <remarks>
/// Whoever states a claim vouches for it: it is not asked for its eligibility. A rule takes it into account when its
/// <see cref="AttributionRule.Claims"/> name the basis, as a touch at the conversion, after all others.
/// </remarks>
/// <param name="Basis">Why the outcome belongs to the partner.</param>
/// <param name="Partner">The partner.</param>
public readonly record struct OutcomeClaim(ClaimBasis Basis, PartnerId Partner);
