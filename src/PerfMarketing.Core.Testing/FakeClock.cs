using NodaTime;

namespace PerfMarketing.Testing;

/// <summary>A clock that stands still until it is told to move.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="now">What it shows first.</param>
public sealed class FakeClock(Instant now) : IClock
{
    private readonly Lock gate = new();
    private Instant now = now;

    /// <summary>A clock that shows an instant of UTC.</summary>
    /// <param name="year">The year.</param>
    /// <param name="month">The month, from 1.</param>
    /// <param name="day">The day of the month, from 1.</param>
    /// <param name="hour">The hour, from 0.</param>
    /// <param name="minute">The minute, from 0.</param>
    public static FakeClock FromUtc(int year, int month, int day, int hour = 0, int minute = 0) =>
        new(Instant.FromUtc(year, month, day, hour, minute));

    /// <inheritdoc/>
    public Instant GetCurrentInstant()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <summary>Moves the clock on, or back when the duration is negative.</summary>
    /// <param name="by">How far.</param>
    /// <returns>What it shows then.</returns>
    public Instant Advance(Duration by)
    {
        lock (gate)
        {
            return now += by;
        }
    }

    /// <summary>Sets the clock.</summary>
    /// <param name="instant">What it shows from now on.</param>
    public void Set(Instant instant)
    {
        lock (gate)
        {
            now = instant;
        }
    }
}
