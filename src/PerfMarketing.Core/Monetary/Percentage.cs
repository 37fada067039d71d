using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>A rate as an exact fraction: 12 % is 0.12. At most 9 decimals of the fraction.</summary>
/// <remarks>
/// Text form <c>12%</c>, <c>2.9%</c>, written without zeros at the end, read with at most 7 decimals. <c>default</c> is
/// 0 %.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<Percentage>))]
public readonly record struct Percentage : IComparable<Percentage>, ISpanParsable<Percentage>, ISpanFormattable
{
    /// <summary>The most decimals of <see cref="Fraction"/>.</summary>
    public const int DecimalsMax = 9;

    /// <summary>The greatest magnitude of <see cref="Fraction"/>: 1,000,000 %.</summary>
    public const decimal FractionMax = 10_000m;

    private Percentage(decimal fraction) => Fraction = fraction;

    /// <summary>The rate as a fraction of one.</summary>
    public decimal Fraction { get; }

    /// <summary>Whether one rate is below another.</summary>
    public static bool operator <(Percentage left, Percentage right) => left.Fraction < right.Fraction;

    /// <summary>Whether one rate is at most another.</summary>
    public static bool operator <=(Percentage left, Percentage right) => left.Fraction <= right.Fraction;

    /// <summary>Whether one rate is above another.</summary>
    public static bool operator >(Percentage left, Percentage right) => left.Fraction > right.Fraction;

    /// <summary>Whether one rate is at least another.</summary>
    public static bool operator >=(Percentage left, Percentage right) => left.Fraction >= right.Fraction;

    /// <summary>A rate from its fraction: 0.12 is 12 %.</summary>
    /// <param name="fraction">The fraction, with at most 9 decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than 9 decimals, or beyond ±10,000.</exception>
    public static Percentage FromFraction(decimal fraction) => IsValid(fraction, FractionMax, DecimalsMax)
        ? new(fraction)
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "At most 9 decimals, within ±10,000.");

    /// <summary>A rate from its number of hundredths: 12 is 12 %.</summary>
    /// <param name="percent">The number before the percent sign, with at most 7 decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than 7 decimals, or beyond 1,000,000 %.</exception>
    public static Percentage FromPercent(decimal percent) => IsValid(percent, FractionMax * 100, DecimalsMax - 2)
        ? new(percent / 100)
        : throw new ArgumentOutOfRangeException(nameof(percent), percent, "At most 7 decimals, within ±1,000,000.");

    /// <summary>Reads a rate such as <c>2.9%</c>.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: rates have no culture.</param>
    /// <exception cref="FormatException">The text is not a rate.</exception>
    public static Percentage Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static Percentage Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Percentage found)
            ? found
            : throw new FormatException("A rate is written like 12% or 2.9%.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Percentage result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Percentage result)
    {
        result = default;
        if (s.IsEmpty || s[^1] != '%'
            || !AmountText.TryReadNumber(s[..^1], out bool negative, out UInt128 digits, out int scale)
            || scale > DecimalsMax - 2)
        {
            return false;
        }

        result = new(Exact.Compose(digits, scale + 2, negative));
        return Math.Abs(result.Fraction) <= FractionMax;
    }

    /// <inheritdoc/>
    public int CompareTo(Percentage other) => Fraction.CompareTo(other.Fraction);

    /// <summary>The rate as text, such as <c>2.9%</c>.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[AmountText.LengthMax];
        _ = TryFormat(text, out int length, default, null);
        return new(text[..length]);
    }

    /// <summary>The rate as text; format and culture make no difference.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        decimal percent = Fraction * 100;
        charsWritten = 0;
        if (!AmountText.TryWriteNumber(
            destination, out int length, percent < 0, Exact.Mantissa(percent), percent.Scale, 0)
            || destination.Length == length)
        {
            return false;
        }

        destination[length] = '%';
        charsWritten = length + 1;
        return true;
    }

    private static bool IsValid(decimal value, decimal max, int decimals) =>
        Math.Abs(value) <= max && decimal.Round(value, decimals) == value;
}
