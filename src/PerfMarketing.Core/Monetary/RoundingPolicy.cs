namespace PerfMarketing.Monetary;

/// <summary>Where a digit that does not fit goes.</summary>
public enum RoundingMode
{
    /// <summary>To the nearest; a half away from zero, so that a reversal mirrors its credit. The default.</summary>
    HalfAwayFromZero,

    /// <summary>To the nearest; a half to the even neighbour.</summary>
    HalfEven,

    /// <summary>Towards zero.</summary>
    Down,

    /// <summary>Towards negative infinity. Not symmetric: refused for reversals.</summary>
    Floor,

    /// <summary>Towards positive infinity. Not symmetric: refused for reversals.</summary>
    Ceiling,
}

/// <summary>When exact amounts become posted ones.</summary>
public enum RoundAt
{
    /// <summary>Each outcome on its own. The default.</summary>
    Outcome,

    /// <summary>The running sum of the period: each outcome posts the difference of two rounded sums.</summary>
    Period,
}

/// <summary>How and when an exact amount is rounded to the currency's grid; a term of every contract.</summary>
/// <param name="Mode">Where a digit that does not fit goes.</param>
/// <param name="At">When amounts are rounded.</param>
public readonly record struct RoundingPolicy(
    RoundingMode Mode = RoundingMode.HalfAwayFromZero, RoundAt At = RoundAt.Outcome);
