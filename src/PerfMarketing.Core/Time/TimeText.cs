using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Primitives;

namespace PerfMarketing.Time;

/// <summary>A time of day as terms write it: <c>09:30</c>.</summary>
/// <remarks>
/// To the minute when written; read from <c>00:00</c> to <c>23:59</c>. <c>default</c> is <c>00:00</c>. Converts from
/// and to <see cref="LocalTime"/>.
/// </remarks>
/// <param name="Value">The time of day.</param>
[JsonConverter(typeof(TextJsonConverter<TimeText>))]
public readonly record struct TimeText(LocalTime Value) : IParsable<TimeText>
{
    private static readonly LocalTimePattern Pattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>The time of day. As its text form.</summary>
    /// <param name="value">The value.</param>
    public static implicit operator TimeText(LocalTime value) => new(value);

    /// <summary>The value of a text form.</summary>
    /// <param name="text">The text form.</param>
    public static implicit operator LocalTime(TimeText text) => text.Value;

    /// <inheritdoc/>
    public static TimeText Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out TimeText found)
            ? found
            : throw new FormatException("A time of day is written like 09:30.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TimeText result)
    {
        LocalTime value = default;
        bool valid = s is { Length: <= 5 } && Pattern.Parse(s).TryGetValue(default, out value);
        result = new(value);
        return valid;
    }

    /// <summary>The text form.</summary>
    public override string ToString() => Pattern.Format(Value);
}
