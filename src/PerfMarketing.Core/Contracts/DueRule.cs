namespace PerfMarketing.Contracts;

/// <summary>How the day on which a statement is due follows from its period.</summary>
public enum DueRule
{
    /// <summary>A number of days after the last day of the period.</summary>
    Net,

    /// <summary>A day of a month: the first such day after the period, or that of a later month.</summary>
    DayOfMonth,

    /// <summary>A number of days after the end of a month.</summary>
    EndOfMonth,
}
