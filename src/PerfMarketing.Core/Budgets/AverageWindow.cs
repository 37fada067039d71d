namespace PerfMarketing.Budgets;

/// <summary>Over which dates a daily average is kept.</summary>
public enum AverageWindow
{
    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A week from Sunday to Saturday.</summary>
    SundayWeek,
}
