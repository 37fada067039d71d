using System.Numerics;
using PerfMarketing.Monetary;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>An exact fraction: the oracle's own arithmetic.</summary>
internal readonly struct Rational : IComparable<Rational>, IEquatable<Rational>
{
    private static readonly BigInteger[] Tens = [.. Enumerable.Range(0, 40).Select(static n => BigInteger.Pow(10, n))];

    private readonly BigInteger denominator;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign < 0)
        {
            (numerator, denominator) = (-numerator, -denominator);
        }

        if (!denominator.IsOne)
        {
            var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
            (numerator, denominator) = common.IsOne ? (numerator, denominator)
                : (numerator / common, denominator / common);
        }

        Numerator = numerator;
        this.denominator = denominator;
    }

    public static Rational Zero => default;

    public static Rational One => new(1, 1);

    public BigInteger Numerator { get; }

    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    public int Sign => Numerator.Sign;

    public static Rational operator +(Rational left, Rational right) => left.Denominator == right.Denominator
        ? new(left.Numerator + right.Numerator, left.Denominator)
        : new(
            (left.Numerator * right.Denominator) + (right.Numerator * left.Denominator),
            left.Denominator * right.Denominator);

    public static Rational operator -(Rational left, Rational right) => left + new Rational(
        -right.Numerator, right.Denominator);

    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Rational operator /(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static bool operator ==(Rational left, Rational right) => left.Equals(right);

    public static bool operator !=(Rational left, Rational right) => !left.Equals(right);

    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    /// <summary>A number exactly as it is written.</summary>
    public static Rational Of(decimal value)
    {
        BigInteger mantissa = MantissaOf(value, out int scale);
        return new(mantissa, Ten(scale));
    }

    /// <summary>A power of ten.</summary>
    public static BigInteger Ten(int exponent) => Tens[exponent];

    /// <summary>Whether a number as it is written is this one.</summary>
    public bool Is(decimal value)
    {
        BigInteger mantissa = MantissaOf(value, out int scale);
        return mantissa * Denominator == Numerator * Ten(scale);
    }

    public static Rational Of(long value) => new(value, BigInteger.One);

    /// <summary>The nearest whole number of 10^-digits, counted in those.</summary>
    public BigInteger Round(int digits, RoundingMode mode)
    {
        BigInteger scaled = Numerator * Ten(digits);
        var whole = BigInteger.DivRem(BigInteger.Abs(scaled), Denominator, out BigInteger rest);
        int half = (2 * rest).CompareTo(Denominator);
        bool up = mode switch
        {
            RoundingMode.HalfAwayFromZero => half >= 0,
            RoundingMode.HalfEven => half > 0 || (half == 0 && !whole.IsEven),
            _ => false,
        };
        BigInteger size = up ? whole + 1 : whole;
        return scaled.Sign < 0 ? -size : size;
    }

    /// <summary>With so many decimals at most; a half goes away from zero.</summary>
    public Rational Quantised(int digits) =>
        new(Round(digits, RoundingMode.HalfAwayFromZero), Ten(digits));

    public int CompareTo(Rational other) => Denominator == other.Denominator
        ? Numerator.CompareTo(other.Numerator)
        : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    public override string ToString() => $"{Numerator}/{Denominator}";

    // The digits, and how many of them stand behind the point.
    private static BigInteger MantissaOf(decimal value, out int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        scale = (bits[3] >> 16) & 0xFF;
        unchecked
        {
            BigInteger low = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
            BigInteger mantissa = bits[2] == 0 ? low : ((BigInteger)(uint)bits[2] << 64) | low;
            return bits[3] < 0 ? -mantissa : mantissa;
        }
    }
}
