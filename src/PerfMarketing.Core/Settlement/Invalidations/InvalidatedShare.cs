using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Invalidations;

/// <summary>What of one line an invalidation concerns.</summary>
/// <param name="Id">The invalidation.</param>
/// <param name="Content">The digest of what it says.</param>
/// <param name="Amount">
/// The line's share, above zero; less is taken where the clause's schedule or a limit on reversals leaves it.
/// </param>
public sealed record InvalidatedShare(BookingId Id, Digest Content, Money Amount) : ITerms
{
    /// <summary>
    /// The line's share of the number of results that are invalid; null when the invalidation states none.
    /// </summary>
    public decimal? Quantity { get; init; }

    /// <summary>Reads a share.</summary>
    /// <param name="terms">The terms.</param>
    public static InvalidatedShare Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Value<BookingId>("id"), terms.Value<Digest>("content"), terms.Value<Money>("amount"))
        {
            Quantity = terms.OptionalNumber("quantity"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Value("content", Content);
        terms.Value("amount", Amount);
        terms.Number("quantity", Quantity);
    }
}
