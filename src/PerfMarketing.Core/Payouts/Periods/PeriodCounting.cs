namespace PerfMarketing.Payouts.Periods;

/// <summary>From when on results are counted towards a bonus.</summary>
public enum PeriodCounting
{
    /// <summary>From the beginning of each period anew.</summary>
    Period,

    /// <summary>From the first result on, so that each bonus is paid once.</summary>
    Lifetime,
}
