namespace PerfMarketing.Budgets.Pacing;

/// <summary>Why a pace admitted a request or refused it.</summary>
public enum PaceReason
{
    /// <summary>It is admitted.</summary>
    Admitted,

    /// <summary>What is left of the budget is less than the request costs.</summary>
    Exhausted,

    /// <summary>Not every request is bought at this pace, and it was not this one's turn.</summary>
    Throttled,

    /// <summary>More than planned was used in this minute already.</summary>
    BurstCap,

    /// <summary>Better requests are expected for what is left.</summary>
    BelowValue,

    /// <summary>
    /// A cap above this budget, such as the campaign's or the account's, has less left than it costs.
    /// </summary>
    ParentCap,

    /// <summary>The instant lies outside the budget's window.</summary>
    OutsideWindow,

    /// <summary>The budget is paused.</summary>
    Paused,
}
