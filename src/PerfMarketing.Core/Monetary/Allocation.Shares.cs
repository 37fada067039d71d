using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

public static partial class Allocation
{
    /// <summary>The weights of shares that make up the whole: their numerators over one denominator.</summary>
    /// <param name="shares">Fractions that sum to one, or to less with one share that takes what remains.</param>
    /// <returns>One weight for each share.</returns>
    /// <exception cref="InvalidAllocationException">
    /// The shares cannot divide anything; its code says why, as <see cref="Check"/> does.
    /// </exception>
    public static long[] Weights(params ReadOnlySpan<AllocationShare> shares) =>
        Find(shares, out long[] weights) is { } code
            ? throw new InvalidAllocationException(code, "The shares do not make up the whole.")
            : weights;

    /// <summary>What is wrong with shares: for terms that were read and not yet trusted.</summary>
    /// <param name="shares">The shares.</param>
    /// <returns>One of <see cref="AllocationCodes"/>; null when the shares make up the whole.</returns>
    public static Reason? Check(params ReadOnlySpan<AllocationShare> shares) =>
        Find(shares, out _) is { } code ? new Reason(code) : null;

    private static string? Find(ReadOnlySpan<AllocationShare> shares, out long[] weights)
    {
        weights = [];
        if (shares.Length is 0 or > PartCountMax || CommonDenominator(shares) is not { } common)
        {
            return AllocationCodes.InvalidWeights;
        }

        var found = new long[shares.Length];
        Int128 left = common;
        int remaining = -1;
        for (int i = 0; i < shares.Length; i++)
        {
            if (shares[i].IsRemaining && remaining >= 0)
            {
                return AllocationCodes.TwoRemainders;
            }

            remaining = shares[i].IsRemaining ? i : remaining;
            Int128 weight = (Int128)shares[i].Fraction.Numerator * (common / shares[i].Fraction.Denominator);
            left -= weight;
            if (left < 0)
            {
                return AllocationCodes.SumExceedsOne;
            }

            found[i] = (long)weight;
        }

        if (remaining >= 0)
        {
            found[remaining] = (long)left;
        }
        else if (left > 0)
        {
            return AllocationCodes.SumBelowOne;
        }

        weights = found;
        return null;
    }

    private static long? CommonDenominator(ReadOnlySpan<AllocationShare> shares)
    {
        Int128 common = 1;
        foreach (AllocationShare share in shares)
        {
            Int128 denominator = share.Fraction.Denominator;
            common *= denominator / Ratio.GreatestCommonDivisor(common, denominator);
            if (common > long.MaxValue)
            {
                return null;
            }
        }

        return (long)common;
    }
}
