using System.Numerics;

namespace PerfMarketing.Tests.Contracts.Oracle;

/// <summary>An exact rational number, with nothing of the library in it.</summary>
internal readonly record struct Fraction
{
    public Fraction(BigInteger top, BigInteger bottom)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
        Top = top / divisor;
        Bottom = bottom / divisor;
    }

    public BigInteger Top { get; }

    public BigInteger Bottom { get; }

    public static implicit operator Fraction(int value) => new(value, 1);

    public static implicit operator Fraction(decimal value)
    {
        int[] bits = decimal.GetBits(value);
        BigInteger digits = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return new(bits[3] < 0 ? -digits : digits, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    public static Fraction operator +(Fraction a, Fraction b) =>
        new((a.Top * b.Bottom) + (b.Top * a.Bottom), a.Bottom * b.Bottom);

    public static Fraction operator -(Fraction a, Fraction b) =>
        new((a.Top * b.Bottom) - (b.Top * a.Bottom), a.Bottom * b.Bottom);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Top * b.Top, a.Bottom * b.Bottom);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Top * b.Bottom, a.Bottom * b.Top);

    public static bool operator <(Fraction a, Fraction b) => a.Top * b.Bottom < b.Top * a.Bottom;

    public static bool operator >(Fraction a, Fraction b) => b < a;

    public static bool operator <=(Fraction a, Fraction b) => !(b < a);

    public static bool operator >=(Fraction a, Fraction b) => !(a < b);

    public static Fraction Min(Fraction a, Fraction b) => a < b ? a : b;

    public static Fraction Max(Fraction a, Fraction b) => a < b ? b : a;

    /// <summary>The nearest whole number of units of 10^−digits, halves away from zero.</summary>
    public BigInteger Units(int digits)
    {
        BigInteger scaled = BigInteger.Abs(Top) * BigInteger.Pow(10, digits);
        BigInteger whole = ((2 * scaled) + Bottom) / (2 * Bottom);
        return Top.Sign < 0 ? -whole : whole;
    }

    /// <summary>The number with so many decimals, halves away from zero.</summary>
    public Fraction Rounded(int digits) => new(Units(digits), BigInteger.Pow(10, digits));

    /// <summary>The greatest whole number that is not above this one.</summary>
    public BigInteger Floor() => (Top - (((Top % Bottom) + Bottom) % Bottom)) / Bottom;

    /// <summary>The least whole number that is not below this one.</summary>
    public BigInteger Ceiling() => -new Fraction(-Top, Bottom).Floor();
}
