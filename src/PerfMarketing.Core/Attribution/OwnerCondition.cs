namespace PerfMarketing.Attribution;

/// <summary>When the partner to whom an outcome belongs gets its credit.</summary>
public enum OwnerCondition
{
    /// <summary>Always, whether it touched the customer or not.</summary>
    Always,

    /// <summary>When an eligible touch of it is in the journey.</summary>
    IfInvolved,

    /// <summary>When the inner rule gives it a weight.</summary>
    IfWinner,
}
