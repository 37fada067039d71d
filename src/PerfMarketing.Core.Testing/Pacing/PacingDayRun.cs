using NodaTime;
using PerfMarketing.Budgets.Pacing;

namespace PerfMarketing.Testing.Pacing;

/// <summary>One day of a simulation.</summary>
internal sealed class PacingDayRun(TrafficSeriesDay day, double scale, SeededRandom random, AudienceDays audience)
{
    private readonly List<double> worths = [];
    private readonly double[] spent = new double[day.Minutes.Count];
    private readonly double[] came = new double[day.Minutes.Count];
    private double bought;

    internal double Spread { get; init; }

    internal bool TellsWorth { get; init; }

    // Requests that are worth nothing, by minutes, besides those of the day.
    internal IReadOnlyList<double>? Robots { get; init; }

    internal PacingDay Run(Pacer pacer)
    {
        for (int minute = 0; minute < day.Minutes.Count; minute++)
        {
            Instant start = day.Day.Start + Duration.FromMinutes(minute);
            int robots = Robots is { } series ? random.Poisson(series[minute] * scale) : 0;
            int count = random.Poisson(day.Minutes[minute] * scale) + robots;
            for (int i = 0; i < count; i++)
            {
                // As many robots are left as there are requests left to be one.
                bool isRobot = robots > 0 && random.Below(count - i) < robots;
                robots -= isRobot ? 1 : 0;
                Request(pacer, minute, start + (Duration.FromMinutes(1) * i / count), isRobot);
            }
        }

        return Measure(pacer.Counter.Limit);
    }

    private void Request(Pacer pacer, int minute, Instant at, bool isRobot)
    {
        double worth = isRobot ? 0 : Spread > 0 ? Math.Exp(Spread * random.Normal()) : 1;
        worths.Add(worth);
        audience.Add(at, 1);
        came[minute]++;
        PaceRequest request = new(1) { Worth = TellsWorth ? worth : null };
        if (pacer.Decide(request, at).IsAdmitted)
        {
            spent[minute]++;
            bought += worth;
        }
    }

    private PacingDay Measure(long limit)
    {
        (double used, double seen, double squares, double peak, double window) = (0, 0, 0, 0, 0);
        double exhausted = 1;
        for (int i = 0; i < spent.Length; i++)
        {
            used += spent[i];
            seen += came[i];
            window += spent[i] - (i >= 10 ? spent[i - 10] : 0);
            peak = Math.Max(peak, window);
            double gap = (used / Math.Max(1, limit)) - (seen / Math.Max(1, worths.Count));
            squares += gap * gap;
            exhausted = used >= limit && exhausted == 1 ? (i + 1d) / spent.Length : exhausted;
        }

        worths.Sort();
        double best = worths.Skip(Math.Max(0, worths.Count - (int)Math.Min(limit, int.MaxValue))).Sum();
        return new(day.Date)
        {
            Limit = limit,
            Requests = worths.Count,
            Delivered = 100 * used / Math.Max(1, limit),
            DeliveredOfPossible = 100 * used / Math.Max(1, Math.Min(limit, worths.Count)),
            Rms = 100 * Math.Sqrt(squares / spent.Length),
            ExhaustedAt = exhausted,
            Value = best > 0 ? 100 * bought / best : 100,
            PeakToEven = peak / Math.Max(1e-9, (double)limit * 10 / spent.Length),
            Overspend = 100 * Math.Max(0, used - limit) / Math.Max(1, limit),
        };
    }
}
