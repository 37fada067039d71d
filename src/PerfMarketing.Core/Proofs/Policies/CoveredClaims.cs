namespace PerfMarketing.Proofs.Policies;

/// <summary>Which claims the evidence that proves an outcome must cover.</summary>
/// <remarks>Said once, by the outermost policy, for the proof as a whole.</remarks>
public enum CoveredClaims
{
    /// <summary>
    /// Those that the policy names, and all that the clause pays or decides by: amount, currency, quantity, facts … The
    /// default: what no evidence covers moves no money.
    /// </summary>
    Required,

    /// <summary>
    /// Only those that the policy names: the host's own record of amounts and facts is believed as it stands.
    /// </summary>
    AsNamed,
}
