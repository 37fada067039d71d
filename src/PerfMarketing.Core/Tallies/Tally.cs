using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tallies;

/// <summary>What has been counted so far for one contract, clause, partner and period.</summary>
/// <remarks>
/// Tallies count credit, not heads: an outcome with two fifths of the credit adds 0.4. All parts are exact; a tally is
/// never rounded. Two tallies of the same key may be added: the order of outcomes does not matter to the sums.
/// </remarks>
/// <param name="Count">Credited outcomes, with at most 12 decimals.</param>
/// <param name="Quantity">Credited quantity, with at most 12 decimals.</param>
/// <param name="Value">Credited value of the outcomes.</param>
/// <param name="Accrued">The exact payout so far: the P of cumulative clauses.</param>
public readonly record struct Tally(decimal Count, decimal Quantity, Accrual Value, Accrual Accrued) : ITerms
{
    /// <summary>The sum of two tallies of one key.</summary>
    public static Tally operator +(Tally left, Tally right) => new(
        left.Count + right.Count,
        left.Quantity + right.Quantity,
        left.Value + right.Value,
        left.Accrued + right.Accrued);

    /// <summary>Nothing counted yet.</summary>
    /// <param name="currency">The contract's currency.</param>
    public static Tally Zero(Currency currency) => new(0, 0, Accrual.Zero(currency), Accrual.Zero(currency));

    /// <summary>Reads a tally as <see cref="Write"/> wrote it.</summary>
    /// <param name="terms">The terms.</param>
    public static Tally Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Number("count"),
            terms.Number("quantity"),
            terms.Value<Accrual>("value"),
            terms.Value<Accrual>("accrued"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Number("count", Count);
        terms.Number("quantity", Quantity);
        terms.Value("value", Value);
        terms.Value("accrued", Accrued);
    }
}
