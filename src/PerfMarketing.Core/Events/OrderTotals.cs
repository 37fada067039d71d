using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>What an order has beside its lines.</summary>
public sealed record OrderTotals : ITerms
{
    /// <summary>What delivery costs.</summary>
    public Money? Shipping { get; init; }

    /// <summary>Other fees of the order.</summary>
    public Money? Fees { get; init; }

    /// <summary>How much of the order was paid by gift card.</summary>
    public Money? GiftCard { get; init; }

    /// <summary>
    /// The discount on the whole order, not yet taken off the lines: it is spread over them once, by their net.
    /// </summary>
    public Money? Discount { get; init; }

    /// <summary>Reads the totals.</summary>
    /// <param name="terms">The terms.</param>
    public static OrderTotals Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Shipping = terms.Optional<Money>("shipping"),
            Fees = terms.Optional<Money>("fees"),
            GiftCard = terms.Optional<Money>("giftCard"),
            Discount = terms.Optional<Money>("discount"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("shipping", Shipping);
        terms.Value("fees", Fees);
        terms.Value("giftCard", GiftCard);
        terms.Value("discount", Discount);
    }

    internal void Check(EventChecks checks) => checks
        .Amount(Shipping, "totals.shipping")
        .Amount(Fees, "totals.fees")
        .Amount(GiftCard, "totals.giftCard")
        .Amount(Discount, "totals.discount");
}
