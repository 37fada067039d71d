using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts;

/// <summary>A part of a posted amount that is payable at a time of its own.</summary>
/// <param name="PayableAt">From when on the part is payable.</param>
/// <param name="Amount">The part; the parts of an amount sum to it.</param>
public readonly record struct Instalment(Instant PayableAt, Money Amount) : ITerms
{
    /// <summary>Reads an instalment as <see cref="Write"/> wrote it.</summary>
    /// <param name="terms">The terms.</param>
    public static Instalment Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Instant("payableAt"), terms.Value<Money>("amount"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Instant("payableAt", PayableAt);
        terms.Value("amount", Amount);
    }
}
