namespace PerfMarketing.Attribution.SelfClaims;

/// <summary>How a network's claim compares with our attribution.</summary>
public enum SelfClaimResult
{
    /// <summary>We give it all the credit too.</summary>
    Agreed,

    /// <summary>We give it a part of the credit.</summary>
    Shared,

    /// <summary>We know its touch, and others have the credit, or nobody.</summary>
    Lost,

    /// <summary>We know of no touch by it.</summary>
    Untouched,

    /// <summary>We know no such outcome.</summary>
    Unknown,
}
