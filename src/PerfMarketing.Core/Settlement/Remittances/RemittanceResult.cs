namespace PerfMarketing.Settlement.Remittances;

/// <summary>What the bank, or a person, says of a payment, for good.</summary>
public enum RemittanceResult
{
    /// <summary>The payee has the money.</summary>
    Confirmed,

    /// <summary>
    /// The payee does not have it and will not get it by this payment: what it paid is payable again.
    /// </summary>
    Refused,

    /// <summary>
    /// The payee had it, and it came back: what it paid is payable again. Said after a confirmation, or without one
    /// that came through.
    /// </summary>
    Returned,
}
