using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Time;

/// <summary>
/// An exact duration in whole seconds, as terms write it: <c>30d</c>, <c>12h</c>, <c>45m</c> or <c>90s</c>.
/// </summary>
/// <remarks>
/// A day is 24 hours. There is one unit in a text, and the greatest that fits is written: 24 hours are <c>1d</c>, 90
/// minutes <c>90m</c>. From 0 to 36,525 days. <c>default</c> is <c>0s</c>. Converts from and to
/// <see cref="NodaTime.Duration"/>.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<DurationText>))]
public readonly record struct DurationText : IParsable<DurationText>, IComparable<DurationText>
{
    /// <summary>The most days of a duration: a hundred years.</summary>
    public const int DaysMax = 36_525;

    private const long SecondsMax = DaysMax * 86_400L;

    private readonly long seconds;

    /// <summary>The text form of a duration.</summary>
    /// <param name="duration">Whole seconds, from 0 to <see cref="DaysMax"/> days.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, too long, or with a fraction of a second.</exception>
    public DurationText(Duration duration)
    {
        long nanoseconds = duration.NanosecondOfDay;
        if (duration < Duration.Zero || duration > Duration.FromDays(DaysMax)
            || nanoseconds % NodaConstants.NanosecondsPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "Whole seconds, from 0 to 36,525 days.");
        }

        seconds = (duration.Days * 86_400L) + (nanoseconds / NodaConstants.NanosecondsPerSecond);
    }

    private DurationText(long seconds) => this.seconds = seconds;

    /// <summary>The duration.</summary>
    public Duration Value => Duration.FromSeconds(seconds);

    /// <summary>A duration as its text form.</summary>
    /// <param name="duration">Whole seconds, from 0 to <see cref="DaysMax"/> days.</param>
    public static implicit operator DurationText(Duration duration) => new(duration);

    /// <summary>The duration of a text form.</summary>
    /// <param name="text">The text form.</param>
    public static implicit operator Duration(DurationText text) => text.Value;

    /// <summary>Whether one duration is shorter than another.</summary>
    public static bool operator <(DurationText left, DurationText right) => left.seconds < right.seconds;

    /// <summary>Whether one duration is at most another.</summary>
    public static bool operator <=(DurationText left, DurationText right) => left.seconds <= right.seconds;

    /// <summary>Whether one duration is longer than another.</summary>
    public static bool operator >(DurationText left, DurationText right) => left.seconds > right.seconds;

    /// <summary>Whether one duration is at least another.</summary>
    public static bool operator >=(DurationText left, DurationText right) => left.seconds >= right.seconds;

    /// <inheritdoc/>
    public static DurationText Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out DurationText found)
            ? found
            : throw new FormatException("A duration is written like 30d, 12h, 45m or 90s.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DurationText result)
    {
        result = default;
        if (s is null || s.Length is < 2 or > 11 || SecondsOf(s[^1]) is not (> 0 and long unit)
            || !long.TryParse(s.AsSpan(0, s.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture,
                out long count)
            || count > SecondsMax / unit)
        {
            return false;
        }

        result = new(count * unit);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(DurationText other) => seconds.CompareTo(other.seconds);

    /// <summary>The duration as text, in the greatest unit that fits.</summary>
    public override string ToString()
    {
        char unit = seconds == 0 || seconds % 60 != 0
            ? 's'
            : seconds % 3600 != 0 ? 'm' : seconds % 86_400 != 0 ? 'h' : 'd';
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / SecondsOf(unit)}{unit}");
    }

    private static long SecondsOf(char unit) => unit switch
    {
        'd' => 86_400,
        'h' => 3600,
        'm' => 60,
        's' => 1,
        _ => 0,
    };
}
