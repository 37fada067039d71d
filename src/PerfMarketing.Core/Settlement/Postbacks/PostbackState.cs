namespace PerfMarketing.Settlement.Postbacks;

/// <summary>What a partner is told of an outcome.</summary>
public enum PostbackState
{
    /// <summary>It waits for proof, for room under a limit, or for another contract; told once.</summary>
    Pending,

    /// <summary>The partner earned by it; told for each earning.</summary>
    Approved,

    /// <summary>A correction or amended terms changed what the partner earned; told for each change.</summary>
    Adjusted,

    /// <summary>A correction left nothing of what the partner earned; told for each time it does.</summary>
    Reversed,

    /// <summary>The contract does not accept it; told once.</summary>
    Rejected,
}
