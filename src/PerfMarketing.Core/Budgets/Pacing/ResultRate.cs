namespace PerfMarketing.Budgets.Pacing;

/// <summary>How many results a touch brings, as far as it is known: a Gamma distribution.</summary>
/// <remarks>
/// Touches count as far as their results can have come: a thousand clicks of today are no thousand clicks without a
/// sale. With <c>a</c> results from <c>b</c> touches taken for granted beforehand, the mean is
/// <c>(a + results) / (b + Σ touches × mature)</c>.
/// </remarks>
/// <param name="Shape">The results, with those taken for granted.</param>
/// <param name="Touches">The touches, as far as they are mature, with those taken for granted.</param>
public readonly record struct ResultRate(double Shape, double Touches)
{
    /// <summary>How many results are taken for granted.</summary>
    public const double PriorResults = 0.5;

    /// <summary>How many touches are taken for granted.</summary>
    public const double PriorTouches = 40;

    /// <summary>The mean of the rate: results by touch.</summary>
    public double Mean => Shape / Touches;

    /// <summary>The rate that touches and their results so far speak for.</summary>
    /// <param name="results">How many results came; not negative.</param>
    /// <param name="cohorts">The touches.</param>
    public static ResultRate Of(long results, ReadOnlySpan<InFlightCohort> cohorts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(results);
        double mature = 0;
        foreach (InFlightCohort cohort in cohorts)
        {
            cohort.Check();
            mature += cohort.Touches * cohort.Mature;
        }

        return new(PriorResults + results, PriorTouches + mature);
    }

    /// <summary>The rate that is not reached with a chance: the quantile of the distribution.</summary>
    /// <param name="chance">The chance; above 0 and below 1.</param>
    public double Quantile(double chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(chance, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chance, 1);
        (double low, double high) = (0, 1);
        while (GammaFunction.Lower(Shape, high * Touches) < chance)
        {
            high *= 2;
        }

        for (int i = 0; i < 200 && high - low > high * 1e-15; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = GammaFunction.Lower(Shape, middle * Touches) < chance ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
