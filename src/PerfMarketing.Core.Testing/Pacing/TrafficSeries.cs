using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Testing.Pacing;

/// <summary>How much traffic came when, such as requests of a month by the minute or the hour.</summary>
public sealed class TrafficSeries
{
    private readonly List<TrafficSeriesDay> days = [];

    /// <summary>A series from its counts, in any order.</summary>
    /// <param name="counts">When a step of the series began, and how much came in it; not negative.</param>
    /// <param name="calendar">The calendar that cuts it into days.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two different instants, or a count is negative or no number.
    /// </exception>
    public TrafficSeries(IEnumerable<(Instant At, double Count)> counts, ContractCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(calendar);
        (Instant At, double Count)[] sorted = [.. counts.OrderBy(static c => c.At)];
        Duration? step = null;
        for (int i = 1; i < sorted.Length; i++)
        {
            Duration gap = sorted[i].At - sorted[i - 1].At;
            step = gap > Duration.Zero && (step is null || gap < step) ? gap : step;
        }

        if (step is not { } width || !sorted.All(static c => c.Count >= 0 && double.IsFinite(c.Count)))
        {
            throw new ArgumentException("A series has counts of zero or more at several instants.", nameof(counts));
        }

        Step = width;
        Cut(sorted, calendar);
    }

    /// <summary>The shortest time between two counts: each count is spread evenly over it.</summary>
    public Duration Step { get; }

    /// <summary>The days that the series covers by at least 97 %, in order.</summary>
    public IReadOnlyList<TrafficSeriesDay> Days => days;

    private void Cut((Instant At, double Count)[] sorted, ContractCalendar calendar)
    {
        int next = 0;
        CalendarPeriod day = calendar.Containing(PeriodUnit.Day, sorted[0].At);
        while (next < sorted.Length)
        {
            if (sorted[next].At >= day.End)
            {
                day = calendar.Containing(PeriodUnit.Day, sorted[next].At);
            }

            TrafficSeriesDay made = new(calendar.DateOf(day.Start), day, calendar.Zone);
            Duration covered = Duration.Zero;
            for (; next < sorted.Length && sorted[next].At < day.End; next++)
            {
                made.Spread(sorted[next].At, Step, sorted[next].Count);
                covered += Step;
            }

            if (covered / day.Length >= 0.97)
            {
                days.Add(made);
            }
        }
    }
}
