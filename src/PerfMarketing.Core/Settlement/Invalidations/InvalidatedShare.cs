using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Invalidations;

/// <summary>What of one line an invalidation concerns.</summary>
/// <param name="Id">The invalidation.</param>
/// <param name="Content">The digest of what it says.</param>
/// <param name="Amount">
/// The line's share; less is taken where the clause's schedule or a limit on reversals leaves it. Zero where nothing is
/// left of the line, but it counts in a tally that is evaluated again.
/// </param>
public sealed record InvalidatedShare(BookingId Id, Digest Content, Money Amount) : ITerms
{
    /// <summary>
    /// The line's share of the number of results that are invalid; null when the invalidation states none.
    /// </summary>
    public decimal? Quantity { get; init; }

    /// <summary>
    /// What part of the line's results is invalid, above 0 and at most 1, where nothing is left of its amount; null
    /// where the amount says it.
    /// </summary>
    public decimal? Part { get; init; }

    /// <summary>Reads a share.</summary>
    /// <param name="terms">The terms.</param>
    public static InvalidatedShare Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        decimal? part = terms.OptionalNumber("part");
        if (part is <= 0 or > 1)
        {
            terms.Fail("part", InvalidationReasons.Extent, "A part is above 0 and at most 1.");
        }

        return new(
            terms.Value<BookingId>("id"), terms.Value<Digest>("content"), terms.Value<Money>("amount"))
        {
            Quantity = terms.OptionalNumber("quantity"),
            Part = part,
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
        terms.Number("part", Part);
    }
}
