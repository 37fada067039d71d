using System.Numerics;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>Decimal arithmetic that says when a digit would be lost.</summary>
internal static class Exact
{
    // System.Decimal rounds silently by giving the result a smaller scale than the exact one needs.
    internal static decimal Multiply(decimal left, decimal right)
    {
        decimal product = left * right;
        return product.Scale >= left.Scale + right.Scale || Confirms(left, right, product)
            ? product
            : throw new InexactArithmeticException();
    }

    internal static decimal Add(decimal left, decimal right)
    {
        decimal sum = left + right;
        return sum.Scale >= Math.Max(left.Scale, right.Scale) || sum - left == right && sum - right == left
            ? sum
            : throw new InexactArithmeticException();
    }

    /// <summary>
    /// value × factor ÷ divisor, rounded towards zero, with what is left over; never overflows on the way.
    /// </summary>
    internal static UInt128 MultiplyDivide(UInt128 value, ulong factor, UInt128 divisor, out UInt128 remainder)
    {
        if (UInt128.LeadingZeroCount(value) + ulong.LeadingZeroCount(factor) >= 64)
        {
            UInt128 product = value * factor;
            UInt128 quotient = product / divisor;
            remainder = product - (quotient * divisor);
            return quotient;
        }

        BigInteger whole = BigInteger.DivRem((BigInteger)value * factor, divisor, out BigInteger left);
        remainder = (UInt128)left;
        return (UInt128)whole;
    }

    /// <summary>value × part with at most 12 decimals, half away from zero.</summary>
    internal static decimal Share(decimal value, Ratio part)
    {
        int more = Accrual.Decimals - value.Scale;
        BigInteger numerator = (BigInteger)Mantissa(value) * part.Numerator * (BigInteger)PowerOfTen(Math.Max(more, 0));
        BigInteger divisor = (BigInteger)part.Denominator * (BigInteger)PowerOfTen(Math.Max(-more, 0));
        BigInteger doubled = (2 * BigInteger.Abs(numerator)) + divisor;
        Int128 units = (Int128)(doubled / (2 * divisor));
        return FromUnits(value < 0 == part.Numerator < 0 ? units : -units);
    }

    /// <summary>A number of at most 12 decimals as a count of 10^-12.</summary>
    internal static Int128 ToUnits(decimal value)
    {
        Int128 units = Mantissa(value) * PowerOfTen(Accrual.Decimals - value.Scale);
        return value < 0 ? -units : units;
    }

    /// <summary>A count of 10^-12 as a number.</summary>
    internal static decimal FromUnits(Int128 units)
    {
        UInt128 magnitude = (UInt128)Int128.Abs(units);
        decimal mantissa = (decimal)magnitude;
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(mantissa, bits);
        return new(bits[0], bits[1], bits[2], units < 0, Accrual.Decimals);
    }

    /// <summary>The digits of a number without its decimal point and sign.</summary>
    internal static Int128 Mantissa(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        ulong low = (uint)bits[0] | ((ulong)(uint)bits[1] << 32);
        return (Int128)new UInt128((uint)bits[2], low);
    }

    internal static Int128 PowerOfTen(int digits)
    {
        Int128 power = 1;
        for (int i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }

    /// <summary>The whole number nearest to a fraction by a rounding mode.</summary>
    internal static Int128 Divide(Int128 numerator, Int128 divisor, RoundingMode mode)
    {
        (Int128 quotient, Int128 remainder) = Int128.DivRem(numerator, divisor);
        Int128 twice = Int128.Abs(remainder) * 2;
        bool away = mode switch
        {
            RoundingMode.HalfAwayFromZero => twice >= divisor,
            RoundingMode.HalfEven => twice > divisor || (twice == divisor && Int128.IsOddInteger(quotient)),
            RoundingMode.Down => false,
            RoundingMode.Floor => remainder < 0,
            RoundingMode.Ceiling => remainder > 0,
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a rounding mode."),
        };
        return away ? quotient + Int128.Sign(numerator) : quotient;
    }

    internal static MidpointRounding Midpoint(RoundingMode mode) => mode switch
    {
        RoundingMode.HalfAwayFromZero => MidpointRounding.AwayFromZero,
        RoundingMode.HalfEven => MidpointRounding.ToEven,
        RoundingMode.Down => MidpointRounding.ToZero,
        RoundingMode.Floor => MidpointRounding.ToNegativeInfinity,
        RoundingMode.Ceiling => MidpointRounding.ToPositiveInfinity,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a rounding mode."),
    };

    internal static decimal Normalise(decimal value, int digitsMin)
    {
        decimal trimmed = value / 1.0000000000000000000000000000m;
        return trimmed.Scale >= digitsMin
            ? trimmed
            : decimal.Round(trimmed, digitsMin) + new decimal(0, 0, 0, false, (byte)digitsMin);
    }

    // Trailing zeros may have been dropped without loss: try again with the shortest forms.
    private static bool Confirms(decimal left, decimal right, decimal product)
    {
        decimal a = Normalise(left, 0);
        decimal b = Normalise(right, 0);
        return product == 0 ? a == 0 || b == 0 : (a * b).Scale >= a.Scale + b.Scale;
    }
}
