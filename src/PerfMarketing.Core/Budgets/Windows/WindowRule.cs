namespace PerfMarketing.Budgets.Windows;

/// <summary>Which rule decides what a window may use.</summary>
public enum WindowRule
{
    /// <summary>The limit of the window, and what rolled over into it.</summary>
    Limit,

    /// <summary>The share of the day, and what earlier days left over or used too much.</summary>
    Share,

    /// <summary>The most that one day may use.</summary>
    Flex,

    /// <summary>What is left of the window that the days share, or of the rolling days.</summary>
    Whole,

    /// <summary>The budget had not begun.</summary>
    NotBegun,

    /// <summary>The instant lies before or after the flight.</summary>
    OutsideFlight,
}
