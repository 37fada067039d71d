using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace PerfMarketing.Primitives;

/// <summary>An exact fraction of two whole numbers, always reduced: a credit share, a part of a period.</summary>
/// <remarks>
/// Text form <c>17/31</c>, a whole number with its denominator too: <c>1/1</c>. Reading reduces: <c>2/4</c> is
/// <c>1/2</c>. <c>default</c> is zero. Arithmetic is exact or throws <see cref="OverflowException"/>.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<Ratio>))]
public readonly record struct Ratio : IComparable<Ratio>, IParsable<Ratio>, IFormattable
{
    // One less than the denominator, so that default is 0/1.
    private readonly long denominatorLessOne;

    /// <summary>Makes a fraction and reduces it.</summary>
    /// <param name="numerator">The part; may be negative.</param>
    /// <param name="denominator">The whole; more than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is not positive.</exception>
    public Ratio(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        ulong left = numerator < 0 ? unchecked((ulong)-numerator) : (ulong)numerator;
        ulong right = (ulong)denominator;
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        Numerator = numerator / (long)left;
        denominatorLessOne = (denominator / (long)left) - 1;
    }

    private Ratio(Int128 numerator, Int128 denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        Int128 divisor = GreatestCommonDivisor(Int128.Abs(numerator), denominator);
        Numerator = (long)(numerator / divisor);
        denominatorLessOne = (long)(denominator / divisor) - 1;
    }

    /// <summary>Nothing: 0/1.</summary>
    public static Ratio Zero => default;

    /// <summary>The whole: 1/1.</summary>
    public static Ratio One { get; } = new(1, 1);

    /// <summary>The number above the line, reduced; it has the fraction's sign.</summary>
    public long Numerator { get; }

    /// <summary>The number below the line, reduced; at least 1.</summary>
    public long Denominator => denominatorLessOne + 1;

    /// <summary>The exact sum.</summary>
    public static Ratio operator +(Ratio left, Ratio right) => new(
        ((Int128)left.Numerator * right.Denominator) + ((Int128)right.Numerator * left.Denominator),
        (Int128)left.Denominator * right.Denominator);

    /// <summary>The exact difference.</summary>
    public static Ratio operator -(Ratio left, Ratio right) => left + -right;

    /// <summary>The same fraction with the other sign.</summary>
    public static Ratio operator -(Ratio value) => new(-value.Numerator, value.Denominator);

    /// <summary>The exact product.</summary>
    public static Ratio operator *(Ratio left, Ratio right) => new(
        (Int128)left.Numerator * right.Numerator, (Int128)left.Denominator * right.Denominator);

    /// <summary>The exact quotient.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static Ratio operator /(Ratio left, Ratio right) => right.Numerator == 0
        ? throw new DivideByZeroException()
        : new(
            (Int128)left.Numerator * right.Denominator * Math.Sign(right.Numerator),
            (Int128)left.Denominator * Math.Abs(right.Numerator));

    /// <summary>Whether one fraction is below another.</summary>
    public static bool operator <(Ratio left, Ratio right) => left.CompareTo(right) < 0;

    /// <summary>Whether one fraction is at most another.</summary>
    public static bool operator <=(Ratio left, Ratio right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one fraction is above another.</summary>
    public static bool operator >(Ratio left, Ratio right) => left.CompareTo(right) > 0;

    /// <summary>Whether one fraction is at least another.</summary>
    public static bool operator >=(Ratio left, Ratio right) => left.CompareTo(right) >= 0;

    /// <summary>The fraction a decimal number is: 0.33 is 33/100.</summary>
    /// <param name="value">The number.</param>
    /// <exception cref="OverflowException">The reduced fraction needs more than 64 bits.</exception>
    public static Ratio FromDecimal(decimal value)
    {
        decimal one = 1;
        while (decimal.Truncate(value) != value)
        {
            value *= 10;
            one *= 10;
        }

        return new((Int128)value, (Int128)one);
    }

    /// <summary>Reads a fraction such as <c>17/31</c>.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: fractions have no culture.</param>
    /// <exception cref="FormatException">The text is not a fraction.</exception>
    public static Ratio Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out Ratio found)
        ? found
        : throw new FormatException("A fraction is written like 17/31.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Ratio result)
    {
        result = default;
        ReadOnlySpan<char> text = s;
        int line = text.IndexOf('/');
        if (line < 1 || text[0] == '+'
            || !long.TryParse(text[..line], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long above)
            || !long.TryParse(text[(line + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long below)
            || below == 0)
        {
            return false;
        }

        result = new(above, below);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Ratio other) =>
        ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);

    /// <summary>The fraction as text, such as <c>17/31</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    /// <summary>The fraction as text; format and culture make no difference.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    internal static Int128 GreatestCommonDivisor(Int128 left, Int128 right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
