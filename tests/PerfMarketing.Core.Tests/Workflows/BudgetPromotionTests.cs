using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What comes back to a budget goes to whoever waits, in the call that gave it back.</summary>
public sealed class BudgetPromotionTests
{
    [Fact]
    public async Task Call_that_gives_back_decides_who_waited()
    {
        LiveHost host = await HostAsync();

        ConversionReport report = await host.CorrectAsync(Retracted("r1", "o1", "2026-03-05T12:00:00Z"));

        report.Posted.Texts().Should().Equal("p-blog -10.00 EUR");
        report.Promoted.Select(static p => $"{p.State.Id} {p.Earnings[0].Amount} {p.Earnings[0].DecidedAt}")
            .Should().Equal("o2 10.00 EUR 2026-03-05T12:00:00Z");
        report.Promoted[0].BudgetEntries.Select(static e => e.Kind).Should().Equal(BudgetEntryKind.Committed);
    }

    [Fact]
    public async Task What_waits_says_when_it_is_over()
    {
        LiveHost host = await HostAsync();

        ConversionReport report = await host.ProcessAsync(Sale("o4", "2026-03-04T12:00:00Z"));

        report.ReviewAt.Should().Be(At("2026-03-31T22:00:00Z"));
        report.Reasons.Select(static r => r.Code).Should().Equal(SettlementReasons.BudgetHeld);
        report.BudgetEntries.Select(static e => $"{e.Kind} {e.Requested} {e.Amount}").Should()
            .Equal("Waiting 10.00 EUR 0.00 EUR");
        ConversionReport later = await host.ReviewAsync("o4", "2026-03-31T22:00:00Z");
        later.Qualification.Should().BeOfType<Qualification.Rejected>();
        later.BudgetEntries.Select(static e => e.Kind).Should().Equal(BudgetEntryKind.Released);
    }

    private static async Task<LiveHost> HostAsync()
    {
        Budget budget = new(new("month"), 15.Eur, PeriodUnit.Month)
        {
            AtCap = CapBehavior.StopAndReject, OnExceeded = LimitOverflow.Hold,
        };
        LiveHost host = new(Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedBy(budget));
        await host.RecordAsync(LiveHost.Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-01T12:00:00Z"));
        await host.ProcessAsync(Sale("o2", "2026-03-02T12:00:00Z"));
        await host.ProcessAsync(Sale("o3", "2026-03-03T12:00:00Z"));
        return host;
    }
}
