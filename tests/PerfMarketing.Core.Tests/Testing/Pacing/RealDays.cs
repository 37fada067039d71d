using System.Globalization;
using NodaTime;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Testing.Pacing;

/// <summary>
/// The real days that docs/pace-figures.md measures paces on; they lie beside the repository and are no part of it,
/// so a
/// clone without them is fine.
/// </summary>
/// <param name="folder">Where they are.</param>
internal sealed class RealDays(string folder)
{
    private const long UnitsPerMajor = 1_000_000;

    // Weeks are laid side by side from a Monday on.
    private static readonly LocalDate Monday = new(2011, 7, 4);

    private readonly List<(TrafficSeries Series, int LearningDays)> all = [];
    private readonly Dictionary<int, PriceSeries> prices = [];

    /// <summary>How many requests an average day is scaled to.</summary>
    internal double RequestsPerDay { get; init; } = 20_000;

    /// <summary>The budget of a day as a part of its forecast.</summary>
    internal double BudgetShare { get; init; } = 0.3;

    /// <summary>Whether all days after those that teach are measured, and not at most 12 of each series.</summary>
    internal bool HasAll { get; init; }

    /// <summary>Whether requests cost what a click did on an exchange, by the hour.</summary>
    internal bool HasPrices { get; init; }

    /// <summary>The seed.</summary>
    internal ulong Seed { get; init; } = 1;

    /// <summary>Replays the days of all series.</summary>
    internal PacingReport Run(PacingTerms terms, bool tellsWorth)
    {
        Load();
        List<PacingDay> days = [];
        for (int i = 0; i < all.Count; i++)
        {
            (TrafficSeries series, int learning) = all[i];
            PacingSimulation simulation = new(series)
            {
                RequestsPerDay = RequestsPerDay,
                BudgetShare = BudgetShare,
                Seed = Seed,
                TellsWorth = tellsWorth,
                LearningDays = learning,
                Days = HasAll ? null : 12,
                Prices = HasPrices ? PricesOf(i) : null,
            };
            days.AddRange(simulation.Run(terms, default).Days);
        }

        return new(days);
    }

    private void Load()
    {
        if (all.Count > 0)
        {
            return;
        }

        Add(Rows("nab_nyc_taxi_30min.csv").Select(static r => (At(r[0]), Number(r[1]))));
        Add(Rows("nab_elb_requests_5min.csv").Select(static r => (At(r[0]), Number(r[1]))));
        foreach (int ticker in new[] { 1, 2, 6, 5 })
        {
            Add(Rows("nab_tweets_5min.csv").Where(r => r[ticker].Length > 0)
                .Select(r => (At(r[0]), Number(r[ticker]))));
        }

        Add(Rows("talkingdata_clicks_1min.csv").Select(static r => (At(r[0]), Number(r[1]))), "Asia/Shanghai", 1);
        foreach (string campaign in new[] { "1", "3" })
        {
            Dictionary<Instant, double> hours = Rows("brave_campaigns_hourly.csv").Where(r => r[0] == campaign)
                .ToDictionary(static r => At(r[2]), static r => Number(r[3]));
            Instant first = hours.Keys.Min();
            Add(Enumerable.Range(0, (int)(hours.Keys.Max() - first).TotalHours + 1)
                .Select(hour => first + Duration.FromHours(hour))
                .Select(at => (at, hours.GetValueOrDefault(at))));
        }
    }

    private void Add(IEnumerable<(Instant At, double Count)> counts, string zone = "UTC", int learning = 7) =>
        all.Add((new(counts, ContractCalendar.In(zone)), learning));

    // Nine weeks of prices of a click, over and over, by the same days of the week and hours.
    private PriceSeries PricesOf(int index)
    {
        if (!prices.TryGetValue(index, out PriceSeries? found))
        {
            Dictionary<int, long> hours = [];
            foreach (string[] row in Rows("nab_adexchange_hourly.csv").Where(static r => r[0] == "2"))
            {
                hours[(int)(At(row[1]) - Monday.AtMidnight().InUtc().ToInstant()).TotalHours] =
                    (long)Math.Floor((Number(row[2]) * UnitsPerMajor) + 0.5);
            }

            TrafficSeries series = all[index].Series;
            LocalDate first = series.Days[0].Date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday));
            Instant start = first.AtMidnight().InUtc().ToInstant();
            int count = (int)(series.Days[^1].Day.End - start).TotalHours + 1;
            found = new(Enumerable.Range(0, count).Where(hour => hours.ContainsKey(hour % (9 * 168)))
                .Select(hour => (start + Duration.FromHours(hour), hours[hour % (9 * 168)])));
            prices[index] = found;
        }

        return found;
    }

    private IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(static line => line.Split(','));

    private static Instant At(string text) => Instant.FromDateTimeUtc(DateTime.SpecifyKind(
        DateTime.Parse(text.TrimEnd('Z'), CultureInfo.InvariantCulture), DateTimeKind.Utc));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
