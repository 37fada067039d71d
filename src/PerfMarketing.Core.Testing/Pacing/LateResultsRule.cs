namespace PerfMarketing.Testing.Pacing;

/// <summary>What a budget of results counts as used before it lets another click in.</summary>
public enum LateResultsRule
{
    /// <summary>What is committed, less what came back.</summary>
    Committed,

    /// <summary>The same, and what is expected of clicks that may still have a result.</summary>
    Expected,

    /// <summary>The same, and 1.645 deviations more.</summary>
    Guarded,

    /// <summary>All that was ever committed and what is expected, less the share that usually comes back.</summary>
    NetOfReversals,

    /// <summary>Each click sets a whole payout aside.</summary>
    FullPayout,

    /// <summary>What is committed; a result that finds no room is not paid.</summary>
    HardStop,
}
