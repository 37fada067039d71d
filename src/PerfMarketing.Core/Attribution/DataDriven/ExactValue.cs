using System.Globalization;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Values as whole numbers of 10^−15, whose sums do not depend on the order of adding.</summary>
internal static class ExactValue
{
    /// <summary>How many decimals a value has at most.</summary>
    internal const int Decimals = 15;

    /// <summary>One in units.</summary>
    internal const long Unit = 1_000_000_000_000_000;

    private static ReadOnlySpan<long> Tens =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, Unit,
    ];

    /// <summary>A value in units of 10^−15; finer decimals are rounded, half to even.</summary>
    /// <exception cref="OverflowException">The value is not below 10^23.</exception>
    internal static Int128 Of(decimal value)
    {
        if (value.Scale > Decimals)
        {
            value = decimal.Round(value, Decimals);
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        ulong low = unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        ulong tens = (ulong)Tens[Decimals - value.Scale];
        Int128 units = bits[2] == 0
            ? (Int128)Math.BigMul(low, tens)
            : (Int128)(new UInt128((uint)bits[2], low) * tens);
        return bits[3] < 0 ? -units : units;
    }

    /// <summary>The value, with all its digits when they are at most 28.</summary>
    internal static decimal ToDecimal(Int128 units)
    {
        (Int128 whole, Int128 rest) = (units / Unit, units % Unit);
        return (decimal)whole + Trim((decimal)rest / Unit);
    }

    /// <summary>The value as a floating-point number.</summary>
    internal static double ToDouble(Int128 units) => (double)units / Unit;

    // Trailing zeros are no digits.
    private static decimal Trim(decimal value) => decimal.Parse(
        value.ToString("0.###############", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
