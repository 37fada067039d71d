namespace PerfMarketing.Measurement;

/// <summary>Where an outcome ended up; every outcome is at exactly one stage.</summary>
public enum FunnelStage
{
    /// <summary>A test: explained and not paid, tallied or capped.</summary>
    Test,

    /// <summary>Another outcome came first with the same business key.</summary>
    Duplicate,

    /// <summary>It breaks a rule of what an outcome may be.</summary>
    Invalid,

    /// <summary>Nobody gets the credit for it.</summary>
    Unattributed,

    /// <summary>The campaign or its contracts do not accept it.</summary>
    Rejected,

    /// <summary>A budget, or a limit of a contract or clause, had no room for it.</summary>
    OverCap,

    /// <summary>Proof is missing or contradicts itself, or an exchange rate is missing; it may still be paid.</summary>
    Pending,

    /// <summary>It is accepted and was paid for, whatever was taken back later.</summary>
    Approved,
}
