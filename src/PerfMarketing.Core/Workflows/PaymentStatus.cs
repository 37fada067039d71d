namespace PerfMarketing.Workflows;

/// <summary>How a payment stands at the bank.</summary>
public enum PaymentStatus
{
    /// <summary>The bank cannot say whether it has the instruction; ask again.</summary>
    Unknown,

    /// <summary>The bank has the instruction and has not decided.</summary>
    InProcess,

    /// <summary>The payee has the money.</summary>
    Paid,

    /// <summary>The payee does not have the money, and will not get it by this instruction.</summary>
    Refused,
}
