namespace PerfMarketing.Contracts;

/// <summary>Which outcomes a limit on reversals takes together.</summary>
public enum ReversalCohort
{
    /// <summary>Those that occurred in the period. The default.</summary>
    Occurred,

    /// <summary>Those that were decided in the period.</summary>
    Decided,
}
