using NodaTime;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Testing.Pacing;

public sealed class PacingSimulationTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 0, 0);

    [Fact]
    public void The_forecast_gets_most_of_what_could_be_had_and_keeps_to_the_traffic()
    {
        PacingReport forecast = Run(new());
        PacingReport blind = Run(new(), tellsWorth: false);
        PacingReport asap = Run(new() { Mode = PacingMode.AsSoonAsPossible });

        forecast.Days.Should().HaveCount(14);
        forecast.Delivered.Should().BeGreaterThan(99);
        forecast.Value.Should().BeGreaterThan(95, "the page says 96 on real days");
        blind.Value.Should().BeInRange(40, 60);
        asap.Rms.Should().BeGreaterThan(5 * forecast.Rms);
        asap.ExhaustedAt.Should().BeLessThan(0.7);
        new[] { forecast, blind, asap }.Should().AllSatisfy(static r => r.Overspend.Should().Be(0));
    }

    [Fact]
    public void Few_requests_are_spread_too()
    {
        PacingReport few = Run(new(), requestsPerDay: 60);

        few.Delivered.Should().BeGreaterThan(94);
        few.Value.Should().BeGreaterThan(90);
        few.Rms.Should().BeLessThan(10);
    }

    [Fact]
    public void The_same_seed_gives_the_same_days_and_another_seed_others()
    {
        Run(new()).Days.Should().Equal(Run(new()).Days);
        Run(new(), seed: 2).Days.Should().NotEqual(Run(new()).Days);
    }

    [Fact]
    public void All_paces_have_the_same_requests() =>
        Run(new()).Days.Select(static d => d.Requests).Should().Equal(
            Run(new() { Mode = PacingMode.Even }).Days.Select(static d => d.Requests));

    [Fact]
    public void A_fixed_limit_holds_whatever_the_traffic()
    {
        PacingSimulation simulation = new(Series()) { DailyLimit = 123, RequestsPerDay = 2_000 };
        PacingReport report = simulation.Run(new(), CancellationToken.None);
        report.Days.Should().AllSatisfy(static d => d.Limit.Should().Be(123));
        report.Percentile(static d => d.Delivered, 100).Should().Be(100);
    }

    [Fact]
    public void The_audience_may_live_in_another_zone_than_the_budget()
    {
        TrafficSeries series = Series();
        PacingSimulation same = new(series) { RequestsPerDay = 4_000, Audience = ContractCalendar.Utc };
        PacingSimulation other = new(series) { RequestsPerDay = 4_000, Audience = ContractCalendar.In("Asia/Tokyo") };

        same.Run(new(), default).Days.Should().Equal(Run(new()).Days, "its own zone is the default");
        PacingReport report = other.Run(new(), default);
        report.Days.Select(static d => d.Date).Should().Equal(Run(new()).Days.Select(static d => d.Date));
        report.Days.Should().NotEqual(Run(new()).Days, "weekends begin nine hours earlier");
        report.Delivered.Should().BeGreaterThan(97);
    }

    [Fact]
    public void A_series_is_cut_into_days_of_its_zone_and_leaves_gaps_out()
    {
        ContractCalendar berlin = ContractCalendar.In("Europe/Berlin");
        Instant start = berlin.StartOf(new(2026, 3, 28));
        Instant gap = berlin.StartOf(new(2026, 3, 30));
        TrafficSeries series = new(
            Enumerable.Range(0, 24 * 5).Select(i => (start + Duration.FromHours(i), 60d))
                .Where(c => c.Item1 < gap || c.Item1 >= gap + Duration.FromHours(2)),
            berlin);

        series.Step.Should().Be(Duration.FromHours(1));
        series.Days.Select(static d => (d.Date.Day, d.Minutes.Count)).Should().Equal(
            (28, 1_440), (29, 1_380), (31, 1_440), (1, 1_440));
        series.Days[1].Total.Should().BeApproximately(23 * 60, 1e-9);
    }

    [Fact]
    public void A_count_goes_on_after_midnight()
    {
        TrafficSeries series = new(
            Enumerable.Range(0, 24 * 4).Select(static i => (Start - Duration.FromHours(12 - i), 60d)),
            ContractCalendar.In("Asia/Kolkata"));
        series.Days.Should().HaveCountGreaterThan(2).And.AllSatisfy(
            static d => d.Total.Should().BeApproximately(1_440, 1e-6));
    }

    [Fact]
    public void Half_a_day_that_is_given_twice_is_half_a_day()
    {
        IEnumerable<(Instant, double)> half =
            Enumerable.Range(0, 12).Select(static i => (Start + Duration.FromHours(i), 1d));
        new TrafficSeries([.. half, .. half], ContractCalendar.Utc).Days.Should().BeEmpty();
    }

    [Fact]
    public void More_requests_than_can_be_simulated_are_refused()
    {
        Action much = static () => new PacingSimulation(Series()) { RequestsPerDay = 1e9 }.Run(new(), default);
        much.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void What_lies_between_two_counts_is_a_gap_and_days_are_bounded()
    {
        TrafficSeries rare = new([(Start, 24), (Start + Duration.FromDays(2_000_000), 24)], ContractCalendar.Utc);
        Action much = static () => _ = new TrafficSeries(
            Enumerable.Range(0, TrafficSeries.DaysMax + 1).Select(static day => (Start + Duration.FromDays(day), 1d)),
            ContractCalendar.Utc);

        rare.Days.Should().AllSatisfy(static d => d.Total.Should().BeApproximately(24, 1e-9));
        rare.Days.Should().HaveCount(2);
        much.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Each_day_that_is_done_is_told()
    {
        List<int> told = [];
        new PacingSimulation(Series()) { RequestsPerDay = 100, Replayed = told.Add }.Run(new(), default);
        told.Should().Equal(Enumerable.Range(1, 21));
    }

    [Fact]
    public void A_series_without_a_step_is_none()
    {
        Action one = static () => _ = new TrafficSeries([(Start, 1), (Start, 2)], ContractCalendar.Utc);
        Action negative = static () =>
            _ = new TrafficSeries([(Start, 1), (Start + Duration.FromHours(1), -2)], ContractCalendar.Utc);
        one.Should().Throw<ArgumentException>();
        negative.Should().Throw<ArgumentException>();
    }

    private static PacingReport Run(
        PacingTerms terms, bool tellsWorth = true, double requestsPerDay = 4_000, ulong seed = 1)
    {
        PacingSimulation simulation = new(Series())
        {
            RequestsPerDay = requestsPerDay,
            TellsWorth = tellsWorth,
            Seed = seed,
        };
        return simulation.Run(terms, CancellationToken.None);
    }

    // Three weeks with a night, two peaks, and weekends of two thirds.
    private static TrafficSeries Series() => new(
        Enumerable.Range(0, 21 * 96).Select(static i =>
        {
            Instant at = Start + Duration.FromMinutes(15 * i);
            double hour = i % 96 / 4d;
            double peaks = Math.Exp(-Math.Pow((hour - 12) / 3, 2)) + Math.Exp(-Math.Pow((hour - 20) / 2, 2));
            return (at, (0.05 + peaks) * (i / 96 % 7 >= 5 ? 0.66 : 1));
        }),
        ContractCalendar.Utc);
}
