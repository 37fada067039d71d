namespace PerfMarketing.Budgets.Pacing;

/// <summary>Whether a budget is used as it was meant to be.</summary>
public enum PacingStatus
{
    /// <summary>Nothing was planned yet, so nothing can be said.</summary>
    Unknown,

    /// <summary>The budget is expected to be used, and to last.</summary>
    OnPlan,

    /// <summary>The budget is used up, or will be, with more than 5 % of the traffic still to come.</summary>
    ExhaustedTooEarly,

    /// <summary>Less than 90 % of the budget is expected to be used, even if everything that comes is bought.</summary>
    UnderDelivery,

    /// <summary>The budget is paused.</summary>
    Paused,
}
