using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Time;

/// <summary>A month as terms write it: <c>2026-03</c>.</summary>
/// <remarks>
/// ISO calendar, years 0001 to 9999. <c>default</c> is <c>0001-01</c>. Converts from and to <see cref="YearMonth"/>.
/// </remarks>
/// <param name="Value">The month.</param>
[JsonConverter(typeof(TextJsonConverter<MonthText>))]
public readonly record struct MonthText(YearMonth Value) : IParsable<MonthText>
{
    /// <summary>The month. As its text form.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator MonthText(YearMonth value) => new(value);

    /// <summary>The value of a text form.</summary>
    /// <param name="text">The text form.</param>
    public static implicit operator YearMonth(MonthText text) => text.Value;

    /// <inheritdoc/>
    public static MonthText Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out MonthText found)
            ? found
            : throw new FormatException("A month is written like 2026-03.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MonthText result)
    {
        YearMonth value = default;
        bool valid = s is { Length: <= 7 } && YearMonthPattern.Iso.Parse(s).TryGetValue(default, out value);
        result = new(value);
        return valid;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => YearMonthPattern.Iso.Format(Value);
}
