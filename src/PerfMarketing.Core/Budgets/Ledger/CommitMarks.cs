namespace PerfMarketing.Budgets.Ledger;

/// <summary>What was unusual about a commit; it counts all the same, and nothing is lost.</summary>
[Flags]
public enum CommitMarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It cost more than was set aside for it.</summary>
    OverReserve = 1,

    /// <summary>Nothing was ever set aside for it.</summary>
    Unreserved = 2,

    /// <summary>What was set aside for it had expired, or was released.</summary>
    Late = 4,

    /// <summary>A limit is exceeded with it; the line is named.</summary>
    OverLimit = 8,

    /// <summary>Less is paid than it costs, since a limit refuses the rest; the line is named.</summary>
    Cut = 16,
}
