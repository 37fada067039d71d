namespace PerfMarketing.Payouts.Periods;

/// <summary>What is due of an amount for a period when the contract was not in force on all its days.</summary>
public enum PeriodProration
{
    /// <summary>The part for the days in force, by the days that there are: 25 of 28.</summary>
    Actual,

    /// <summary>The part, with 30 days to every month; for months, quarters and years only.</summary>
    Fixed30,

    /// <summary>The part, with 28 days to every month; for months, quarters and years only.</summary>
    Fixed28,

    /// <summary>All of it, however few days.</summary>
    None,
}
