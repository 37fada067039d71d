using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>One line of an order.</summary>
public sealed record OrderLine : ITerms
{
    /// <summary>The most characters of <see cref="Sku"/>, <see cref="Category"/> and <see cref="Brand"/>.</summary>
    public const int TextLengthMax = 200;

    /// <summary>The article's number at the shop; several lines may have the same.</summary>
    public string? Sku { get; init; }

    /// <summary>The article's category.</summary>
    public string? Category { get; init; }

    /// <summary>The article's brand.</summary>
    public string? Brand { get; init; }

    /// <summary>How many; 1 unless stated. Above zero, at most 10^9, at most 6 decimals.</summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>
    /// What the whole line costs, without tax and after its own <see cref="Discount"/>, before the order's discount.
    /// </summary>
    public required Money Net { get; init; }

    /// <summary>The tax on the line, not contained in <see cref="Net"/>.</summary>
    public Money? Tax { get; init; }

    /// <summary>
    /// The line's own discount, already taken off <see cref="Net"/>; kept for terms that need the price before it.
    /// </summary>
    public Money? Discount { get; init; }

    /// <summary>Reads a line.</summary>
    /// <param name="terms">The terms.</param>
    public static OrderLine Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Sku = terms.OptionalText("sku"),
            Category = terms.OptionalText("category"),
            Brand = terms.OptionalText("brand"),
            Quantity = terms.OptionalNumber("quantity") ?? 1,
            Net = terms.Value<Money>("net"),
            Tax = terms.Optional<Money>("tax"),
            Discount = terms.Optional<Money>("discount"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("sku", Sku);
        terms.Value("category", Category);
        terms.Value("brand", Brand);
        terms.Number("quantity", Quantity == 1 ? null : Quantity);
        terms.Value("net", Net);
        terms.Value("tax", Tax);
        terms.Value("discount", Discount);
    }

    /// <summary>Whether a text may be a sku, category or brand.</summary>
    internal static bool IsText(string? text) =>
        text is { Length: > 0 and <= TextLengthMax } && UnicodeText.IsWellFormed(text);

    internal void Check(EventChecks checks, string term) => checks
        .Text(Sku, $"{term}.sku", TextLengthMax)
        .Text(Category, $"{term}.category", TextLengthMax)
        .Text(Brand, $"{term}.brand", TextLengthMax)
        .Quantity(Quantity, $"{term}.quantity")
        .Amount(Net, $"{term}.net")
        .Amount(Tax, $"{term}.tax")
        .Amount(Discount, $"{term}.discount");
}
