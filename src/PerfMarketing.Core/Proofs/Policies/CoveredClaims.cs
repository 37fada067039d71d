namespace PerfMarketing.Proofs.Policies;

/// <summary>Which claims the evidence that proves an outcome must cover.</summary>
public enum CoveredClaims
{
    /// <summary>Those that the policy names. The default.</summary>
    AsNamed,

    /// <summary>Those too that the clause pays or decides by: amount, currency, quantity, facts …</summary>
    Required,
}
