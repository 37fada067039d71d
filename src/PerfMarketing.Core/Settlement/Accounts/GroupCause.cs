namespace PerfMarketing.Settlement.Accounts;

/// <summary>What made an entry group.</summary>
public enum GroupCause
{
    /// <summary>A decision on an outcome changed what is expected for it.</summary>
    Decided,

    /// <summary>A ledger entry was posted: an earning, or what corrects one.</summary>
    Entered,

    /// <summary>A hold has ended.</summary>
    HoldEnded,

    /// <summary>What became payable settled what was owed back.</summary>
    ClawbackSettled,

    /// <summary>A statement withheld a part as reserve.</summary>
    ReserveWithheld,

    /// <summary>A statement released what was withheld before.</summary>
    ReserveReleased,

    /// <summary>A statement asked the partner to pay back what is owed.</summary>
    DebtClaimed,

    /// <summary>A payment was sent.</summary>
    Sent,

    /// <summary>A payment was confirmed.</summary>
    Confirmed,

    /// <summary>A payment was refused.</summary>
    Refused,

    /// <summary>A payment came back after it was confirmed.</summary>
    Returned,

    /// <summary>What is owed back was set off against what other contracts owe.</summary>
    SetOff,

    /// <summary>A payment that came back settled what had been claimed of it.</summary>
    ClaimSettled,

    /// <summary>The partner paid back what it was asked for.</summary>
    ClaimPaid,
}
