using NodaTime;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Time;

namespace PerfMarketing.Testing.Pacing;

/// <summary>Days on which traffic does what no earlier day showed, to measure how a pace bears it.</summary>
/// <remarks>
/// Seven days of 20,000 requests with a night and two peaks teach; on the eighth, a Monday, something happens. The
/// budget is 30 % of the forecast. Requests are worth <c>e^(0.8 z)</c> times their cost. One day for each seed, from 1
/// on.
/// </remarks>
/// <param name="kind">What happens.</param>
public sealed class PacingStress(PacingStressKind kind)
{
    private const int DayCount = 8;
    private const double RequestsPerDay = 20_000;
    private const double FewPerDay = 200;
    private const double RobotsPerMinute = 400;

    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 0, 0);

    /// <summary>How many days are measured, each by a seed of its own; 6 by default.</summary>
    public int Seeds { get; init; } = 6;

    /// <summary>Measures a pace.</summary>
    /// <param name="terms">The pace.</param>
    /// <param name="tellsWorth">Whether it is told what a request is worth.</param>
    /// <param name="cancel">Stops the replay.</param>
    public PacingReport Run(PacingTerms terms, bool tellsWorth, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(terms);
        TrafficSeries series = new(Counts(PerMinute), ContractCalendar.Utc);
        TrafficSeries? robots = kind == PacingStressKind.Robots ? new(Counts(Robots), ContractCalendar.Utc) : null;
        List<PacingDay> days = [];
        for (int seed = 1; seed <= Seeds; seed++)
        {
            PacingSimulation simulation = new(series)
            {
                Seed = (ulong)seed,
                TellsWorth = tellsWorth,
                Robots = robots,
            };
            days.AddRange(simulation.Run(terms, cancel).Days);
        }

        return new(days);
    }

    private static IEnumerable<(Instant At, double Count)> Counts(Func<int, int, double> perMinute) =>
        Enumerable.Range(0, DayCount * 1_440).Select(i =>
            (Start + Duration.FromMinutes(i), perMinute(i / 1_440, i % 1_440)));

    private static double Robots(int day, int minute) =>
        day == DayCount - 1 && minute is >= 180 and < 210 ? RobotsPerMinute : 0;

    private double PerMinute(int day, int minute) => kind == PacingStressKind.FewRequests
        ? FewPerDay / 1_440
        : RequestsPerDay * Usual(minute) * (day == DayCount - 1 ? Change(minute) : 1);

    private double Change(int minute) => kind switch
    {
        PacingStressKind.Burst when minute is >= 240 and < 250 => 40,
        PacingStressKind.Outage when minute is >= 660 and < 840 => 0,
        PacingStressKind.LateDrop when minute >= 1_260 => 0.25,
        PacingStressKind.DoubleTraffic => 2,
        _ => 1,
    };

    // Which part of a day comes in a minute: little at night, a peak at noon and one in the evening.
    private static double Usual(int minute)
    {
        double hour = minute / 60d;
        double peaks = Math.Exp(-Square((hour - 12) / 4)) + (1.2 * Math.Exp(-Square((hour - 20) / 2.5)));
        return (0.1 + peaks) / 60 / 14.8;
    }

    private static double Square(double number) => number * number;
}
