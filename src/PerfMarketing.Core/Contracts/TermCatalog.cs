using PerfMarketing.Attribution;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Proofs;

namespace PerfMarketing.Contracts;

/// <summary>
/// Every named kind of term that contracts and campaigns may use: this library's and an integrator's.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. What is not in the catalog is refused by name when it is read and when it is validated.
/// </remarks>
/// <param name="Models">The payout models.</param>
/// <param name="Proofs">The proof policies.</param>
/// <param name="Rules">The attribution rules.</param>
public sealed record TermCatalog(PayoutModelCatalog Models, ProofPolicyCatalog Proofs, AttributionRuleCatalog Rules)
{
    /// <summary>The payouts over a period.</summary>
    public PeriodPayoutCatalog Periods { get; init; } = PeriodPayoutCatalog.Default;

    /// <summary>What this library brings.</summary>
    public static TermCatalog Default { get; } =
        new(PayoutModelCatalog.Default, ProofPolicyCatalog.Default, AttributionRuleCatalog.Default);
}
