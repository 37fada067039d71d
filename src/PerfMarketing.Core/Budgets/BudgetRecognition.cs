namespace PerfMarketing.Budgets;

/// <summary>By which instant an amount counts in one of a budget's periods.</summary>
public enum BudgetRecognition
{
    /// <summary>When the result occurred. The default: as ledgers, tallies and limits count.</summary>
    OnEvent,

    /// <summary>
    /// When it was touched: at the newest touch that has credit for it, or when it occurred if none has. Days that are
    /// over may still change.
    /// </summary>
    OnTouch,

    /// <summary>
    /// When it was approved: when the leg qualified and was posted. Until then its amount is set aside in the period in
    /// which it occurred.
    /// </summary>
    OnApproval,
}
