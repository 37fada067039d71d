using System.Globalization;
using System.Numerics;
using PerfMarketing.Monetary;

namespace PerfMarketing.Tests.Monetary;

/// <summary>An exact fraction of big integers: what every computation is checked against.</summary>
internal readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    public static implicit operator Fraction(decimal value)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int scale = point < 0 ? 0 : text.Length - point - 1;
        return new(
            BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture),
            BigInteger.Pow(10, scale));
    }

    public static Fraction operator +(Fraction a, Fraction b) =>
        new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Fraction operator *(Fraction a, Fraction b) =>
        new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Fraction operator /(Fraction a, Fraction b) => new(
        a.Numerator * b.Denominator * b.Numerator.Sign, a.Denominator * BigInteger.Abs(b.Numerator));

    public bool Is(Fraction other) => Numerator * other.Denominator == other.Numerator * Denominator;

    /// <summary>The nearest multiple of 10^-digits, told by comparing distances.</summary>
    public Fraction Round(int digits, RoundingMode mode)
    {
        Fraction grid = digits >= 0
            ? new(BigInteger.Pow(10, digits), 1)
            : new(1, BigInteger.Pow(10, -digits));
        Fraction scaled = this * grid;
        BigInteger floor = BigInteger.DivRem(scaled.Numerator, scaled.Denominator, out BigInteger rest);
        floor -= rest.Sign < 0 ? 1 : 0;
        BigInteger above = scaled.Numerator - (floor * scaled.Denominator);
        bool isExact = above.IsZero;
        int half = (2 * above).CompareTo(scaled.Denominator);
        bool up = !isExact && mode switch
        {
            RoundingMode.Floor => false,
            RoundingMode.Ceiling => true,
            RoundingMode.Down => Numerator.Sign < 0,
            RoundingMode.HalfEven => half > 0 || (half == 0 && !floor.IsEven),
            _ => half > 0 || (half == 0 && Numerator.Sign > 0),
        };
        return new Fraction(floor + (up ? 1 : 0), 1) / grid;
    }
}
