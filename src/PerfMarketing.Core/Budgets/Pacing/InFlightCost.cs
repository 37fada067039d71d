namespace PerfMarketing.Budgets.Pacing;

/// <summary>What results are still expected to cost that were bought but have not come yet.</summary>
/// <remarks>
/// A budget of results that looks only at what is committed overshoots by a third with ordinary delays, and spends
/// twice as much with slow leads. Expected: <c>Σ touches × rate × (1 − mature)</c> results, each for the payout. Their
/// number varies as a Poisson number does, and with how well the rate is known:
/// <c>payout² × (λ + λ² / (k + results))</c>, where <c>λ</c> is the expected number.
/// </remarks>
/// <param name="Results">How many results are expected.</param>
/// <param name="Expected">What they are expected to cost, in minor units.</param>
/// <param name="Deviation">The standard deviation of that cost, in minor units.</param>
public readonly record struct InFlightCost(double Results, double Expected, double Deviation)
{
    /// <summary>The factor of the deviation that covers 95 of 100 cases.</summary>
    public const double Guard = 1.645;

    // How many results the rate is taken to be known from beforehand.
    private const double KnownResults = 20;

    /// <summary>What to count as used when 95 of 100 cases shall stay within the budget.</summary>
    public double Guarded => Expected + (Guard * Deviation);

    /// <summary>What is in flight.</summary>
    /// <param name="cohorts">The touches that may still have results.</param>
    /// <param name="rate">Results by touch.</param>
    /// <param name="payout">What one result costs, in minor units.</param>
    /// <param name="results">
    /// How many results the rate was learned from; null when the rate is known, so that only chance is left.
    /// </param>
    public static InFlightCost Of(
        ReadOnlySpan<InFlightCohort> cohorts, double rate, long payout, long? results = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfNegative(payout);
        double expected = 0;
        foreach (InFlightCohort cohort in cohorts)
        {
            cohort.Check();
            expected += cohort.Touches * rate * (1 - cohort.Mature);
        }

        double variance = expected + (results is { } known ? expected * expected / (KnownResults + known) : 0);
        return new(expected, expected * payout, payout * Math.Sqrt(variance));
    }
}
