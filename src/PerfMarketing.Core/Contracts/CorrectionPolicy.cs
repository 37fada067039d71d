namespace PerfMarketing.Contracts;

/// <summary>How a correction of an outcome changes what was paid for it.</summary>
public enum CorrectionPolicy
{
    /// <summary>
    /// In proportion to what is left of the outcome, cumulatively, at the earning's own rate. The default.
    /// </summary>
    Proportional,

    /// <summary>What the clause pays for what is left: 1,000 at 12 % capped at 80 with 300 returned stays 80.</summary>
    Reprice,

    /// <summary>Nothing changes until everything is returned; then everything is taken back.</summary>
    UntilFullReturn,
}
