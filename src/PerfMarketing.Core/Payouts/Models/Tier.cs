using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>A price for the units below an upper end; where a tier begins is where the one before it ends.</summary>
/// <param name="Price">The price of one unit.</param>
/// <param name="UpTo">
/// The end: units at positions below it are in the tier (or an earlier one); null for the last tier.
/// </param>
public sealed record Tier(Accrual Price, decimal? UpTo = null) : ITerms
{
    /// <summary>Reads a tier's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Tier Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Accrual>("price"), terms.OptionalNumber("upTo"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("price", Price);
        terms.Number("upTo", UpTo);
    }
}
