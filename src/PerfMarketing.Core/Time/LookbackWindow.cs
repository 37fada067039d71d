using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Time;

/// <summary>How long a touch may wait for its conversion: <c>touch ≤ conversion &lt; touch + window</c>.</summary>
/// <remarks>
/// Text form <c>30d</c>, <c>12h</c>, <c>45m</c>, <c>90s</c> or <c>unlimited</c>. Days are 24 hours, whatever the clocks
/// do: a window is exact and needs no zone. <c>default</c> is <c>0s</c>, which catches nothing.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<LookbackWindow>))]
public readonly record struct LookbackWindow : IParsable<LookbackWindow>
{
    private const string UnlimitedText = "unlimited";

    private readonly DurationText length;

    private LookbackWindow(DurationText length, bool isUnlimited)
    {
        this.length = length;
        IsUnlimited = isUnlimited;
    }

    /// <summary>A window of an exact length.</summary>
    /// <param name="length">Whole seconds, from 0 to 36,525 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, too long, or with a fraction of a second.</exception>
    public LookbackWindow(Duration length)
        : this(new DurationText(length), isUnlimited: false)
    {
    }

    /// <summary>The window without an end: any earlier touch is inside.</summary>
    public static LookbackWindow Unlimited { get; } = new(default, isUnlimited: true);

    /// <summary>Whether the window has no end.</summary>
    public bool IsUnlimited { get; }

    /// <summary>How long the window is; null when it has no end.</summary>
    public Duration? Length => IsUnlimited ? null : length.Value;

    /// <summary>A window of an exact length, so that <c>Lookback = Duration.FromDays(30)</c> reads well.</summary>
    /// <param name="length">Whole seconds, from 0 to 36,525 days.</param>
    public static implicit operator LookbackWindow(Duration length) => new(length);

    /// <summary>A window of a number of days of 24 hours.</summary>
    /// <param name="days">From 0 to 36,525.</param>
    public static LookbackWindow Days(int days) => new(Duration.FromDays(days));

    /// <summary>A window of a number of hours.</summary>
    /// <param name="hours">From 0 on.</param>
    public static LookbackWindow Hours(int hours) => new(Duration.FromHours(hours));

    /// <inheritdoc/>
    public static LookbackWindow Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out LookbackWindow found)
            ? found
            : throw new FormatException("A window is written like 30d, 12h, 45m or unlimited.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LookbackWindow result)
    {
        bool unlimited = string.Equals(s, UnlimitedText, StringComparison.Ordinal);
        DurationText length = default;
        bool valid = unlimited || DurationText.TryParse(s, provider, out length);
        result = valid ? new(length, unlimited) : default;
        return valid;
    }

    /// <summary>Whether a conversion falls into the window of a touch.</summary>
    /// <param name="touch">When the touch occurred.</param>
    /// <param name="conversion">When the conversion occurred.</param>
    public bool Contains(Instant touch, Instant conversion) =>
        touch <= conversion && (IsUnlimited || conversion - touch < length.Value);

    /// <summary>The window as text.</summary>
    public override string ToString() => IsUnlimited ? UnlimitedText : length.ToString();
}
