using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Testing.Pacing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Testing.Pacing;

public sealed class PriceSeriesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 0, 0);

    [Fact]
    public void A_price_holds_until_the_next_one()
    {
        PriceSeries prices = new([(At(5), 30), (At(2), 10), (At(2), 20)]);

        new[] { 2, 4, 5, 1_000 }.Select(hour => prices.At(At(hour))).Should().Equal(20, 20, 30, 30);
        prices.At(Start).Should().Be(10, "the first one holds before its instant too");
        (prices.Mean, prices.Least).Should().Be((20, 10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(PriceSeries.PriceMax + 1)]
    public void What_is_no_price_is_refused(long price)
    {
        Action wrong = () => _ = new PriceSeries([(Start, price)]);
        Action none = static () => _ = new PriceSeries([]);
        wrong.Should().Throw<ArgumentException>();
        none.Should().Throw<ArgumentException>();
    }

    // A price of always the same is a unit of its own.
    [Fact]
    public void One_price_for_all_changes_nothing_but_the_unit()
    {
        PacingReport plain = Run(null);
        PacingReport priced = Run(new([(Start, 70_000)]));

        priced.Days.Select(static d => d.Requests).Should().Equal(plain.Days.Select(static d => d.Requests));
        priced.Delivered.Should().BeApproximately(plain.Delivered, 0.2);
        priced.Value.Should().BeApproximately(plain.Value, 0.2);
        priced.Rms.Should().BeApproximately(plain.Rms, 0.2);
        priced.PeakToEven.Should().BeApproximately(plain.PeakToEven, 0.1);
        priced.ExhaustedAt.Should().BeApproximately(plain.ExhaustedAt, 0.01);
    }

    [Fact]
    public void Dear_hours_are_bought_only_where_they_are_worth_it()
    {
        PriceSeries prices = new(
            Enumerable.Range(0, 14 * 24).Select(static hour => (At(hour), hour % 24 < 12 ? 50L : 150)));
        PacingReport told = Run(prices);
        PacingReport even = Run(prices, new() { Mode = PacingMode.Even });

        told.Value.Should().BeGreaterThan(88);
        told.Overspend.Should().Be(0);
        even.Value.Should().BeLessThan(60);
        told.SpentBy.Should().HaveCount(97).And.BeInAscendingOrder();
        told.SpentBy[48].Should().BeGreaterThan(told.TrafficBy[48] * 1.2, "the first half of the day is cheap");
        told.SpentBy[96].Should().BeApproximately(told.Delivered, 1e-9);
        told.TrafficBy[96].Should().BeApproximately(100, 1e-9);
    }

    [Fact]
    public void A_day_that_costs_more_than_can_be_counted_is_replayed()
    {
        TrafficSeries series = new([(Start, 9_500_000), (Start + Duration.FromDays(1), 0)], ContractCalendar.Utc);
        PacingSimulation simulation = new(series)
        {
            Prices = new([(Start, PriceSeries.PriceMax)]),
            Spread = 0,
            LearningDays = 0,
            BudgetShare = 1,
        };

        PacingReport report = simulation.Run(new() { Mode = PacingMode.AsSoonAsPossible }, default);

        report.Days[0].Limit.Should().Be(BudgetCounter.AmountMax);
        report.Days[0].Delivered.Should().Be(100);
    }

    private static PacingReport Run(PriceSeries? prices, PacingTerms? terms = null)
    {
        TrafficSeries series = new(
            Enumerable.Range(0, 14 * 24).Select(static hour => (At(hour), 100d)), ContractCalendar.Utc);
        return new PacingSimulation(series) { Prices = prices }.Run(terms ?? new(), default);
    }

    private static Instant At(int hour) => Start + Duration.FromHours(hour);
}
