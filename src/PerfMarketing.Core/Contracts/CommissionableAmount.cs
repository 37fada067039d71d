using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>What of an order a clause pays on: which parts are in or out, and which articles are excluded.</summary>
/// <remarks>
/// <para>
/// An order that has lines is worth what its lines and totals say: each line's net and, where the terms say so, its
/// discounts, its tax, and its share of shipping, fees and gift card. What belongs to the whole order is spread over
/// the lines once, by what they cost after all discounts, so that an excluded or returned line takes its share with it.
/// Of what came back, each line keeps the same fraction of its amount as of its worth, in whole minor units.
/// </para>
/// <para>
/// An outcome without lines counts with the value it states, whatever the switches say; with exclusions it counts
/// nothing, because a contract pays on what is known. A part that the outcome does not state counts as none. Both are
/// said by <see cref="NotesOn"/>.
/// </para>
/// </remarks>
public sealed record CommissionableAmount : ITerms
{
    /// <summary>The most names of one list of exclusions.</summary>
    public const int ExclusionCountMax = 1_000;

    /// <summary>The tax on the lines; out by default.</summary>
    public Inclusion Tax { get; init; } = Inclusion.Out;

    /// <summary>What delivery costs; out by default.</summary>
    public Inclusion Shipping { get; init; } = Inclusion.Out;

    /// <summary>Other fees of the order; out by default.</summary>
    public Inclusion Fees { get; init; } = Inclusion.Out;

    /// <summary>What was paid by gift card; in by default. Out takes it off, at most to nothing.</summary>
    public Inclusion GiftCards { get; init; } = Inclusion.In;

    /// <summary>
    /// What was given away as discount, of a line, of the order or by coupon; out by default, so that a clause pays on
    /// what the customer paid. In means the price before discounts.
    /// </summary>
    public Inclusion Discounts { get; init; } = Inclusion.Out;

    /// <summary>Categories that are not commissionable; compared letter by letter. None by default.</summary>
    public ValueList<string> ExcludedCategories { get; init; } = [];

    /// <summary>Articles that are not commissionable; compared letter by letter. None by default.</summary>
    public ValueList<string> ExcludedSkus { get; init; } = [];

    /// <summary>Brands that are not commissionable; compared letter by letter. None by default.</summary>
    public ValueList<string> ExcludedBrands { get; init; } = [];

    /// <summary>Whether some articles are excluded.</summary>
    public bool Excludes => ExcludedCategories.Count + ExcludedSkus.Count + ExcludedBrands.Count > 0;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static CommissionableAmount Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Tax = terms.Enum("tax", Inclusion.Out),
            Shipping = terms.Enum("shipping", Inclusion.Out),
            Fees = terms.Enum("fees", Inclusion.Out),
            GiftCards = terms.Enum("giftCards", Inclusion.In),
            Discounts = terms.Enum("discounts", Inclusion.Out),
            ExcludedCategories = terms.Values<string>("excludedCategories"),
            ExcludedSkus = terms.Values<string>("excludedSkus"),
            ExcludedBrands = terms.Values<string>("excludedBrands"),
        };
    }

    /// <summary>Whether the terms leave nothing of an outcome, whatever of it is kept.</summary>
    /// <param name="outcome">The outcome.</param>
    public bool LeavesNothingOf(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return Excludes && outcome.Lines.All(l => !Exclusions.Of(this, l).IsIn);
    }

    /// <summary>What of an outcome the terms could not apply to, and what they left out.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>
    /// Reasons with codes of <see cref="CommissionableReasons"/>; empty when there is nothing to say.
    /// </returns>
    public ValueList<Reason> NotesOn(Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.Lines.Count == 0
            ? [new(Excludes ? CommissionableReasons.NameUnknown : CommissionableReasons.AsStated)]
            : [.. Exclusions.NotesOn(this, outcome), .. OrderParts.NotStated(this, outcome)];
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("tax", Tax, Inclusion.Out);
        terms.Enum("shipping", Shipping, Inclusion.Out);
        terms.Enum("fees", Fees, Inclusion.Out);
        terms.Enum("giftCards", GiftCards, Inclusion.In);
        terms.Enum("discounts", Discounts, Inclusion.Out);
        terms.Values("excludedCategories", ExcludedCategories);
        terms.Values("excludedSkus", ExcludedSkus);
        terms.Values("excludedBrands", ExcludedBrands);
    }
}
