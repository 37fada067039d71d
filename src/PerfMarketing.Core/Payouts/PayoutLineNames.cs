namespace PerfMarketing.Payouts;

/// <summary>The names of the lines that do not come from a model of their own.</summary>
public static class PayoutLineNames
{
    /// <summary>The part of the outcome that others were credited for, taken away.</summary>
    public const string CreditShare = "credit-share";

    /// <summary>What rounding to the currency's grid, or sharing out whole cents, added or took away.</summary>
    public const string Rounding = "rounding";

    /// <summary>Nothing, because a fact that the price depends on is not known.</summary>
    public const string Unknown = "unknown";

    /// <summary>What earlier results of the period are worth more or less, now that a tier was crossed.</summary>
    public const string Repricing = "repricing";

    /// <summary>What a limit did not allow, taken away.</summary>
    public const string OverLimit = "over-limit";

    /// <summary>What a budget could not pay, taken away.</summary>
    public const string OverBudget = "over-budget";

    /// <summary>
    /// What limits and budgets never paid of a period: it is not taken back when the period is worth less, and not paid
    /// when a correction makes the rest worth more.
    /// </summary>
    public const string Unpaid = "unpaid";

    /// <summary>
    /// What of a fall in price was never priced: other terms, or another system, had priced earlier results lower.
    /// </summary>
    public const string Unpriced = "unpriced";
}
