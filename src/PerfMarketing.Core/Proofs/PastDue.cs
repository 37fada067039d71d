namespace PerfMarketing.Proofs;

/// <summary>What becomes of an outcome whose wait for proof is over.</summary>
public enum PastDue
{
    /// <summary>It is rejected: no proof, no pay. The default.</summary>
    Reject,

    /// <summary>It is approved: who was silent agreed.</summary>
    Approve,
}
