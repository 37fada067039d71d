using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>What is taken from a pool before its rate: a fee, a bonus that was granted, a tax.</summary>
/// <param name="Of">What is measured, an amount: <c>fact:bonus</c>.</param>
public sealed record Deduction(Measure Of) : ITerms
{
    /// <summary>How much of it is taken: 15 % of the stakes; all of it by default.</summary>
    public Percentage Rate { get; init; } = Percentage.FromPercent(100);

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static Deduction Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<Measure>("of")) { Rate = terms.Value("rate", Percentage.FromPercent(100)) };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("of", Of);
        terms.Value("rate", Rate, Percentage.FromPercent(100));
    }
}
