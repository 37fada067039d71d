using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Time;

/// <summary>A date as terms write it: <c>2026-03-09</c>.</summary>
/// <remarks>
/// ISO calendar, years 0001 to 9999. <c>default</c> is <c>0001-01-01</c>. Converts from and to <see cref="LocalDate"/>.
/// </remarks>
/// <param name="Value">The date.</param>
[JsonConverter(typeof(TextJsonConverter<DateText>))]
public readonly record struct DateText(LocalDate Value) : IParsable<DateText>
{
    /// <summary>The date. As its text form.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator DateText(LocalDate value) => new(value);

    /// <summary>The value of a text form.</summary>
    /// <param name="text">The text form.</param>
    public static implicit operator LocalDate(DateText text) => text.Value;

    /// <inheritdoc/>
    public static DateText Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out DateText found)
            ? found
            : throw new FormatException("A date is written like 2026-03-09.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DateText result)
    {
        LocalDate value = default;
        bool valid = s is { Length: <= 10 } && LocalDatePattern.Iso.Parse(s).TryGetValue(default, out value);
        result = new(value);
        return valid;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => LocalDatePattern.Iso.Format(Value);
}
