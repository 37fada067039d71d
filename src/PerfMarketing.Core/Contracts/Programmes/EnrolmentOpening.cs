namespace PerfMarketing.Contracts.Programmes;

/// <summary>Who may enrol in a programme.</summary>
public enum EnrolmentOpening
{
    /// <summary>Everybody who is not denied. The default.</summary>
    Open,

    /// <summary>Everybody who is not denied, once somebody has approved.</summary>
    Approval,

    /// <summary>Only who is invited by name.</summary>
    Invitation,
}
