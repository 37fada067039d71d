using PerfMarketing.Monetary;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods;

/// <summary>What was decided for one partner under one clause in one period.</summary>
/// <param name="Tally">The sum of what the outcomes counted.</param>
/// <param name="Earned">The sum of what was posted, adjustments included.</param>
public readonly record struct PeriodSums(Tally Tally, Accrual Earned)
{
    /// <summary>The sum of two parts.</summary>
    public static PeriodSums operator +(PeriodSums left, PeriodSums right) =>
        new(left.Tally + right.Tally, left.Earned + right.Earned);

    /// <summary>Nothing.</summary>
    /// <param name="currency">The contract's currency.</param>
    public static PeriodSums Zero(Currency currency) => new(Tally.Zero(currency), Accrual.Zero(currency));

    /// <summary>What was measured.</summary>
    /// <param name="measure">
    /// The measure; <see cref="Measure.Payout"/> is what was posted, which adjustments reduce.
    /// </param>
    /// <returns>A number, or an amount in major units.</returns>
    public decimal Of(Measure measure) => measure.Kind == MeasureKind.Payout ? Earned.Amount : Tally.Of(measure);
}
