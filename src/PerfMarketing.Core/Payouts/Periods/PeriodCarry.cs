namespace PerfMarketing.Payouts.Periods;

/// <summary>What becomes of a pool that is below zero when its period closes.</summary>
public enum PeriodCarry
{
    /// <summary>It is forgotten: each period begins at zero.</summary>
    None,

    /// <summary>It is carried forward, and reduces the pools of later periods until it is used up.</summary>
    Forward,
}
