using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts;

/// <summary>A coupon code that is one partner's: an order with it is not credited to another.</summary>
/// <param name="Code">The code as customers type it; capitals do not matter.</param>
/// <param name="Partner">Whose code it is; one of the contract's partners.</param>
public sealed record CouponAssignment(string Code, PartnerId Partner) : ITerms
{
    /// <summary>The most characters of a code.</summary>
    public const int CodeLengthMax = 64;

    /// <summary>The most codes of one contract.</summary>
    public const int CountMax = 10_000;

    /// <summary>
    /// The days on which it is the partner's, in the contract's zone; null, the default, while the contract is in
    /// force.
    /// </summary>
    public DateRange? Effective { get; init; }

    /// <summary>Reads an assignment.</summary>
    /// <param name="terms">The terms.</param>
    public static CouponAssignment Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("code"), terms.Value<PartnerId>("partner"))
        {
            Effective = terms.Optional<DateRange>("effective"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("code", Code);
        terms.Value("partner", Partner);
        terms.Value("effective", Effective);
    }
}
