namespace PerfMarketing.Payouts.Periods;

/// <summary>When a payout is computed while a period closes: each sees what the stages before it paid.</summary>
public enum PeriodStage
{
    /// <summary>What rewards the period's results: growth, pools, milestones, performance.</summary>
    Bonus,

    /// <summary>A share of what other partners brought.</summary>
    Override,

    /// <summary>What the partner bears of fees.</summary>
    FeeShare,

    /// <summary>What is paid for time alone.</summary>
    Retainer,

    /// <summary>What fills up to a minimum.</summary>
    Guarantee,

    /// <summary>What is advanced, and what is set off against it.</summary>
    Draw,
}
