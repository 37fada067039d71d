using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Testing.Pacing;

/// <summary>One day of a series, by minutes.</summary>
public sealed class TrafficSeriesDay
{
    private readonly double[] minutes;
    private readonly bool[] isKnown;

    internal TrafficSeriesDay(LocalDate date, CalendarPeriod day, DateTimeZone zone)
    {
        Date = date;
        Day = day;
        Zone = zone;
        minutes = new double[(int)Math.Ceiling(day.Length.TotalMinutes)];
        isKnown = new bool[minutes.Length];
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

    // The part of the day that counts were given for.
    internal double Covered => (double)isKnown.Count(static k => k) / isKnown.Length;

    // Spreads the part of a count that lies on this day.
    internal void Spread(Instant at, int width, double count)
    {
        long first = (long)(at - Day.Start).TotalMinutes;
        for (long i = Math.Max(0, first); i < first + width && i < minutes.Length; i++)
        {
            minutes[i] += count / width;
            isKnown[i] = true;
        }
    }
}
