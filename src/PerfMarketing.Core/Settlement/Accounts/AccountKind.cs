namespace PerfMarketing.Settlement.Accounts;

/// <summary>What an account of a contract and partner stands for.</summary>
/// <remarks>
/// Balances are credits less debits. <see cref="AdvertiserDue"/>, <see cref="ClawbackDue"/> and <see cref="Claimed"/>
/// are what others owe: they are never above zero. All other accounts are what the partner is, or may become, owed:
/// never below zero; but for <see cref="SetOff"/>, which is nothing over all contracts, <see cref="Paid"/> where a
/// partner paid back what it had not received here, and the differences, <see cref="RoundingDelta"/> and
/// <see cref="FxDelta"/>, which may have either sign.
/// </remarks>
public enum AccountKind
{
    /// <summary>
    /// What the payer owes for the partner's results, expected ones included, as the terms come to before rounding;
    /// not above zero, but for what is owed back without an earning: a negative booking by hand, or a draw that was
    /// taken back. With <see cref="RoundingDelta"/> and <see cref="FxDelta"/> it is all that the payer owes.
    /// </summary>
    AdvertiserDue,

    /// <summary>What is expected for outcomes that wait: for proof, for room under a limit, for another leg.</summary>
    Pending,

    /// <summary>
    /// What is expected for outcomes whose evidence contradicts itself, and what is held of such that were earned.
    /// </summary>
    Disputed,

    /// <summary>What was earned and is held until its hold has ended.</summary>
    Locked,

    /// <summary>What has left its hold and was not sent yet.</summary>
    Payable,

    /// <summary>What is withheld for a time, as security for what may be taken back.</summary>
    Reserve,

    /// <summary>What was sent and is not confirmed yet.</summary>
    InTransit,

    /// <summary>What the partner has received, less what it has paid back.</summary>
    Paid,

    /// <summary>What the partner owes back of what was sent, to be set off; not above zero.</summary>
    ClawbackDue,

    /// <summary>What the partner was asked to pay back, and is set off no more; not above zero.</summary>
    Claimed,

    /// <summary>
    /// What was set off between the partner's contracts instead of being sent: above zero where it was payable, below
    /// zero where it was owed back.
    /// </summary>
    SetOff,

    /// <summary>What the partner bore of the cost of payments.</summary>
    PaymentFee,

    /// <summary>
    /// The VAT of invoices that were paid, below zero: it is paid on top of what is owed. Less that of credit notes.
    /// </summary>
    Vat,

    /// <summary>What was kept of invoices that were paid for the tax office. Less that of credit notes.</summary>
    WithholdingTax,

    /// <summary>
    /// What the payer owes the platform for the partner's results, expected ones included; below zero only for what is
    /// owed back without an earning; see <see cref="Contracts.Contract.PlatformFee"/>.
    /// </summary>
    PlatformFee,

    /// <summary>
    /// What the payer owes more because amounts are posted in whole minor units, below zero, or less, above zero: the
    /// <c>rounding</c> lines of what stands, together. Sharing out whole minor units is rounding too, and is nothing
    /// over all partners.
    /// </summary>
    RoundingDelta,

    /// <summary>
    /// The same for what was converted from another currency: between the exact amount at the booked rate and what was
    /// posted.
    /// </summary>
    FxDelta,
}
