using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Time;

namespace PerfMarketing.Testing.Pacing;

/// <summary>Replays a series of traffic through a pace, day by day, and measures what comes of it.</summary>
/// <remarks>
/// <para>
/// Each day has one budget. Requests come as the series says, by chance around it (Poisson), cost one unit each or the
/// price of their time, and are worth <c>e^(spread × z)</c> times the mean price, with z normally distributed. The
/// traffic model learns from the days before; the first days only teach it. Everything follows from the seed.
/// </para>
/// <para>
/// The best that could be had is found afterwards: the requests that are worth most for what they cost, up to the
/// budget.
/// </para>
/// </remarks>
/// <param name="series">The traffic.</param>
public sealed class PacingSimulation(TrafficSeries series)
{
    /// <summary>The most requests of a simulated day.</summary>
    public const int RequestsMax = 20_000_000;

    /// <summary>What the numbers are drawn by; 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many requests an average day of the series is scaled to; as many as it says by default.</summary>
    public double? RequestsPerDay { get; init; }

    /// <summary>The budget of a day as a part of the forecast of its traffic; 0.3 by default.</summary>
    public double BudgetShare { get; init; } = 0.3;

    /// <summary>The budget of each day in units, instead of a share; units are those of the prices.</summary>
    public long? DailyLimit { get; init; }

    /// <summary>What a request costs, by the time that it comes; one unit when null.</summary>
    public PriceSeries? Prices { get; init; }

    /// <summary>How far the worth of requests spreads; 0.8 by default. 0: all are worth the same.</summary>
    public double Spread { get; init; } = 0.8;

    /// <summary>Whether the pace is told what a request is worth.</summary>
    public bool TellsWorth { get; init; } = true;

    /// <summary>How many days only teach the model; 7 by default.</summary>
    public int LearningDays { get; init; } = 7;

    /// <summary>How many days are measured, spread evenly over the rest of the series; all by default.</summary>
    public int? Days { get; init; }

    /// <summary>
    /// The calendar of the audience, whose days the traffic is learned by; that of the series by default. The days of
    /// the series have the budget.
    /// </summary>
    public ContractCalendar? Audience { get; init; }

    /// <summary>
    /// Requests that are worth nothing, such as those of robots, which come besides; null when there are none. Only its
    /// days that the series has too count.
    /// </summary>
    public TrafficSeries? Robots { get; init; }

    /// <summary>Is told after each day how many of them are done; null when nobody asks.</summary>
    public Action<int>? Replayed { get; init; }

    /// <summary>Replays the series.</summary>
    /// <param name="terms">The pace.</param>
    /// <param name="cancel">Stops the replay.</param>
    /// <exception cref="InvalidOperationException">A day has more than <see cref="RequestsMax"/> requests.</exception>
    public PacingReport Run(PacingTerms terms, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(terms);
        double mean = series.Days.Count == 0 ? 0 : series.Days.Average(static d => d.Total);
        double scale = RequestsPerDay is { } perDay && mean > 0 ? perDay / mean : 1;
        if (series.Days.Any(d => d.Total * scale > RequestsMax))
        {
            throw new InvalidOperationException($"A simulated day has at most {RequestsMax} requests; scale it down.");
        }

        HashSet<int> measured = [.. Measured(series.Days.Count)];
        ContractCalendar calendar = Audience ?? series.Calendar;
        AudienceDays audience = new(calendar);
        PacerState? state = null;
        List<PacingDay> days = [];
        for (int i = 0; i < series.Days.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            TrafficSeriesDay day = series.Days[i];
            TrafficForecast forecast = Forecast(audience.Model, calendar, day, scale);
            audience.Cover(day.Day);
            SeededRandom random = new(unchecked(Seed + ((ulong)i * 0x9E37_79B9_7F4A_7C15)));
            PacingDayRun run = new(day, scale, random, audience)
            {
                Spread = Spread,
                TellsWorth = TellsWorth,
                Prices = Prices,
                Robots = Robots?.Days.FirstOrDefault(r => r.Date == day.Date)?.Minutes,
            };
            Pacer pacer = new(terms, forecast, new(DailyLimit ?? LimitOf(forecast)), state);
            PacingDay done = run.Run(pacer);
            if (measured.Contains(i))
            {
                days.Add(done);
            }

            state = pacer.Save();
            audience.Learn();
            Replayed?.Invoke(i + 1);
        }

        return new(days);
    }

    // Before anything is known, the day's own amount stands for a host's estimate.
    private TrafficForecast Forecast(
        TrafficModel model, ContractCalendar calendar, TrafficSeriesDay day, double scale) =>
        model.Classes.Count == 0
            ? TrafficForecast.Even(
                day.Day, (long)Math.Clamp(day.Total * scale * (Prices?.Mean ?? 1), 1, BudgetCounter.AmountMax))
            : model.Forecast(day.Day, calendar);

    private long LimitOf(TrafficForecast forecast) =>
        (long)Math.Min(BudgetCounter.AmountMax, Math.Floor((BudgetShare * forecast.ExpectedCost) + 0.5));

    private IEnumerable<int> Measured(int count)
    {
        int rest = Math.Max(0, count - LearningDays);
        int wanted = Math.Min(Days ?? rest, rest);
        return Enumerable.Range(0, wanted).Select(i => LearningDays + (int)((long)i * rest / wanted));
    }
}
