using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>What is paid below an upper end; where a band begins is where the one before it ends.</summary>
/// <param name="Pays">What is paid.</param>
/// <param name="UpTo">
/// The end, in units or in major units of the currency: what lies below it is in the band; null for the last band.
/// </param>
public sealed record Band(PayoutModel Pays, decimal? UpTo = null) : ITerms
{
    /// <summary>Reads a band's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the model's name is looked up.</param>
    public static Band Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Read(terms, "pays"), terms.OptionalNumber("upTo"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("pays", Pays);
        terms.Number("upTo", UpTo);
    }
}
