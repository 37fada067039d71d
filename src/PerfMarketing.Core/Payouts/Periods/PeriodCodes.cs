namespace PerfMarketing.Payouts.Periods;

/// <summary>The codes of what can be wrong with a payout over a period.</summary>
public static class PeriodCodes
{
    /// <summary>No kind has this name, or the kind's type was never registered: it would never pay.</summary>
    public const string KindUnknown = "period.kind-unknown";

    /// <summary>A clause of periods has no payout.</summary>
    public const string KindMissing = "period.kind-missing";

    /// <summary>An amount that is paid, advanced or guaranteed is not above zero.</summary>
    public const string AmountNotPositive = "period.amount-not-positive";

    /// <summary>A threshold is below zero.</summary>
    public const string ThresholdNegative = "period.threshold-negative";

    /// <summary>
    /// The measure cannot be summed for a period (another leg's amount), or is no amount where a rate is applied to it.
    /// </summary>
    public const string Measure = "period.measure";

    /// <summary>There is no step, there are too many, or one does not lie above the one before it.</summary>
    public const string Steps = "period.steps";

    /// <summary>A number of units is not above zero, or the greatest number is below it.</summary>
    public const string Units = "period.units";

    /// <summary>A baseline is named in more than one way, or lies too far back.</summary>
    public const string Baseline = "period.baseline";

    /// <summary>There are too many deductions.</summary>
    public const string Deductions = "period.deductions";

    /// <summary>A clause or a partner is named twice.</summary>
    public const string NamedTwice = "period.named-twice";
}
