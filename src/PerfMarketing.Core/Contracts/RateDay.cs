namespace PerfMarketing.Contracts;

/// <summary>Which day's rate converts a result, in the contract's zone.</summary>
public enum RateDay
{
    /// <summary>The day on which it occurred.</summary>
    Event,

    /// <summary>The day on which it is decided.</summary>
    Decision,

    /// <summary>
    /// The last day of the statement's period in which it occurred, as <see cref="SettlementTerms.Per"/> of the version
    /// that prices it says: all results of a month, or week, are converted by one rate, and decided when it is known.
    /// </summary>
    Statement,
}
