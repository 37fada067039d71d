namespace PerfMarketing.Budgets;

/// <summary>The codes of what can be wrong with a budget.</summary>
public static class BudgetCodes
{
    /// <summary>A budget has no id.</summary>
    public const string IdMissing = "budget.id-missing";

    /// <summary>A limit is not above zero, or has no currency.</summary>
    public const string LimitNotPositive = "budget.limit-not-positive";

    /// <summary>
    /// A budget's kind of period does not exist, or is rolling: its periods overlap, so that no one of them owns an
    /// amount.
    /// </summary>
    public const string PeriodUnsupported = "budget.period-unsupported";

    /// <summary>What happens to an amount that does not fit is not defined.</summary>
    public const string OverflowUndefined = "budget.overflow-undefined";

    /// <summary>An average by day is not above zero, or too great to be multiplied.</summary>
    public const string AverageInvalid = "budget.average-invalid";

    /// <summary>A day may use from 1 to 100 times the average.</summary>
    public const string FlexInvalid = "budget.flex-invalid";

    /// <summary>A window has from 1 to 31 times the average.</summary>
    public const string DaysInvalid = "budget.days-invalid";

    /// <summary>An average is kept over a month, or over a week from Sunday on.</summary>
    public const string WindowUndefined = "budget.window-undefined";
}
