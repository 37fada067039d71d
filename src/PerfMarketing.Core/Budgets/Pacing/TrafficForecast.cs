using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Pacing;

/// <summary>The traffic that is expected in one window: how much, and when.</summary>
public sealed class TrafficForecast
{
    private static readonly Duration LengthMax = Duration.FromDays(3_660);

    private readonly Instant[] starts;
    private readonly double[] before;
    private readonly TrafficCurve[] curves;
    private readonly double first;
    private int last;

    private TrafficForecast(
        CalendarPeriod window, List<(Instant Start, TrafficCurve Curve, double Amount)> days, Instant end)
    {
        Window = window;
        starts = [.. days.Select(static d => d.Start), end];
        curves = [.. days.Select(static d => d.Curve)];
        before = new double[starts.Length];
        for (int i = 0; i < days.Count; i++)
        {
            before[i + 1] = before[i] + days[i].Amount;
        }

        first = AmountBefore(window.Start);
        ExpectedCost = AmountBefore(window.End) - first;
    }

    /// <summary>The window.</summary>
    public CalendarPeriod Window { get; }

    /// <summary>What all traffic of the window would cost; without a scale when nothing is known.</summary>
    public double ExpectedCost { get; }

    /// <summary>Whether earlier days say how much traffic there is.</summary>
    public bool IsKnown { get; private init; }

    /// <summary>The same traffic all the time, of a known or an unknown amount.</summary>
    /// <param name="window">The window, with an end.</param>
    /// <param name="expectedCost">What all traffic of the window would cost; null when it is not known.</param>
    public static TrafficForecast Even(CalendarPeriod window, long? expectedCost = null)
    {
        Check(window);
        return new(window, [(window.Start, TrafficCurve.Even, expectedCost is > 0 and { } cost ? cost : 1)], window.End)
        {
            IsKnown = expectedCost > 0,
        };
    }

    /// <summary>The part of the window's traffic that comes before an instant, from 0 to 1.</summary>
    /// <param name="at">The instant.</param>
    public double ShareBefore(Instant at) => at <= Window.Start ? 0
        : at >= Window.End ? 1
        : ExpectedCost > 0 ? Math.Clamp((AmountBefore(at) - first) / ExpectedCost, 0, 1)
        : 0;

    internal static TrafficForecast Of(
        CalendarPeriod window,
        ContractCalendar calendar,
        Func<LocalDate, (TrafficCurve Curve, long PerDay)> expected)
    {
        Check(window);
        List<(Instant Start, TrafficCurve Curve, double Amount)> days = [];
        bool isKnown = false;
        LocalDate date = calendar.DateOf(window.Start);
        Instant start = calendar.StartOf(date);
        while (start < window.End)
        {
            (TrafficCurve curve, long perDay) = expected(date);
            date = date.PlusDays(1);
            Instant end = calendar.StartOf(date);
            if (end > start)
            {
                days.Add((start, curve, perDay > 0 ? perDay : 1));
                isKnown |= perDay > 0;
            }

            start = end;
        }

        return new(window, days, start) { IsKnown = isKnown };
    }

    private static void Check(CalendarPeriod window)
    {
        if (window.End <= window.Start || window.End == Instant.MaxValue || window.Start == Instant.MinValue
            || window.End - window.Start > LengthMax)
        {
            throw new ArgumentException(
                "A pace needs a window with a start and an end, at most ten years apart.", nameof(window));
        }
    }

    private double AmountBefore(Instant at)
    {
        int day = last;
        if (at < starts[day] || at >= starts[day + 1])
        {
            int found = Array.BinarySearch(starts, at);
            day = Math.Clamp(found >= 0 ? found : ~found - 1, 0, curves.Length - 1);
            last = day;
        }

        double passed = (double)(at - starts[day]).ToInt64Nanoseconds()
            / (starts[day + 1] - starts[day]).ToInt64Nanoseconds();
        return before[day] + ((before[day + 1] - before[day]) * curves[day].Before(passed));
    }
}
