using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>What one statement adds to a remittance, or takes from it.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Contract">The contract.</param>
/// <param name="Statement">The statement.</param>
/// <param name="To">The first instant after the statement's period.</param>
/// <param name="Amount">
/// Of a payable statement what it says is payable; of one that claims, below zero, what of it is taken from what a
/// payment before it would have brought and did not, above zero what the payee had paid back beside that. Of a set-off
/// what is taken because it is owed back, below zero; above zero what was taken before and is no longer owed back.
/// </param>
public sealed record RemittancePart(
    CampaignId Campaign, ContractId Contract, StatementId Statement, Instant To, Money Amount) : ITerms
{
    /// <summary>
    /// The number of the invoice, or credit note, by which the statement is paid; null when it is paid net. Never of a
    /// set-off.
    /// </summary>
    public string? Invoice { get; init; }

    /// <summary>The VAT of the amount, paid on top of it; null when there is none.</summary>
    public Money? Vat { get; init; }

    /// <summary>The tax on the amount that is kept for the tax office; null when there is none.</summary>
    public Money? Withholding { get; init; }

    /// <summary>Reads a part.</summary>
    /// <param name="terms">The terms.</param>
    public static RemittancePart Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<CampaignId>("campaign"),
            terms.Value<ContractId>("contract"),
            terms.Value<StatementId>("statement"),
            terms.Instant("to"),
            terms.Value<Money>("amount"))
        {
            Invoice = terms.OptionalText("invoice"),
            Vat = terms.Optional<Money>("vat"),
            Withholding = terms.Optional<Money>("withholding"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("campaign", Campaign);
        terms.Value("contract", Contract);
        terms.Value("statement", Statement);
        terms.Instant("to", To);
        terms.Value("amount", Amount);
        terms.Value("invoice", Invoice);
        terms.Value("vat", Vat);
        terms.Value("withholding", Withholding);
    }

    // What is paid for it, in minor units.
    internal Int128 Whole =>
        (Int128)Amount.MinorUnits + (Vat?.MinorUnits ?? 0) - (Withholding?.MinorUnits ?? 0);

    internal bool IsSound(Currency currency) => !Statement.IsUnset && Amount.Currency == currency
        && (Invoice is null ? Vat is null && Withholding is null : StatementInvoice.IsNumber(Invoice))
        && IsTax(Vat) && IsTax(Withholding);

    // A part of the amount, and of its sign.
    private bool IsTax(Money? tax) => tax is not { } part || (part.Currency == Amount.Currency
        && part.MinorUnits != 0 && part.MinorUnits > 0 == Amount.MinorUnits > 0
        && Math.Abs(part.MinorUnits) <= Math.Abs(Amount.MinorUnits));
}
