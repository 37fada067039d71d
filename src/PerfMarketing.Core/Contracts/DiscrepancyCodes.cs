namespace PerfMarketing.Contracts;

/// <summary>What can be wrong with a discrepancy protocol, and what it says of two counts.</summary>
public static class DiscrepancyCodes
{
    /// <summary>The tolerance is not from 0 to 100 %.</summary>
    public const string Tolerance = "discrepancy.tolerance";

    /// <summary>The controlling party, the base or the policy is not one of the choices.</summary>
    public const string Choice = "discrepancy.choice";

    /// <summary>
    /// The counts are as near to each other as agreed: the controlling one counts. Args: controlling, other,
    /// difference, tolerated.
    /// </summary>
    public const string Within = "discrepancy.within";

    /// <summary>
    /// The counts differ by more than agreed, and the policy says what counts. Args: controlling, other, difference,
    /// tolerated, policy.
    /// </summary>
    public const string Beyond = "discrepancy.beyond";
}
