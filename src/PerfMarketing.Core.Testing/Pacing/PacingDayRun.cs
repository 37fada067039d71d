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

    internal PacingDay Run(Pacer pacer)
    {
        for (int minute = 0; minute < day.Minutes.Count; minute++)
        {
            Instant start = day.Day.Start + Duration.FromMinutes(minute);
            int count = Poisson(day.Minutes[minute] * scale);
            for (int i = 0; i < count; i++)
            {
                Request(pacer, minute, start + (Duration.FromMinutes(1) * i / count));
            }
        }

        return Measure(pacer.Counter.Limit);
    }

    private void Request(Pacer pacer, int minute, Instant at)
    {
        double worth = Spread > 0 ? Math.Exp(Spread * Normal()) : 1;
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
            Rms = 100 * Math.Sqrt(squares / spent.Length),
            ExhaustedAt = exhausted,
            Value = best > 0 ? 100 * bought / best : 100,
            PeakToEven = peak / Math.Max(1e-9, (double)limit * 10 / spent.Length),
            Overspend = 100 * Math.Max(0, used - limit) / Math.Max(1, limit),
        };
    }

    // By multiplication for small means; by the normal distribution, which is close enough, for large ones.
    private int Poisson(double mean)
    {
        if (mean > 50)
        {
            return Math.Max(0, (int)Math.Floor(mean + (Math.Sqrt(mean) * Normal()) + 0.5));
        }

        double least = Math.Exp(-mean);
        double product = Uniform();
        int count = 0;
        while (product > least)
        {
            product *= Uniform();
            count++;
        }

        return count;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    private double Uniform() => (random.Next() >> 11) * (1.0 / (1UL << 53));
}
