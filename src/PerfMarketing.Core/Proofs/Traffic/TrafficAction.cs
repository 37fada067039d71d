namespace PerfMarketing.Proofs.Traffic;

/// <summary>What a contract makes of suspicious traffic.</summary>
public enum TrafficAction
{
    /// <summary>The result counts; what was found is only shown.</summary>
    Accept,

    /// <summary>The result waits until somebody has looked at it.</summary>
    Hold,

    /// <summary>The result is not paid.</summary>
    Reject,
}
