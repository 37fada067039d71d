namespace PerfMarketing.Tallies;

/// <summary>Which outcomes a tally counts.</summary>
public enum TallyStates
{
    /// <summary>All that are qualified.</summary>
    Qualified,

    /// <summary>Only those whose hold is over: what is approved for good.</summary>
    Payable,
}
