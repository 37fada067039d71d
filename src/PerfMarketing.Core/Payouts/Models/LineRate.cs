using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>What is paid for the lines of an order that are of some articles, categories or brands.</summary>
/// <remarks>
/// A line fits when it has one of the names of every list that has any; names are compared letter by letter, and a line
/// that does not say its category is of none. Where the rate has a condition, it must hold for the outcome too.
/// </remarks>
/// <param name="Pays">What one line pays: the model gets the line as if it were the whole outcome.</param>
public sealed record LineRate(PayoutModel Pays) : ITerms
{
    /// <summary>The most names of one list.</summary>
    public const int NameCountMax = 1_000;

    private readonly ConditionSlot slot = new();

    /// <summary>The articles; any when empty.</summary>
    public ValueList<string> Skus { get; init; } = [];

    /// <summary>The categories; any when empty.</summary>
    public ValueList<string> Categories { get; init; } = [];

    /// <summary>The brands; any when empty.</summary>
    public ValueList<string> Brands { get; init; } = [];

    /// <summary>What must hold of the outcome besides; null means always. Unknown facts never hold.</summary>
    public Condition? When { get; init; }

    /// <summary>A percentage of the lines of an article.</summary>
    /// <param name="sku">The article.</param>
    /// <param name="rate">The rate, from 0 % to 100 %.</param>
    public static LineRate OfSku(string sku, Percentage rate) => new(Pay.RevenueShare(rate)) { Skus = [sku] };

    /// <summary>A percentage of the lines of a category.</summary>
    /// <param name="category">The category.</param>
    /// <param name="rate">The rate, from 0 % to 100 %.</param>
    public static LineRate OfCategory(string category, Percentage rate) =>
        new(Pay.RevenueShare(rate)) { Categories = [category] };

    /// <summary>A percentage of the lines of a brand.</summary>
    /// <param name="brand">The brand.</param>
    /// <param name="rate">The rate, from 0 % to 100 %.</param>
    public static LineRate OfBrand(string brand, Percentage rate) => new(Pay.RevenueShare(rate)) { Brands = [brand] };

    /// <summary>Reads a rate's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the model's name is looked up.</param>
    public static LineRate Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(catalog.Read(terms, "pays"))
        {
            Skus = terms.Values<string>("skus"),
            Categories = terms.Values<string>("categories"),
            Brands = terms.Values<string>("brands"),
            When = terms.OptionalObject("when", Condition.Read),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Values("skus", Skus);
        terms.Values("categories", Categories);
        terms.Values("brands", Brands);
        terms.Terms("when", When);
        terms.Terms("pays", Pays);
    }

    internal bool Fits(CommissionableLine line, in PayoutContext context) =>
        Has(Skus, line.Sku) && Has(Categories, line.Category) && Has(Brands, line.Brand)
        && (When is null || slot.Of(When, context.Calendar.Zone).Evaluate(context.Facts, context.At));

    private static bool Has(ValueList<string> names, string? name) =>
        names.Count == 0 || (name is not null && names.AsSpan().Contains(name));
}
