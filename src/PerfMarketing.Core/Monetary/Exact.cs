using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>Decimal arithmetic that says when a digit would be lost.</summary>
internal static class Exact
{
    private const ulong SmallMax = 1_000_000_000_000_000;

    private const long AlignedMax = 1L << 62;

    private const int ScaleMax = 28;

    private const int ScaleShift = 16;

    private const int SignBit = int.MinValue;

    private static readonly long[] ShortPowers =
        [.. Enumerable.Range(0, 16).Select(static i => (long)BigInteger.Pow(10, i))];

    private static readonly UInt128[] Powers =
        [.. Enumerable.Range(0, 29).Select(static i => (UInt128)BigInteger.Pow(10, i))];

    /// <summary>The product; as System.Decimal has it, digit for digit and with the same scale.</summary>
    internal static decimal Multiply(decimal left, decimal right)
    {
        Parts one = PartsOf(left);
        Parts other = PartsOf(right);
        int scale = one.Scale + other.Scale;
        return (one.High | other.High) == 0 && scale <= ScaleMax
            && Math.BigMul(one.Low, other.Low, out ulong product) == 0 && product != 0
            ? Make((one.Flags ^ other.Flags) & SignBit, scale, product)
            : MultiplyLong(left, right);
    }

    /// <summary>The sum; as System.Decimal has it, digit for digit and with the same scale.</summary>
    internal static decimal Add(decimal left, decimal right)
    {
        Parts one = PartsOf(left);
        Parts other = PartsOf(right);
        return TryAlign(one, other, out long sum, out long more) && (sum += more) != 0
            ? Make(sum < 0 ? SignBit : 0, Math.Max(one.Scale, other.Scale), (ulong)Math.Abs(sum))
            : AddLong(left, right);
    }

    /// <summary>Which of two numbers is greater.</summary>
    internal static int Compare(decimal left, decimal right) =>
        TryAlign(PartsOf(left), PartsOf(right), out long one, out long other)
            ? one.CompareTo(other)
            : left.CompareTo(right);

    /// <summary>Whether a number has at most fifteen digits, wherever its point is: then it is at most 10^15.</summary>
    internal static bool IsSmall(decimal value)
    {
        Parts parts = PartsOf(value);
        return parts.High == 0 && parts.Low <= SmallMax;
    }

    /// <summary>The number in units of 10^-digits; false when 64 bits may not be enough on the way.</summary>
    internal static bool TryRound(decimal value, int digits, RoundingMode mode, out long units)
    {
        Parts parts = PartsOf(value);
        int more = digits - parts.Scale;
        units = 0;
        if (parts.High != 0 || parts.Low > SmallMax || more is < -15 or > 3)
        {
            return false;
        }

        long signed = parts.Signed;
        units = more >= 0 ? signed * ShortPowers[more] : Divide(signed, ShortPowers[-more], mode);
        return true;
    }

    /// <summary>Whether the product of two numbers, and so each of them, has at most 64 bits.</summary>
    internal static bool IsShort(UInt128 left, UInt128 right) =>
        left <= ulong.MaxValue && right <= ulong.MaxValue && Math.BigMul((ulong)left, (ulong)right, out _) == 0;

    /// <summary>
    /// value × factor ÷ divisor, rounded towards zero, with what is left over; never overflows on the way.
    /// </summary>
    internal static UInt128 MultiplyDivide(UInt128 value, ulong factor, UInt128 divisor, out UInt128 remainder)
    {
        if (divisor <= ulong.MaxValue && IsShort(value, factor))
        {
            (ulong result, remainder) = Math.DivRem((ulong)value * factor, (ulong)divisor);
            return result;
        }

        if (UInt128.LeadingZeroCount(value) + UInt128.LeadingZeroCount(factor) >= 128)
        {
            (UInt128 quotient, remainder) = UInt128.DivRem(value * factor, divisor);
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
        UInt128 divisor = (UInt128)part.Denominator * PowerOfTen(Math.Max(-more, 0));
        UInt128 units = MultiplyDivide(
            Mantissa(value) * PowerOfTen(Math.Max(more, 0)),
            (ulong)Math.Abs(part.Numerator),
            divisor,
            out UInt128 remainder);
        units += remainder >= divisor - remainder ? 1u : 0u;
        return Compose(units, Accrual.Decimals, value < 0 != part.Numerator < 0);
    }

    /// <summary>The whole number nearest to a fraction with a positive divisor, by a rounding mode.</summary>
    internal static T Divide<T>(T numerator, T divisor, RoundingMode mode)
        where T : IBinaryInteger<T>
    {
        (T quotient, T remainder) = T.DivRem(numerator, divisor);
        T left = T.Abs(remainder);
        int half = left.CompareTo(divisor - left);
        bool away = mode switch
        {
            RoundingMode.HalfAwayFromZero => half >= 0,
            RoundingMode.HalfEven => half > 0 || (half == 0 && T.IsOddInteger(quotient)),
            RoundingMode.Down => false,
            RoundingMode.Floor => T.IsNegative(remainder),
            RoundingMode.Ceiling => T.IsPositive(remainder) && !T.IsZero(remainder),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a rounding mode."),
        };
        return !away ? quotient : T.IsNegative(numerator) ? quotient - T.One : quotient + T.One;
    }

    /// <summary>The digits of a number without its decimal point and sign.</summary>
    internal static UInt128 Mantissa(decimal value)
    {
        Parts parts = PartsOf(value);
        return new(parts.High, parts.Low);
    }

    /// <summary>A number from its digits; the inverse of <see cref="Mantissa"/>.</summary>
    internal static decimal Compose(UInt128 digits, int scale, bool negative)
    {
        if (digits >> 96 != 0)
        {
            throw new OverflowException("The number has more digits than a decimal holds.");
        }

        return new(
            unchecked((int)(uint)digits),
            unchecked((int)(uint)(digits >> 32)),
            unchecked((int)(uint)(digits >> 64)),
            negative && digits != 0,
            (byte)scale);
    }

    /// <summary>A count of units of 10^-scale as a number without zeros at its end.</summary>
    internal static decimal FromUnits(Int128 units, int scale)
    {
        UInt128 digits = (UInt128)Int128.Abs(units);
        while (scale > 0 && digits % 10 == 0)
        {
            digits /= 10;
            scale--;
        }

        return Compose(digits, scale, units < 0);
    }

    /// <summary>The same number without zeros at its end.</summary>
    internal static decimal Trim(decimal value) =>
        FromUnits(value < 0 ? -(Int128)Mantissa(value) : (Int128)Mantissa(value), value.Scale);

    internal static UInt128 PowerOfTen(int digits) => Powers[digits];

    /// <summary>A number as its digits and a byte of sign and scale; false when 64 bits are not enough.</summary>
    internal static bool TryPack(decimal value, out ulong digits, out byte form)
    {
        Parts parts = PartsOf(value);
        digits = parts.Low;
        form = unchecked((byte)((parts.Flags < 0 ? 0x80 : 0) | parts.Scale));
        return parts.High == 0;
    }

    /// <summary>The number that was packed, to the bit.</summary>
    internal static decimal Unpack(ulong digits, byte form) =>
        Make(unchecked((form & 0x80) << 24), form & 0x7F, digits);

    /// <summary>Whether two numbers are the same to the bit, zeros at the end included.</summary>
    internal static bool IsSame(decimal one, decimal other) => PartsOf(one) == PartsOf(other);

    private static Parts PartsOf(decimal value) => Unsafe.BitCast<decimal, Parts>(value);

    private static decimal Make(int sign, int scale, ulong digits) =>
        Unsafe.BitCast<Parts, decimal>(new(sign | (scale << ScaleShift), 0, digits));

    // Two numbers in the units of the one with more decimals, when 62 bits are enough for each.
    private static bool TryAlign(Parts one, Parts other, out long left, out long right)
    {
        left = one.Signed;
        right = other.Signed;
        int more = other.Scale - one.Scale;
        return (one.High | other.High) == 0 && ((one.Low | other.Low) >> 62) == 0
            && (more == 0 || (more > 0 ? TryScale(ref left, more) : TryScale(ref right, -more)));
    }

    private static bool TryScale(ref long value, int digits)
    {
        if (digits >= ShortPowers.Length)
        {
            return false;
        }

        long high = Math.BigMul(value, ShortPowers[digits], out value);
        return high == value >> 63 && value is > -AlignedMax and < AlignedMax;
    }

    // System.Decimal loses digits only by giving the result a smaller scale than the exact one has.
    private static decimal MultiplyLong(decimal left, decimal right)
    {
        decimal product = left * right;
        return product.Scale == left.Scale + right.Scale
            || Big(product, left.Scale + right.Scale) == Big(left, left.Scale) * Big(right, right.Scale)
            ? product
            : throw new InexactArithmeticException();
    }

    private static decimal AddLong(decimal left, decimal right)
    {
        decimal sum = left + right;
        int scale = Math.Max(left.Scale, right.Scale);
        return sum.Scale == scale || Big(sum, scale) == Big(left, scale) + Big(right, scale)
            ? sum
            : throw new InexactArithmeticException();
    }

    private static BigInteger Big(decimal value, int scale) =>
        (BigInteger)Mantissa(value) * decimal.Sign(value) * BigInteger.Pow(10, scale - value.Scale);

    // A decimal as it lies in memory: sign and scale, then 96 bits of digits, the highest 32 first.
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Parts(int Flags, uint High, ulong Low)
    {
        public int Scale => (Flags >> ScaleShift) & 0xFF;

        // Right for at most 63 bits.
        public long Signed => unchecked(Flags < 0 ? -(long)Low : (long)Low);
    }
}
