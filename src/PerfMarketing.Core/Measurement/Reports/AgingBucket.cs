using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Measurement.Reports;

/// <summary>What has been due for some days: how many statements, and how much.</summary>
/// <param name="FromDays">The fewest days; the amount became due so many dates ago.</param>
/// <param name="ToDays">The most days, included; null when there is no most.</param>
/// <param name="Count">How many statements.</param>
/// <param name="Amount">What they say is to be paid.</param>
public sealed record AgingBucket(int FromDays, int? ToDays, long Count, Money Amount) : ITerms
{
    /// <summary>Reads a bucket.</summary>
    /// <param name="terms">The terms.</param>
    public static AgingBucket Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Int("fromDays", 0),
            terms.Has("toDays") ? terms.Int("toDays", 0) : null,
            terms.Integer("count"),
            terms.Value<Money>("amount"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("fromDays", FromDays);
        terms.Integer("toDays", ToDays);
        terms.Integer("count", Count);
        terms.Value("amount", Amount);
    }
}
