using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement;

/// <summary>The taxes of a statement, as the host knows them: this library knows no tax law.</summary>
/// <param name="Vat">Added to the net amount; from 0 to 100 %, 0 % when none is due.</param>
/// <param name="Withholding">
/// Kept back from the net amount for the tax office; from 0 to 100 %, 0 % when nothing is.
/// </param>
public sealed record TaxTerms(Percentage Vat, Percentage Withholding)
{
    /// <summary>No taxes at all.</summary>
    public static TaxTerms None { get; } = new(default, default);

    /// <summary>
    /// What the document must say, such as who owes the tax, in at most <see cref="StatementInvoice.NoteLengthMax"/>
    /// characters; null when nothing.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>The taxes of a net amount, each rounded once on it, half away from zero.</summary>
    /// <param name="net">The net amount; below zero for a credit note.</param>
    public (Money Vat, Money Withheld) Of(Money net) => (
        net.Prorate(Ratio.FromDecimal(Vat.Fraction)), net.Prorate(Ratio.FromDecimal(Withholding.Fraction)));
}
