using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/choose-a-pace.md.</summary>
public sealed class PacingSnippets
{
    [Fact]
    public void Pace_a_day()
    {
        ContractCalendar calendar = ContractCalendar.In("Europe/Berlin");
        Instant now = Instant.FromUtc(2026, 3, 10, 9, 0);
        TrafficModel model = TrafficModel.Empty;

        #region pace
        CalendarPeriod day = calendar.Containing(PeriodUnit.Day, now);
        TrafficForecast forecast = model.Classes.Count > 0
            ? model.Forecast(day, calendar)
            : TrafficForecast.Even(day, expectedCost: 1_000_000);     // in cents: the host's guess for the first day

        BudgetCounter counter = new(limit: 300_000);                   // 3,000.00 EUR
        Pacer pacer = new(new PacingTerms(), forecast, counter);

        PaceDecision decision = pacer.Decide(new(Cost: 50) { Worth = 85 }, now);
        if (decision.IsAdmitted)
        {
            // Buy it: its 0.50 EUR are set aside. When it fails, counter.Release(50).
        }
        #endregion

        decision.IsAdmitted.Should().BeFalse("of two requests the second is bought at a pass rate of a half");
        decision.Reason.Should().Be(PaceReason.Throttled);
        decision.PassRate.Should().BeInRange(0.52, 0.54, "ten hours went by unused");

        #region learn
        TrafficDay traffic = new(day);
        traffic.Add(now, 50);                                          // every eligible request, refused ones too
        model = model.Learn(traffic, TrafficModel.ClassOf(calendar.DateOf(now)));   // when the day is over

        PacerState state = pacer.Save();                               // for tomorrow's pacer, or after a restart
        #endregion

        model.Classes.Should().ContainSingle();
        state.FreshRequests.Should().Be(1);

        #region health
        PacingHealth health = PacingHealth.Of(pacer, forecast, now);
        string said = $"{health.Status}: {health.Used:P0} used of {health.TrafficOver:P0} of the traffic";
        #endregion

        said.Should().NotBeEmpty();
        health.Status.Should().Be(PacingStatus.OnPlan, "there is enough traffic to come");
    }

    [Fact]
    public void Traffic_that_is_needed()
    {
        #region required
        long required = RequiredInventory.Of(
            new InventoryTarget(Target: 50_000, Ratio.One) { Achieved = 20_000, Bought = 20_000 },        // impressions
            new InventoryTarget(Target: 100, new Ratio(1, 1_000)) { Achieved = 40, Bought = 20_000 });     // clicks
        #endregion

        required.Should().Be(30_000);
    }

    [Fact]
    public void Caps_above()
    {
        CalendarPeriod day = ContractCalendar.Utc.Day(new(2026, 3, 10));
        TrafficForecast forecast = TrafficForecast.Even(day, expectedCost: 1_000_000);
        BudgetCounter counter = new(limit: 300_000);

        #region parents
        BudgetCounter account = new(limit: 5_000_000);
        Pacer pacer = new(new PacingTerms(), forecast, counter) { Parents = [account] };
        #endregion

        for (int i = 0; i < 4; i++)
        {
            pacer.Decide(new(Cost: 50), day.Start);
        }

        account.Used.Should().Be(50).And.Be(counter.Used);
    }

    [Fact]
    public void Results_in_flight()
    {
        #region inflight
        DelayCurve delays = DelayCurve.Of(
            results: [Duration.FromHours(1), Duration.FromHours(5), Duration.FromDays(2)],
            open: [Duration.FromDays(1)]);
        InFlightCohort[] cohorts =
        [
            new(Touches: 1_000, Mature: delays.Before(Duration.FromHours(12))),
            new(Touches: 500, Mature: delays.Before(Duration.FromHours(1))),
        ];
        ResultRate rate = ResultRate.Of(results: 12, cohorts);
        InFlightCost cost = InFlightCost.Of(cohorts, rate.Mean, payout: 5_000, results: 12);
        long toCountAsUsed = (long)cost.Guarded;                       // pacer.CountInFlight(toCountAsUsed);
        #endregion

        toCountAsUsed.Should().BeGreaterThan((long)cost.Expected);
    }
}
