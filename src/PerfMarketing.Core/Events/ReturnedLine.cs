using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>What came back of an order: a line by its position or its sku, whole, by quantity or by amount.</summary>
/// <remarks>
/// Exactly one of <see cref="Line"/> and <see cref="Sku"/>; at most one of <see cref="Quantity"/> and <see
/// cref="Amount"/>.
/// </remarks>
public sealed record ReturnedLine : ITerms
{
    /// <summary>The line's position in the order, from 0.</summary>
    public int? Line { get; init; }

    /// <summary>The article; several lines with it give in their order.</summary>
    public string? Sku { get; init; }

    /// <summary>How many came back; everything that is left when neither this nor the amount is given.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>
    /// How much was given back for the line without goods coming back, of what it is worth after all discounts.
    /// </summary>
    public Money? Amount { get; init; }

    /// <summary>Reads a returned line.</summary>
    /// <param name="terms">The terms.</param>
    public static ReturnedLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        long? line = terms.OptionalInteger("line");
        if (line is < 0 or >= Outcome.LineCountMax)
        {
            terms.Fail("line", TermCodes.Malformed, $"A position is 0 to {Outcome.LineCountMax - 1}.");
            line = null;
        }

        return new()
        {
            Line = (int?)line,
            Sku = terms.OptionalText("sku"),
            Quantity = terms.OptionalNumber("quantity"),
            Amount = terms.Optional<Money>("amount"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("line", Line);
        terms.Value("sku", Sku);
        terms.Number("quantity", Quantity);
        terms.Value("amount", Amount);
    }

    internal void Check(EventChecks checks, string term) => checks
        .Require(Line is null != Sku is null, EventCodes.Contradictory, term)
        .Require(Line is null or (>= 0 and < Outcome.LineCountMax), EventCodes.Contradictory, $"{term}.line")
        .Text(Sku, $"{term}.sku", OrderLine.TextLengthMax)
        .Require(Quantity is null || Amount is null, EventCodes.Contradictory, term)
        .Quantity(Quantity ?? 1, $"{term}.quantity")
        .Amount(Amount, $"{term}.amount");
}
