namespace PerfMarketing.Monetary;

/// <summary>Rounds numbers that are not amounts, and says which modes treat credits and reversals alike.</summary>
public static class Rounding
{
    /// <summary>The most digits on either side of the point.</summary>
    public const int DigitsMax = 28;

    extension(RoundingMode mode)
    {
        /// <summary>Whether a reversal mirrors its credit: the mode treats both signs alike.</summary>
        public bool IsSymmetric =>
            mode is RoundingMode.HalfAwayFromZero or RoundingMode.HalfEven or RoundingMode.Down;
    }

    /// <summary>
    /// A number with a number of decimals; a negative number of them rounds to tens, hundreds and so on.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">From −28 to 28: 2 keeps cents, −2 keeps hundreds.</param>
    /// <param name="mode">Where a digit that does not fit goes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The digits or the mode are out of range.</exception>
    /// <exception cref="OverflowException">The rounded number is larger than a decimal holds.</exception>
    public static decimal Round(decimal value, int digits, RoundingMode mode = RoundingMode.HalfAwayFromZero)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, -DigitsMax);
        return digits >= 0 ? decimal.Round(value, digits, Midpoint(mode)) : ToTens(value, -digits, mode);
    }

    // What stands after the point only matters when it breaks a tie: one half of a unit stands for all of it.
    private static decimal ToTens(decimal value, int zeros, RoundingMode mode)
    {
        decimal whole = decimal.Truncate(value);
        Int128 doubled = ((Int128)whole * 2) + decimal.Sign(value - whole);
        var ten = (Int128)Exact.PowerOfTen(zeros);
        return (decimal)(Exact.Divide(doubled, ten * 2, mode) * ten);
    }

    private static MidpointRounding Midpoint(RoundingMode mode) => mode switch
    {
        RoundingMode.HalfAwayFromZero => MidpointRounding.AwayFromZero,
        RoundingMode.HalfEven => MidpointRounding.ToEven,
        RoundingMode.Down => MidpointRounding.ToZero,
        RoundingMode.Floor => MidpointRounding.ToNegativeInfinity,
        RoundingMode.Ceiling => MidpointRounding.ToPositiveInfinity,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a rounding mode."),
    };
}
