using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Models;

/// <summary>
/// A price or a rate for what lies below an upper end; where a tier begins is where the one before it ends.
/// </summary>
/// <param name="Price">
/// The price of one unit, or of one block; null when there is a rate, or only a flat amount.
/// </param>
/// <param name="UpTo">
/// The end: units at positions below it are in the tier (or an earlier one); null for the last tier.
/// </param>
public sealed record Tier(Accrual? Price = null, decimal? UpTo = null) : ITerms
{
    /// <summary>Makes a tier with a rate.</summary>
    /// <param name="Rate">The rate of the value.</param>
    /// <param name="UpTo">The end; null for the last tier.</param>
    public Tier(Percentage Rate, decimal? UpTo = null)
        : this((Accrual?)null, UpTo) => this.Rate = Rate;

    /// <summary>The rate of the value; null when there is a price, or only a flat amount.</summary>
    public Percentage? Rate { get; init; }

    /// <summary>What entering the tier pays once in the period; none when null.</summary>
    public Accrual? Flat { get; init; }

    /// <summary>How many units one price is for: a block; null prices each unit.</summary>
    public decimal? Size { get; init; }

    /// <summary>Whether only blocks that are full are paid; by default a block that was begun is.</summary>
    public bool Full { get; init; }

    /// <summary>
    /// A second end, of the period's value: the next tier is reached when both are. Not for graduated tiers.
    /// </summary>
    public decimal? UpToValue { get; init; }

    /// <summary>Reads a tier's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Tier Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Price = terms.Optional<Accrual>("price"),
            Rate = terms.Optional<Percentage>("rate"),
            Flat = terms.Optional<Accrual>("flat"),
            Size = terms.OptionalNumber("size"),
            Full = terms.Flag("full"),
            UpTo = terms.OptionalNumber("upTo"),
            UpToValue = terms.OptionalNumber("upToValue"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("price", Price);
        terms.Value("rate", Rate);
        terms.Value("flat", Flat);
        terms.Number("size", Size);
        terms.Flag("full", Full);
        terms.Number("upTo", UpTo);
        terms.Number("upToValue", UpToValue);
    }
}
