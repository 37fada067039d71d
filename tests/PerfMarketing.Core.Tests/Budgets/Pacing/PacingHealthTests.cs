using NodaTime;
using PerfMarketing.Budgets.Pacing;

namespace PerfMarketing.Tests.Budgets.Pacing;

public sealed class PacingHealthTests
{
    [Fact]
    public void The_first_minute_says_nothing()
    {
        (Pacer pacer, TrafficForecast forecast) = Make(new(), 1_000, 0);
        pacer.Decide(new(1), Paces.Start);
        PacingHealth.Of(pacer, forecast, Paces.Start).Status.Should().Be(PacingStatus.Unknown);
    }

    [Fact]
    public void On_plan()
    {
        PacingHealth health = At(12, new(), 1_000, 500);

        health.Status.Should().Be(PacingStatus.OnPlan);
        health.Used.Should().BeApproximately(0.5, 1e-3);
        health.TrafficOver.Should().BeApproximately(0.5, 1e-9);
        health.ProjectedUse.Should().Be(1);
        health.RequiredPerHour.Should().BeApproximately(500 / 12d, 0.1);
    }

    [Fact]
    public void Used_up_before_the_traffic_is_over()
    {
        At(12, new(), 1_000, 1_000).Should().BeEquivalentTo(new { Status = PacingStatus.ExhaustedTooEarly });
        PacingHealth soon = At(12, new() { Mode = PacingMode.AsSoonAsPossible }, 1_000, 500);
        soon.Status.Should().Be(PacingStatus.ExhaustedTooEarly);
        (soon.ProjectedEnd!.Value - Paces.Start).TotalHours.Should().BeApproximately(13.2, 0.03);
        At(23, new(), 1_000, 1_000).Status.Should().Be(PacingStatus.OnPlan, "less than 5 % of the traffic is to come");
    }

    [Theory]
    [InlineData(PacingMode.Even)]
    [InlineData(PacingMode.Learned)]
    [InlineData(PacingMode.Ahead)]
    [InlineData(PacingMode.FrontLoaded)]
    [InlineData(PacingMode.Feedback)]
    [InlineData(PacingMode.Dual)]
    public void Every_pace_can_be_on_plan(PacingMode mode)
    {
        TrafficForecast forecast = TrafficForecast.Even(Paces.Day, 10_000);
        Pacer pacer = new(new() { Mode = mode }, forecast, new(3_000));
        Paces.Replay(pacer, 10_000, static i => 0.5 + (i * 7 % 10), 0, 5_000);
        PacingHealth.Of(pacer, forecast, Paces.Start + Duration.FromHours(12)).Status.Should().Be(PacingStatus.OnPlan);
    }

    [Fact]
    public void Too_little_traffic_for_the_budget()
    {
        PacingHealth health = At(12, new(), 100_000, 1_000);
        health.Status.Should().Be(PacingStatus.UnderDelivery);
        health.ProjectedUse.Should().BeApproximately(0.06, 0.001);
    }

    [Fact]
    public void The_last_day_can_be_judged_at_its_end()
    {
        (Pacer pacer, TrafficForecast forecast) = Make(new(), 1_000, 850);
        pacer.Decide(new(0), Paces.Day.End - Duration.FromMinutes(1));
        PacingHealth.Of(pacer, forecast, Paces.Day.End).Should().BeEquivalentTo(
            new { Status = PacingStatus.UnderDelivery, ProjectedUse = 0.85, RequiredPerHour = 0d });
    }

    [Fact]
    public void A_day_whose_budget_was_gone_by_noon_was_exhausted_too_early_also_at_its_end()
    {
        (Pacer pacer, TrafficForecast forecast) = Make(new(), 1_000, 1_000);
        pacer.Decide(new(0), Paces.Day.End - Duration.FromMinutes(1));
        Instant noon = Paces.Start + Duration.FromHours(12);
        Instant late = Paces.Start + Duration.FromHours(23);

        PacingHealth.Of(pacer, forecast, Paces.Day.End, noon).Should().BeEquivalentTo(
            new { Status = PacingStatus.ExhaustedTooEarly, ProjectedEnd = noon, ProjectedUse = 1d });
        PacingHealth.Of(pacer, forecast, Paces.Day.End, late).Status.Should().Be(PacingStatus.OnPlan);
        PacingHealth.Of(pacer, forecast, Paces.Day.End).Status.Should().Be(PacingStatus.OnPlan, "nobody says when");
    }

    // Source: reference/budgets-and-pacing.md §9: an alarm at less than 90 %.
    [Theory]
    [InlineData(899, PacingStatus.UnderDelivery)]
    [InlineData(900, PacingStatus.OnPlan)]
    public void Less_than_nine_tenths_is_too_little(long used, PacingStatus status)
    {
        (Pacer pacer, TrafficForecast forecast) = Make(new(), 1_000, used);
        pacer.Decide(new(0), Paces.Day.End - Duration.FromMinutes(1));
        PacingHealth.Of(pacer, forecast, Paces.Day.End).Status.Should().Be(status);
    }

    [Fact]
    public void A_paused_budget_is_neither_good_nor_bad()
    {
        (Pacer pacer, TrafficForecast forecast) = Make(new(), 1_000, 0);
        pacer.Pause();
        PacingHealth.Of(pacer, forecast, Paces.Start).Should().BeEquivalentTo(
            new { Status = PacingStatus.Paused, ProjectedUse = (double?)null, ProjectedEnd = (Instant?)null });
    }

    private static PacingHealth At(int hour, PacingTerms terms, long limit, long used)
    {
        (Pacer pacer, TrafficForecast forecast) = Make(terms, limit, used);
        Instant at = Paces.Start + Duration.FromHours(hour);
        pacer.Decide(new(0), at);
        return PacingHealth.Of(pacer, forecast, at);
    }

    private static (Pacer Pacer, TrafficForecast Forecast) Make(PacingTerms terms, long limit, long used)
    {
        TrafficForecast forecast = TrafficForecast.Even(Paces.Day, 10_000);
        return (new(terms, forecast, new(limit, used)), forecast);
    }
}
