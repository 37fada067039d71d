using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution;

/// <summary>A partner's share of an outcome, as an integer weight over an integer total.</summary>
/// <remarks>
/// Shares of one outcome have one total and add up to it. Money is never multiplied by a share: it is allocated by the
/// weights of all credits at once, so that no cent appears or vanishes.
/// </remarks>
/// <param name="Partner">
/// Who gets the share; <c>default</c> when the credited touches had no partner, and then nobody is paid for it.
/// </param>
/// <param name="Weight">The partner's weight, above 0: the sum over its credited touches.</param>
/// <param name="Total">The weights of all partners together, at least <paramref name="Weight"/>.</param>
public readonly record struct Credit(PartnerId Partner, long Weight, long Total) : ITerms
{
    /// <summary>The share as an exact fraction above 0 and up to 1; 0 for <c>default</c>.</summary>
    public Ratio Share => Total == 0 ? Ratio.Zero : new(Weight, Total);

    /// <summary>Reads a credit; a weight that is not above 0 or exceeds the total is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static Credit Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        PartnerId partner = terms.Value<PartnerId>("partner", default);
        long weight = terms.Integer("weight");
        long total = terms.Integer("total");
        if (weight > 0 && weight <= total)
        {
            return new(partner, weight, total);
        }

        terms.Fail("weight", TermCodes.Malformed, "A weight is above 0 and at most the total.");
        return default;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("partner", Partner, default);
        terms.Integer("weight", Weight);
        terms.Integer("total", Total);
    }
}
