namespace PerfMarketing.Settlement.Accounts;

/// <summary>What an account of a contract and partner stands for.</summary>
/// <remarks>
/// Balances are credits less debits. <see cref="AdvertiserDue"/>, <see cref="ClawbackDue"/> and <see cref="Claimed"/>
/// are what others owe: they are never above zero. All other accounts are what the partner is, or may become, owed:
/// never below zero.
/// </remarks>
public enum AccountKind
{
    /// <summary>What the payer owes for the partner's results, expected ones included; not above zero.</summary>
    AdvertiserDue,

    /// <summary>What is expected for outcomes that wait: for proof, for room under a limit, for another leg.</summary>
    Pending,

    /// <summary>What is expected for outcomes whose evidence contradicts itself.</summary>
    Disputed,

    /// <summary>What was earned and is held until its hold has ended.</summary>
    Locked,

    /// <summary>What has left its hold and was not sent yet.</summary>
    Payable,

    /// <summary>What is withheld for a time, as security for what may be taken back.</summary>
    Reserve,

    /// <summary>What was sent and is not confirmed yet.</summary>
    InTransit,

    /// <summary>What the partner has received.</summary>
    Paid,

    /// <summary>What the partner owes back of what was sent, to be set off; not above zero.</summary>
    ClawbackDue,

    /// <summary>What the partner was asked to pay back, and is set off no more; not above zero.</summary>
    Claimed,
}
