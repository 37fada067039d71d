using System.Globalization;
using NodaTime;
using NodaTime.Text;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Tests.Architecture;
using PerfMarketing.Time;
using Xunit.Abstractions;

namespace PerfMarketing.Tests.Testing.Pacing;

public sealed class BudgetMonthSimulationTests(ITestOutputHelper output)
{
    private const string Data = "../shared/data/pacing";
    private static readonly DaySpread Strict = new() { CarryUnused = false };

    // Taxis in New York, four tickers, two campaigns: the series that paces are measured on, where they have months.
    private static readonly Lazy<List<TrafficSeries>> Real = new(static () =>
    [
        Read("nab_nyc_taxi_30min.csv", ContractCalendar.In("America/New_York"), "value"),
        .. new[] { "AAPL", "AMZN", "FB", "GOOG" }
            .Select(static ticker => Read("nab_tweets_5min.csv", ContractCalendar.Utc, ticker)),
        Read("brave_campaigns_hourly.csv", ContractCalendar.Utc, "views", "1"),
        Read("brave_campaigns_hourly.csv", ContractCalendar.Utc, "views", "3"),
    ]);

    [Fact]
    public void A_weak_day_is_made_up_for_only_where_money_carries()
    {
        BudgetMonthSimulation simulation = new([Series(static day => day == 3 ? 40 : 130)]);

        BudgetMonthReport strict = simulation.Run(Strict);
        BudgetMonthReport carrying = simulation.Run(new());
        BudgetMonthReport borrowing = simulation.Run(new() { BorrowAhead = true });

        strict.Months.Should().ContainSingle().Which.Days.Should().Be(30);
        strict.Delivered.Should().BeApproximately(100 * (29 + (40 / 101.6)) / 30, 0.01);
        (carrying.Delivered, carrying.Dark).Should().Be((100, 0));
        borrowing.Delivered.Should().BeApproximately(100, 0.01);
        borrowing.Months[0].DarkDays.Should().BeGreaterThan(3, "the end of the month stays dark");
    }

    [Fact]
    public void Months_with_few_dates_are_left_out() =>
        new BudgetMonthSimulation([Series(static _ => 100)]) { DaysMin = 31 }.Run(new()).Months.Should().BeEmpty();

    // What docs/budget-windows.md says of real months.
    [Theory]
    [InlineData("strict", 0.8, 93.8, 77.4, 0)]
    [InlineData("1.25", 0.8, 97.7, 86.2, 0)]
    [InlineData("1.75", 0.8, 98.5, 91.7, 0)]
    [InlineData("2", 0.8, 98.7, 92.7, 0)]
    [InlineData("unlimited", 0.8, 99.0, 96.6, 0)]
    [InlineData("borrow", 0.8, 100, 100, 16.1)]
    [InlineData("borrow", 0.5, 100, 100, 41.5)]
    public void Real_months_come_out_as_the_page_says(string rule, double share, double mean, double low, double dark)
    {
        if (!Directory.Exists(Path.Combine(SourceTree.Root, Data)))
        {
            output.WriteLine("../shared/data is not there: nothing to compare with.");
            return;
        }

        DaySpread days = rule switch
        {
            "strict" => Strict,
            "unlimited" => new() { Flex = null },
            "borrow" => new() { BorrowAhead = true },
            _ => new() { Flex = decimal.Parse(rule, CultureInfo.InvariantCulture) },
        };

        BudgetMonthReport report = new BudgetMonthSimulation(Real.Value) { DemandShare = share }.Run(days);

        report.Months.Should().HaveCount(18);
        report.Delivered.Should().BeApproximately(mean, 0.06);
        report.DeliveredLow.Should().BeApproximately(low, 0.06);
        report.Dark.Should().BeApproximately(dark, 0.06);
    }

    private static TrafficSeries Series(Func<int, double> demand)
    {
        Instant start = Instant.FromUtc(2026, 11, 1, 0, 0);
        return new(
            Enumerable.Range(0, 30 * 24).Select(hour =>
                (start + Duration.FromHours(hour), demand((hour / 24) + 1) / 24)),
            ContractCalendar.Utc);
    }

    private static TrafficSeries Read(string file, ContractCalendar calendar, string column, string? campaign = null)
    {
        string[][] lines =
        [
            .. File.ReadLines(Path.Combine(SourceTree.Root, Data, file)).Select(static line => line.Split(',')),
        ];
        int count = Array.IndexOf(lines[0], column);
        int time = Array.FindIndex(lines[0], static name => name is "timestamp" or "hour_utc");
        return new(
            lines.Skip(1).Where(line => line[count].Length > 0 && (campaign is null || line[0] == campaign))
                .Select(line => (At(line[time], calendar), double.Parse(line[count], CultureInfo.InvariantCulture))),
            calendar);
    }

    private static Instant At(string text, ContractCalendar calendar)
    {
        string local = text.TrimEnd('Z').Replace('T', ' ');
        local = local.Length == 16 ? local + ":00" : local;
        return LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss").Parse(local).Value
            .InZoneLeniently(calendar.Zone).ToInstant();
    }
}
