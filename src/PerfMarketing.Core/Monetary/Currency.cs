using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Monetary;

/// <summary>A currency of ISO 4217, with the number of digits of its minor unit.</summary>
/// <remarks>
/// <c>default</c> is no currency: <see cref="Code"/> throws. Two bytes; equality is an integer comparison.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<Currency>))]
public readonly partial struct Currency : IEquatable<Currency>, IParsable<Currency>
{
    private readonly ushort index;

    private Currency(int index) => this.index = (ushort)index;

    /// <summary>The alphabetic code, three capital letters.</summary>
    /// <exception cref="InvalidOperationException">The currency is <c>default</c>.</exception>
    public string Code =>
        index == 0 ? throw new InvalidOperationException("No currency is set.") : Iso4217.Codes[index];

    /// <summary>How many decimal digits the minor unit has: 0, 2, 3 or 4.</summary>
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
    public static Currency Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Currency found)
        ? found
        : throw new FormatException("Not a currency code of ISO 4217.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Currency result) =>
        TryParse(s.AsSpan(), out result);

    /// <inheritdoc/>
    public bool Equals(Currency other) => index == other.index;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Currency other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => index;

    /// <summary>The code; empty for <c>default</c>.</summary>
    public override string ToString() => index == 0 ? string.Empty : Code;

    internal static bool TryParse(ReadOnlySpan<char> code, out Currency result)
    {
        int found = code.Length == 3 ? Iso4217.IndexOf(code) : 0;
        result = new(found);
        return found > 0;
    }
}
