using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Testing.Pacing;

/// <summary>One day of a series, by minutes.</summary>
public sealed class TrafficSeriesDay
{
    private readonly double[] minutes;

    internal TrafficSeriesDay(LocalDate date, CalendarPeriod day, DateTimeZone zone)
    {
        Date = date;
        Day = day;
        Zone = zone;
        minutes = new double[(int)Math.Ceiling(day.Length.TotalMinutes)];
    }

    /// <summary>The date.</summary>
    public LocalDate Date { get; }

    /// <summary>The day: 23 or 25 hours where the clocks change.</summary>
    public CalendarPeriod Day { get; }

    /// <summary>The zone of its clocks.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>How much came in each minute.</summary>
    public IReadOnlyList<double> Minutes => minutes;

    /// <summary>How much came on the day.</summary>
    public double Total => minutes.Sum();

    internal void Spread(Instant at, Duration step, double count)
    {
        int first = (int)(at - Day.Start).TotalMinutes;
        int width = Math.Max(1, (int)Math.Floor(step.TotalMinutes + 0.5));
        for (int i = first; i < first + width && i < minutes.Length; i++)
        {
            minutes[i] += count / width;
        }
    }
}
