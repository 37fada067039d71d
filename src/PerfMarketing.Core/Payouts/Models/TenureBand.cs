using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>What is paid while a customer has been one for less than so many months.</summary>
/// <param name="Pays">What is paid.</param>
/// <param name="Months">
/// The end, in whole months since the customer's first earning: 12 is the first year; null for the last band.
/// </param>
public sealed record TenureBand(PayoutModel Pays, int? Months = null) : ITerms
{
    /// <summary>Reads a band's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the model's name is looked up.</param>
    public static TenureBand Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Read(terms, "pays"), terms.Has("months") ? terms.Int("months", 0) : null);
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("pays", Pays);
        terms.Integer("months", Months);
    }
}
