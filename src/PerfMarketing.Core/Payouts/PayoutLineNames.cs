namespace PerfMarketing.Payouts;

/// <summary>The names of the lines that do not come from a model of their own.</summary>
public static class PayoutLineNames
{
    /// <summary>The part of the outcome that others were credited for, taken away.</summary>
    public const string CreditShare = "credit-share";

    /// <summary>What rounding to the currency's grid, or sharing out whole cents, added or took away.</summary>
    public const string Rounding = "rounding";

    /// <summary>What a budget could not pay, taken away.</summary>
    public const string OverBudget = "over-budget";
}
