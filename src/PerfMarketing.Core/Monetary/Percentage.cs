using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>A rate as an exact fraction: 12 % is 0.12. At most 9 decimals of the fraction.</summary>
/// <remarks>Text form <c>12%</c>, <c>2.9%</c>. <c>default</c> is 0 %.</remarks>
[JsonConverter(typeof(TextJsonConverter<Percentage>))]
public readonly record struct Percentage : IComparable<Percentage>, IParsable<Percentage>, IFormattable
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
    /// <exception cref="ArgumentOutOfRangeException">
    /// More than 9 decimals, or beyond <see cref="FractionMax"/>.
    /// </exception>
    public static Percentage FromFraction(decimal fraction) => IsValid(fraction)
        ? new(fraction)
        : throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "At most 9 decimals, within ±10,000.");

    /// <summary>A rate from its number of hundredths: 12 is 12 %.</summary>
    /// <param name="percent">The number before the percent sign, with at most 7 decimals.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than 7 decimals, or beyond 1,000,000 %.</exception>
    public static Percentage FromPercent(decimal percent) => FromFraction(percent / 100);

    /// <inheritdoc/>
    public static Percentage Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Percentage found)
        ? found
        : throw new FormatException("A rate is written like 12% or 2.9%.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Percentage result)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        result = default;
        if (s is null || s.Length is < 2 or > 24 || s[^1] != '%'
            || !decimal.TryParse(s.AsSpan(0, s.Length - 1), Style, CultureInfo.InvariantCulture, out decimal percent)
            || Math.Abs(percent) > FractionMax * 100 || !IsValid(percent / 100))
        {
            return false;
        }

        result = new(percent / 100);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Percentage other) => Fraction.CompareTo(other.Fraction);

    /// <summary>The rate as text, such as <c>2.9%</c>.</summary>
    public override string ToString() => (Fraction * 100).ToString("0.#######", CultureInfo.InvariantCulture) + "%";

    /// <summary>The rate as text; format and culture make no difference.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    private static bool IsValid(decimal fraction) =>
        Math.Abs(fraction) <= FractionMax && decimal.Round(fraction, DecimalsMax) == fraction;
}
