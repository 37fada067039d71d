namespace PerfMarketing.Attribution.Rules;

/// <summary>Shares of the credit as whole billionths.</summary>
internal static class Shares
{
    /// <summary>The most decimals of a share.</summary>
    public const int DecimalsMax = 9;

    /// <summary>The whole.</summary>
    public const long One = 1_000_000_000;

    public static bool IsFine(decimal share) => decimal.Round(share, DecimalsMax) == share;

    public static bool IsValid(decimal share) => share is >= 0 and <= 1 && IsFine(share);

    /// <summary>A share in billionths.</summary>
    /// <exception cref="InvalidOperationException">It is no share.</exception>
    public static long Units(decimal share) => IsValid(share)
        ? (long)(share * One)
        : throw new InvalidOperationException("The shares are not valid: validate a rule before it is used.");

    public static long GreatestCommonDivisor(long left, long right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
