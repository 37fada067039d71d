using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>The fee of one remittance.</summary>
/// <param name="Bearer">Who bears it.</param>
/// <param name="Free">How much of the total was free of the rate.</param>
/// <param name="Amount">The fee; not below zero.</param>
public sealed record ChargedFee(FeeBearer Bearer, Money Free, Money Amount) : ITerms
{
    /// <summary>Reads a fee.</summary>
    /// <param name="terms">The terms.</param>
    public static ChargedFee Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Enum("bearer", FeeBearer.Payer), terms.Value<Money>("free"), terms.Value<Money>("amount"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("bearer", Bearer, FeeBearer.Payer);
        terms.Value("free", Free);
        terms.Value("amount", Amount);
    }
}
