namespace PerfMarketing.Budgets.Windows;

/// <summary>The codes of which rule decides what a window may use.</summary>
public static class BudgetWindowReasons
{
    /// <summary>
    /// The limit of the window itself, and what earlier windows left over. Args: limit, base, rolled-over, used.
    /// </summary>
    public const string Limit = "budget.by-limit";

    /// <summary>
    /// The share of the day, and what the days before left over or used too much. Args: limit, share, rolled-over,
    /// carried, used.
    /// </summary>
    public const string Share = "budget.by-share";

    /// <summary>
    /// The most that one day may use: a multiple of its share. Args: limit, share, rolled-over, carried, borrowed,
    /// used.
    /// </summary>
    public const string Flex = "budget.by-flex";

    /// <summary>
    /// What the days before left of the week, the month, the flight or the rolling days. Args: limit, whole-limit,
    /// whole-used, used.
    /// </summary>
    public const string Whole = "budget.by-whole";

    /// <summary>The budget had not begun yet.</summary>
    public const string NotBegun = "budget.not-begun";

    /// <summary>The instant lies before or after the flight.</summary>
    public const string OutsideFlight = "budget.outside-flight";
}
