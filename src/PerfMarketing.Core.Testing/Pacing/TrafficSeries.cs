using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Testing.Pacing;

/// <summary>How much traffic came when, such as requests of a month by the minute or the hour.</summary>
public sealed class TrafficSeries
{
    /// <summary>The greatest count.</summary>
    public const double CountMax = 1e12;

    /// <summary>The most days: ten years.</summary>
    public const int DaysMax = 3_660;

    private readonly List<TrafficSeriesDay> days = [];

    /// <summary>A series from its counts, in any order.</summary>
    /// <param name="counts">When a step of the series began, and how much came in it; not negative.</param>
    /// <param name="calendar">The calendar that cuts it into days.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two different instants, a count is negative or no number, or there are more than
    /// <see cref="DaysMax"/> days.
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

        if (step is not { } shortest || !sorted.All(static c => c.Count is >= 0 and <= CountMax))
        {
            throw new ArgumentException("A series has counts of zero or more at several instants.", nameof(counts));
        }

        Step = Duration.Min(shortest, Duration.FromDays(1));
        Calendar = calendar;
        Cut(sorted, calendar);
    }

    /// <summary>The calendar that cut it into days.</summary>
    public ContractCalendar Calendar { get; }

    /// <summary>
    /// The shortest time between two counts, at most a day: each count is spread evenly over it, and more than that
    /// between two counts is a gap.
    /// </summary>
    public Duration Step { get; }

    /// <summary>The days that the series covers by at least 97 %, in order.</summary>
    public IReadOnlyList<TrafficSeriesDay> Days => days;

    // Days in order; a count that begins on one day may go on in the next ones.
    private void Cut((Instant At, double Count)[] sorted, ContractCalendar calendar)
    {
        int width = Math.Max(1, (int)Math.Floor(Step.TotalMinutes + 0.5));
        int first = 0;
        CalendarPeriod day = calendar.Containing(PeriodUnit.Day, sorted[0].At);
        Instant last = sorted[^1].At + Step;
        while (day.Start < last)
        {
            TrafficSeriesDay made = new(calendar.DateOf(day.Start), day, calendar.Zone);
            while (first < sorted.Length && sorted[first].At + Step <= day.Start)
            {
                first++;
            }

            for (int i = first; i < sorted.Length && sorted[i].At < day.End; i++)
            {
                made.Spread(sorted[i].At, width, sorted[i].Count);
            }

            if (made.Covered >= 0.97)
            {
                days.Add(days.Count < DaysMax
                    ? made
                    : throw new ArgumentException($"A series has at most {DaysMax} days.", nameof(sorted)));
            }

            day = first < sorted.Length && sorted[first].At > day.End
                ? calendar.Containing(PeriodUnit.Day, sorted[first].At)
                : calendar.Next(day);
        }
    }
}
