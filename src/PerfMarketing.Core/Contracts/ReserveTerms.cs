using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>A rolling reserve: a part of what becomes payable is withheld, and released days later.</summary>
/// <remarks>
/// Each statement withholds its part once, of what left its hold in the period less what was taken back; nothing when
/// that is below zero. What it withheld is released so many days after its end, with the statement of that day; earlier
/// as far as a debt would be claimed, see <see cref="NegativeBalance.Debt"/>.
/// </remarks>
/// <param name="Part">The part that is withheld, above 0 and up to 100 %.</param>
/// <param name="Days">After how many days it is released, from 1 to <see cref="DaysMax"/>.</param>
public sealed record ReserveTerms(Percentage Part, int Days) : ITerms
{
    /// <summary>The most days.</summary>
    public const int DaysMax = 730;

    internal bool IsInRange => Part.Fraction is > 0 and <= 1 && Days is >= 1 and <= DaysMax;

    /// <summary>Reads a reserve.</summary>
    /// <param name="terms">The terms.</param>
    public static ReserveTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Percentage>("part"), terms.Int("days", 0));
    }

    /// <summary>What is withheld of an amount, half away from zero; nothing of one below zero.</summary>
    /// <param name="released">What became payable.</param>
    public Money WithheldOf(Money released) => released.MinorUnits > 0
        ? released.Prorate(Ratio.FromDecimal(Part.Fraction))
        : Money.Zero(released.Currency);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("part", Part);
        terms.Integer("days", Days);
    }
}
