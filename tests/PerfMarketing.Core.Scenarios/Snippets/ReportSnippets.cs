using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Measurement;
using PerfMarketing.Measurement.Reports;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/reports.md.</summary>
public sealed class ReportSnippets
{
    private static readonly Instant May = Instant.FromUtc(2026, 5, 10, 12, 0);

    [Fact]
    public void Report()
    {
        CampaignRun run = TwoMonths();
        Campaign campaign = run.State.Campaign;
        StatementId[] paid = [run.Statements(May)[0].Id];

        #region reports
        ValueList<Statement> statements = run.Statements(asOf: May);

        PayablesReport payables = PayablesReport.Of(statements);
        Bridge bridge = Bridge.Of(campaign, statements).Single();
        ReversalReport reversals = ReversalReport.Of(campaign, run.Entries);
        AgingReport aging = AgingReport.Of(
            statements.Where(s => !paid.Contains(s.Id)), ContractCalendar.Utc, asOf: May, AgingReport.UsualBounds);
        Funnel funnel = Funnel.Of(run.State, statements, paid, asOf: May);

        string csv = ReportCsv.Write(bridge);
        #endregion

        payables.Payable.Should().Equal(23.Eur);
        aging.Total.Should().Equal(3.Eur);
        reversals.Total.Single().RateByMoney.Should().Be(new Ratio(5, 28));
        funnel.Approved.Select(static a => a.Count).Should().Equal(0, 0, 1, 1);
        csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "event month (EUR),2026-03 count,2026-03 amount,2026-04 count,2026-04 amount,total count,total amount",
            "2026-03,1,20.00,1,-5.00,2,15.00",
            "2026-04,0,0.00,1,8.00,1,8.00",
            "total,1,20.00,2,3.00,3,23.00");
    }

    private static CampaignRun TwoMonths()
    {
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent)).ToCampaign().Build();
        JourneyTouch touch = new()
        {
            Id = new("t1"),
            At = Instant.FromUtc(2026, 3, 1, 9, 0),
            Partner = new("p-blog"),
        };
        CampaignRun run = new(campaign, new OneJourney(new(new[] { touch })));
        AmountReturn returned = new()
        {
            Id = new("r1"),
            Outcome = new("o1"),
            At = Instant.FromUtc(2026, 4, 3, 12, 0),
            Amount = 50.Eur,
        };
        run.Process(new CampaignInput.OfOutcome(Sale("o1", Instant.FromUtc(2026, 3, 2, 12, 0), 200.Eur)));
        run.Process(new CampaignInput.OfCorrection(returned));
        run.Process(new CampaignInput.OfOutcome(Sale("o2", Instant.FromUtc(2026, 4, 4, 12, 0), 80.Eur)));
        return run;
    }

    private static Outcome Sale(string id, Instant at, Money value) =>
        new() { Id = new(id), At = at, Kind = "sale", Value = value, Customer = new CustomerId("c1") };

    private sealed class OneJourney(Journey journey) : IJourneySource
    {
        public Journey Find(Outcome outcome) => journey;
    }
}
