using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>What one day's traffic would have cost, by quarters of an hour; what a curve is learned from.</summary>
/// <remarks>
/// Every eligible request counts, also those that were refused: a curve that is learned from what was spent learns its
/// own pace. Not thread-safe.
/// </remarks>
public sealed class TrafficDay
{
    /// <summary>The most that is counted of a day: 10^18 units; what is beyond it is left out.</summary>
    public const long AmountMax = 1_000_000_000_000_000_000;

    private readonly long[] amounts = new long[TrafficCurve.Parts];
    private readonly double length;

    /// <summary>A day without traffic.</summary>
    /// <param name="day">The day, in the zone of the audience.</param>
    /// <exception cref="ArgumentException">The period is no day, or the clocks skipped it.</exception>
    public TrafficDay(CalendarPeriod day)
    {
        if (day.Unit != PeriodUnit.Day || day.End <= day.Start)
        {
            throw new ArgumentException("Traffic is learned by days that took place.", nameof(day));
        }

        Day = day;
        length = day.Length.ToInt64Nanoseconds();
    }

    /// <summary>The day.</summary>
    public CalendarPeriod Day { get; }

    /// <summary>What all of the day's traffic would have cost.</summary>
    public long Total { get; private set; }

    /// <summary>What the traffic of each quarter of an hour would have cost.</summary>
    public ReadOnlySpan<long> Amounts => amounts;

    /// <summary>Counts a request; one outside the day is left out.</summary>
    /// <param name="at">When it came.</param>
    /// <param name="cost">What it would have cost; not negative.</param>
    public void Add(Instant at, long cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        if (Day.Contains(at))
        {
            int part = (int)((at - Day.Start).ToInt64Nanoseconds() / length * TrafficCurve.Parts);
            long counted = Math.Min(cost, AmountMax - Total);
            amounts[Math.Min(part, TrafficCurve.Parts - 1)] += counted;
            Total += counted;
        }
    }
}
