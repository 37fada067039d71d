using System.Numerics;

namespace PerfMarketing.Attribution;

/// <summary>
/// The weights of <see cref="HalvingWeight"/> for one half-life, each without a division of 128 bits.
/// </summary>
/// <remarks>
/// The fraction of a halving, rest · 2^64 / half-life rounded down, is found by the reciprocal of Möller and Granlund
/// (Improved Division by Invariant Integers, 2011), which is exact: the weights are those of the slow way, bit for bit.
/// </remarks>
internal readonly struct HalvingScale
{
    private readonly ulong halfLife;
    private readonly ulong divisor;
    private readonly ulong reciprocal;
    private readonly int shift;

    /// <summary>The scale of a half-life.</summary>
    /// <param name="halfLife">In the units in which ages are given; above 0 and below 2^57.</param>
    internal HalvingScale(ulong halfLife)
    {
        ArgumentOutOfRangeException.ThrowIfZero(halfLife);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(halfLife, 1UL << 57);
        this.halfLife = halfLife;
        shift = BitOperations.LeadingZeroCount(halfLife);
        divisor = halfLife << shift;
        reciprocal = (ulong)((UInt128.MaxValue / divisor) - ((UInt128)1 << 64));
    }

    /// <summary>The weight of an age.</summary>
    /// <param name="age">In the units of the half-life; not negative.</param>
    internal long Of(long age)
    {
        ulong rest = (ulong)age;
        int halvings = 0;
        if (rest >= halfLife)
        {
            if (rest >= halfLife * (HalvingWeight.ScaleBits + 1))
            {
                return 0;
            }

            (ulong whole, rest) = Math.DivRem(rest, halfLife);
            halvings = (int)whole;
        }

        return HalvingWeight.OfParts(halvings, Fraction(rest));
    }

    // rest · 2^64 / half-life, rounded down; rest is below the half-life.
    private ulong Fraction(ulong rest)
    {
        unchecked
        {
            ulong upper = rest << shift;
            ulong quotient = Math.BigMul(reciprocal, upper, out ulong low) + upper + 1;
            ulong left = 0 - (quotient * divisor);
            if (left > low)
            {
                quotient--;
                left += divisor;
            }

            return left >= divisor ? quotient + 1 : quotient;
        }
    }
}
