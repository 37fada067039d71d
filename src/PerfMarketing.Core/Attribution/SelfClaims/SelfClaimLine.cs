using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.SelfClaims;

/// <summary>One network's claims beside what we give it. Outcomes, each counted once.</summary>
/// <param name="Partner">The network.</param>
/// <param name="Claimed">What it claims.</param>
/// <param name="Agreed">Of these: what we give it whole.</param>
/// <param name="Shared">Of these: what we give it in part.</param>
/// <param name="Lost">Of these: where it touched, and others or nobody have the credit.</param>
/// <param name="Untouched">Of these: where we know of no touch, or not even of the outcome.</param>
/// <param name="Unclaimed">What we give it, whole or in part, and it does not claim.</param>
public sealed record SelfClaimLine(
    PartnerId Partner, int Claimed, int Agreed, int Shared, int Lost, int Untouched, int Unclaimed);
