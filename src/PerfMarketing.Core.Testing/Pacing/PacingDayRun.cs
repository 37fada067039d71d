using NodaTime;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Primitives;

namespace PerfMarketing.Testing.Pacing;

/// <summary>One day of a simulation.</summary>
internal sealed class PacingDayRun(TrafficSeriesDay day, double scale, SeededRandom random, AudienceDays audience)
{
    private readonly List<double> worths = [];
    private readonly List<long> costs = [];
    private readonly double[] spent = new double[day.Minutes.Count];
    private readonly double[] came = new double[day.Minutes.Count];
    private double bought;

    internal double Spread { get; init; }

    internal bool TellsWorth { get; init; }

    // What a request costs; one unit each when null.
    internal PriceSeries? Prices { get; init; }

    // Requests that are worth nothing, by minutes, besides those of the day.
    internal IReadOnlyList<double>? Robots { get; init; }

    internal PacingDay Run(Pacer pacer)
    {
        for (int minute = 0; minute < day.Minutes.Count; minute++)
        {
            Instant start = day.Day.Start + Duration.FromMinutes(minute);
            long cost = Prices?.At(start) ?? 1;
            int robots = Robots is { } series ? random.Poisson(series[minute] * scale) : 0;
            int count = random.Poisson(day.Minutes[minute] * scale) + robots;
            for (int i = 0; i < count; i++)
            {
                // As many robots are left as there are requests left to be one.
                bool isRobot = robots > 0 && random.Below(count - i) < robots;
                robots -= isRobot ? 1 : 0;
                double worth = isRobot ? 0 : Spread > 0 ? Math.Exp(Spread * random.Normal()) : 1;
                Request(pacer, minute, start + (Duration.FromMinutes(1) * i / count), cost, worth);
            }
        }

        return Measure(pacer.Counter.Limit);
    }

    // What a request is worth does not follow the price of its hour.
    private void Request(Pacer pacer, int minute, Instant at, long cost, double worth)
    {
        worth *= Prices?.Mean ?? 1;
        worths.Add(worth);
        audience.Add(at, cost);
        came[minute] += cost;
        if (Prices is not null)
        {
            costs.Add(cost);
        }

        PaceRequest request = new(cost) { Worth = TellsWorth ? worth : null };
        if (pacer.Decide(request, at).IsAdmitted)
        {
            spent[minute] += cost;
            bought += worth;
        }
    }

    private PacingDay Measure(long limit)
    {
        double all = came.Sum();
        (double used, double seen, double squares, double peak, double window) = (0, 0, 0, 0, 0);
        double exhausted = 1;
        double full = limit - (Prices?.Least ?? 1);
        for (int i = 0; i < spent.Length; i++)
        {
            used += spent[i];
            seen += came[i];
            window += spent[i] - (i >= 10 ? spent[i - 10] : 0);
            peak = Math.Max(peak, window);
            double gap = (used / Math.Max(1, limit)) - (seen / Math.Max(1, all));
            squares += gap * gap;
            exhausted = used > full && exhausted == 1 ? (i + 1d) / spent.Length : exhausted;
        }

        double best = Best(limit);
        return new(day.Date)
        {
            Limit = limit,
            Requests = worths.Count,
            Delivered = 100 * used / Math.Max(1, limit),
            DeliveredOfPossible = 100 * used / Math.Max(1, Math.Min(limit, all)),
            Rms = 100 * Math.Sqrt(squares / spent.Length),
            ExhaustedAt = exhausted,
            Value = best > 0 ? 100 * bought / best : 100,
            PeakToEven = peak / Math.Max(1e-9, (double)limit * 10 / spent.Length),
            Overspend = 100 * Math.Max(0, used - limit) / Math.Max(1, limit),
            SpentBy = PathOf(spent, limit),
            TrafficBy = PathOf(came, all),
        };
    }

    // The most that the limit could have bought: by worth and cost, the last request in part.
    private double Best(long limit)
    {
        if (Prices is null)
        {
            worths.Sort();
            return worths.Skip(Math.Max(0, worths.Count - (int)Math.Min(limit, int.MaxValue))).Sum();
        }

        double[] ratios = [.. worths.Select((worth, i) => -worth / costs[i])];
        int[] order = [.. Enumerable.Range(0, ratios.Length)];
        Array.Sort(ratios, order);
        double best = 0;
        long left = limit;
        for (int i = 0; i < order.Length && left > 0; i++)
        {
            long cost = costs[order[i]];
            best += worths[order[i]] * Math.Min(left, cost) / cost;
            left -= Math.Min(left, cost);
        }

        return best;
    }

    // What came by the end of each part of the day, in percent of a whole.
    private static ValueList<double> PathOf(double[] minutes, double whole)
    {
        var path = new double[TrafficCurve.Parts + 1];
        double sum = 0;
        int done = 0;
        for (int part = 1; part < path.Length; part++)
        {
            for (; done < part * minutes.Length / TrafficCurve.Parts; done++)
            {
                sum += minutes[done];
            }

            path[part] = whole > 0 ? 100 * sum / whole : 0;
        }

        return path.ToValueList();
    }
}
