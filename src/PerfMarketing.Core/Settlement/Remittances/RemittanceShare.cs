using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>
/// What a remittance is for one contract: sent + set-off + fee is the sum of the contract's parts, with their VAT and
/// without what is kept of them for the tax office.
/// </summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Contract">The contract.</param>
/// <param name="Sent">What of the amount is sent for the contract; not below zero.</param>
/// <param name="SetOff">
/// Above zero what was owed here and is kept for what is owed back elsewhere; below zero what is owed back here.
/// </param>
/// <param name="Fee">What the payee bears here of the cost of the payment; not below zero.</param>
public sealed record RemittanceShare(
    CampaignId Campaign, ContractId Contract, Money Sent, Money SetOff, Money Fee)
{
    /// <summary>The VAT of the parts, paid on top of them.</summary>
    public Money Vat { get; init; } = Money.Zero(Sent.Currency);

    /// <summary>The tax on the parts that is kept for the tax office.</summary>
    public Money Withholding { get; init; } = Money.Zero(Sent.Currency);
}
