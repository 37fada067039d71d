using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>A currency of ISO 4217, with the number of digits of its minor unit.</summary>
/// <remarks>
/// The list is pinned to <see cref="ListDate"/>. Digits are ISO's: payment providers that treat a currency otherwise
/// are an adapter's business. <c>default</c> is no currency: <see cref="Code"/> throws, and only an amount of nothing
/// may have it.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<Currency>))]
public readonly partial struct Currency : IEquatable<Currency>, ISpanParsable<Currency>, ISpanFormattable
{
    private readonly ushort index;

    private Currency(int index) => this.index = (ushort)index;

    /// <summary>The day of the ISO 4217 list that is used.</summary>
    public static LocalDate ListDate { get; } = new(2026, 1, 1);

    /// <summary>Every currency of the list, by code.</summary>
    public static ValueList<Currency> All { get; } =
        Enumerable.Range(1, Iso4217.Codes.Length - 1).Select(static i => new Currency(i)).ToValueList();

    /// <summary>The alphabetic code, three capital letters.</summary>
    /// <exception cref="InvalidOperationException">The currency is <c>default</c>.</exception>
    public string Code =>
        index > 0 ? Iso4217.Codes[index] : throw new InvalidOperationException("No currency is set.");

    /// <summary>The numeric code, such as 978 for the euro; 0 for <c>default</c>.</summary>
    public int Number => Iso4217.Numbers[index];

    /// <summary>How many decimal digits the minor unit has: 0, 2, 3 or 4; 0 for <c>default</c>.</summary>
    public int MinorDigits => Iso4217.Digits[index];

    /// <summary>Whether this is <c>default</c> and so no currency.</summary>
    public bool IsUnset => index == 0;

    /// <summary>Whether two currencies are the same.</summary>
    public static bool operator ==(Currency left, Currency right) => left.index == right.index;

    /// <summary>Whether two currencies differ.</summary>
    public static bool operator !=(Currency left, Currency right) => left.index != right.index;

    /// <summary>The currency with a code.</summary>
    /// <param name="s">Three capital letters.</param>
    /// <param name="provider">Not used: codes have no culture.</param>
    /// <exception cref="FormatException">ISO 4217 has no such currency.</exception>
    public static Currency Parse(string s, IFormatProvider? provider = null) => Parse(s.AsSpan(), provider);

    /// <inheritdoc cref="Parse(string, IFormatProvider?)"/>
    public static Currency Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Currency found)
            ? found
            : throw new FormatException("Not a currency code of ISO 4217.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Currency result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Currency result)
    {
        result = new(Iso4217.IndexOf(s));
        return result.index > 0;
    }

    /// <inheritdoc/>
    public bool Equals(Currency other) => index == other.index;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Currency other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => index;

    /// <summary>The code; empty for <c>default</c>.</summary>
    public override string ToString() => Iso4217.Codes[index];

    /// <summary>The code; format and culture make no difference.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        bool fits = Iso4217.Codes[index].AsSpan().TryCopyTo(destination);
        charsWritten = fits ? Iso4217.Codes[index].Length : 0;
        return fits;
    }
}
