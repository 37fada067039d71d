using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>A number of results that traffic shall bring, such as impressions, clicks or conversions.</summary>
/// <param name="Target">How many are wanted in all; 0 when none are.</param>
/// <param name="DefaultRatio">
/// How many results one request brings as long as nothing was achieved; above zero. 1 where requests are what is
/// wanted.
/// </param>
public readonly record struct InventoryTarget(long Target, Ratio DefaultRatio)
{
    /// <summary>How many were achieved; not negative.</summary>
    public long Achieved { get; init; }

    /// <summary>How many requests were bought so far; not negative.</summary>
    public long Bought { get; init; }

    /// <summary>How many requests are still needed; 0 when the target is reached.</summary>
    /// <remarks>
    /// What remains, over the ratio that was observed, rounded up. The default counts as long as requests brought
    /// nothing.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or the ratio is not above zero.</exception>
    /// <exception cref="OverflowException">More than 9 × 10^18 requests would be needed.</exception>
    public long Required()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Target, nameof(Target));
        ArgumentOutOfRangeException.ThrowIfNegative(Achieved, nameof(Achieved));
        ArgumentOutOfRangeException.ThrowIfNegative(Bought, nameof(Bought));
        (long results, long requests) = Achieved > 0 && Bought > 0
            ? (Achieved, Bought)
            : (DefaultRatio.Numerator, DefaultRatio.Denominator);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(results, nameof(DefaultRatio));
        Int128 needed = (Int128)Math.Max(0, Target - Achieved) * requests;
        return checked((long)((needed + results - 1) / results));
    }
}
