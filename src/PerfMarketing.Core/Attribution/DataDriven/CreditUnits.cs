using System.Runtime.CompilerServices;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>
/// Shares of one conversion in whole units of 2^−62, so that sums over many conversions do not depend on their order.
/// </summary>
/// <remarks>
/// A touch has weight · 2^62 / total, rounded down; the newest credited touch has what is left of the 2^62. So every
/// conversion is shared out to the last unit, whatever rule made the weights.
/// </remarks>
internal static class CreditUnits
{
    /// <summary>A whole conversion.</summary>
    internal const long One = 1L << 62;

    // 2^108: a weight of at most 2^46 times the reciprocal of a total is a share in units after 46 bits are dropped.
    private const double Dividend = 324518553658426726783156020576256.0;

    /// <summary>The units of a weight.</summary>
    /// <param name="weight">From 0 to <paramref name="total"/>.</param>
    /// <param name="total">Above 0.</param>
    internal static long Of(UInt128 weight, UInt128 total) => (long)((weight << 62) / total);

    /// <summary>The same, without a division of 128 bits.</summary>
    /// <param name="weight">From 0 to 2^46.</param>
    /// <param name="total">From 2^46 to 2^62.</param>
    /// <param name="reciprocal">That of the total.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Of(long weight, long total, long reciprocal)
    {
        unchecked
        {
            // At most one too few, so that what is left is below twice the total and has its sign.
            ulong upper = Math.BigMul((ulong)weight, (ulong)reciprocal, out ulong lower);
            var units = (long)((upper << 18) | (lower >> 46));
            long left = (weight << 62) - (units * total);
            return units + Unsafe.BitCast<bool, byte>(left >= total);
        }
    }

    /// <summary>2^108 / total, rounded down.</summary>
    /// <param name="total">From 2^46 to 2^62.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long Reciprocal(long total)
    {
        unchecked
        {
            // Within 2^10 first, and within 1 then: what is left of 2^108 has its sign in 64 bits both times.
            var near = (long)(Dividend / total);
            near += (long)((double)-(near * total) / total);
            long left = -(near * total);
            return near - Unsafe.BitCast<bool, byte>(left < 0) + Unsafe.BitCast<bool, byte>(left >= total);
        }
    }

    /// <summary>Units as conversions: the nearest floating-point number.</summary>
    internal static double ToDouble(Int128 units) => (double)units / One;
}
