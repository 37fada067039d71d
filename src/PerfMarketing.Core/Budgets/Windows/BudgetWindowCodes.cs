namespace PerfMarketing.Budgets.Windows;

/// <summary>The codes of what can be wrong with windows of budgets and with limits that change.</summary>
public static class BudgetWindowCodes
{
    /// <summary>The kind of window, or where a week begins, is not defined.</summary>
    public const string UnitUndefined = "budget.window-undefined";

    /// <summary>A zone is unknown, or its changes are not in order.</summary>
    public const string ZoneInvalid = "budget.window-zone-invalid";

    /// <summary>A flight has no dates, or a window that is no flight has some.</summary>
    public const string DatesInvalid = "budget.window-dates-invalid";

    /// <summary>
    /// A rolling window has no number of dates or one out of range, or a window that does not roll has one.
    /// </summary>
    public const string RollingDaysInvalid = "budget.window-rolling-days-invalid";

    /// <summary>
    /// The days of this kind of window cannot share it: they share a week, a half month, a month, a quarter, a year or
    /// a flight with an end.
    /// </summary>
    public const string SpreadUnsupported = "budget.window-spread-unsupported";

    /// <summary>A day may use from 1 to 100 times its share.</summary>
    public const string FlexInvalid = "budget.flex-invalid";

    /// <summary>A window has from 1 to 366 times an average, and none where the limit is no average.</summary>
    public const string TimesInvalid = "budget.times-invalid";

    /// <summary>
    /// Nothing rolls over out of flights, rolling windows and all of time, nor into days that carry nothing; only a
    /// capped rollover has a most.
    /// </summary>
    public const string RolloverInvalid = "budget.rollover-invalid";

    /// <summary>A limit is below zero, or beyond the greatest amount.</summary>
    public const string LimitInvalid = "budget.limit-invalid";

    /// <summary>Changes of a limit are not in order, or do not follow from each other.</summary>
    public const string ChangesInvalid = "budget.limit-changes-invalid";
}
