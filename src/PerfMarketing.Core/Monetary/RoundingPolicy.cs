using PerfMarketing.Primitives;

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
/// <remarks>Terms <c>{"mode":"half-even","at":"period"}</c>; each is left out when it has its default.</remarks>
/// <param name="Mode">Where a digit that does not fit goes.</param>
/// <param name="At">When amounts are rounded.</param>
public readonly record struct RoundingPolicy(
    RoundingMode Mode = RoundingMode.HalfAwayFromZero, RoundAt At = RoundAt.Outcome) : ITerms
{
    /// <summary>
    /// Whether a reversal mirrors its credit; a policy for which it does not is refused for reversals.
    /// </summary>
    public bool IsSymmetric => Mode.IsSymmetric;

    /// <summary>Reads a policy.</summary>
    /// <param name="terms">Its terms.</param>
    public static RoundingPolicy Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Enum("mode", RoundingMode.HalfAwayFromZero), terms.Enum("at", RoundAt.Outcome));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("mode", Mode, RoundingMode.HalfAwayFromZero);
        terms.Enum("at", At, RoundAt.Outcome);
    }
}
