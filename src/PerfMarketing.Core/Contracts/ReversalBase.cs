namespace PerfMarketing.Contracts;

/// <summary>What a limit on reversals counts.</summary>
public enum ReversalBase
{
    /// <summary>Outcomes, each as one.</summary>
    Count,

    /// <summary>The amounts earned by outcomes.</summary>
    Amount,
}
