using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>How many entries, and how much they come to.</summary>
/// <param name="Count">How many entries; those of nothing count too.</param>
/// <param name="Amount">Their sum.</param>
public readonly record struct BridgeCell(long Count, Money Amount) : ITerms
{
    /// <summary>The sum of two cells.</summary>
    public static BridgeCell operator +(BridgeCell left, BridgeCell right) =>
        new(left.Count + right.Count, left.Amount + right.Amount);

    /// <summary>Reads a cell.</summary>
    /// <param name="terms">The terms.</param>
    public static BridgeCell Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Integer("count"), terms.Value<Money>("amount"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("count", Count);
        terms.Value("amount", Amount);
    }
}
