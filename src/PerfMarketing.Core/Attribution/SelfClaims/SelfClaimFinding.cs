using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.SelfClaims;

/// <summary>One claim held against our attribution.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Result">How it compares.</param>
/// <param name="Share">The share that we give the partner; 0 when none.</param>
/// <param name="Reason">
/// Why its newest touch got nothing, when the claim is lost and the decision lists such touches; otherwise null.
/// </param>
public sealed record SelfClaimFinding(SelfClaim Claim, SelfClaimResult Result, Ratio Share, Reason? Reason = null);
