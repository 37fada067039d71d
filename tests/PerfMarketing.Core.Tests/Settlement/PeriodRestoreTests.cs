using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What was paid for closed periods stands, whatever a longer log says.</summary>
public sealed class PeriodRestoreTests
{
    private static readonly Instant April = At("2026-04-10T00:00:00Z");

    private static readonly Instant May = At("2026-05-10T00:00:00Z");

    private static readonly CampaignInput[] Log =
    [
        Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)),
        Of(Sale("o2", "2026-03-10T12:00:00Z", 300.Eur)),
        Of(Sale("o3", "2026-04-03T12:00:00Z", 900.Eur)),
    ];

    [Fact]
    public void Same_log_again_pays_nothing_twice()
    {
        CampaignRun first = Settle([], null, April, Log);
        ValueList<Statement> closed = first.Statements(April);

        CampaignRun again = Settle(closed, April, May, Log);

        again.Statements(May).Where(static s => s.Period == "2026-03").Should()
            .Equal(closed.Where(static s => s.IsClosed));
        again.Entries.Select(static e => e.Id).Should().OnlyHaveUniqueItems();
        Settle([], null, May, Log).Statements(May).Should().Equal(again.Statements(May));
    }

    [Fact]
    public void What_came_late_counts_in_the_period_in_which_it_is_decided()
    {
        ValueList<Statement> closed = Settle([], null, April, Log[..2]).Statements(April);

        CampaignRun again = Settle(
            closed, April, May, Of(Sale("late", "2026-03-02T12:00:00Z", 500.Eur)), Log[0], Log[1], Log[2]);

        // March: 10 + 30 and 160 advanced. April: 50 for the late sale and 90, and another 60 advanced.
        again.Entries.Select(static e => $"{e.Tag} {e.Amount} {(e as PeriodEarning)?.Closing}").Should().Equal(
            "earning 10.00 EUR ", "earning 30.00 EUR ", "period-earning 160.00 EUR -160.00 EUR",
            "earning 50.00 EUR ", "earning 90.00 EUR ", "period-earning 60.00 EUR -220.00 EUR");
    }

    [Fact]
    public void Month_that_was_closed_without_a_statement_is_not_paid_for_later()
    {
        // The earlier run knew no clause of periods.
        CampaignRun again = Settle([], April, May, Log);

        again.Entries.OfType<PeriodEarning>().Select(static e => e.Period).Should().Equal("2026-04");
    }

    [Fact]
    public void Months_of_an_open_quarter_are_not_closed()
    {
        // The first quarter is not over: what was decided and paid for January is in no closed statement.
        CampaignDraft draft = Contract(Pay.RevenueShare(10.Percent)).SettledBy(new() { Per = PeriodUnit.Quarter })
            .PaysPer(PeriodUnit.Month, new Retainer(90.Eur), "p-blog").ToCampaign();
        CampaignRun[] runs = [Run(), Run(At("2026-02-15T00:00:00Z")), Run(May)];

        foreach (CampaignRun run in runs)
        {
            run.Statements(May).Select(static s => $"{s.Period} {s.Payable.Amount}").Should()
                .Equal("2026-Q1 280.00", "2026-Q2 90.00");
        }

        CampaignRun Run(Instant? asOf = null)
        {
            CampaignRun run = Sample.Run(draft, Touch("p-blog", "2026-01-15T09:00:00Z"));
            run.Restore(asOf is { } earlier && earlier > April ? Run().Statements(earlier) : [], asOf);
            run.Process(Of(Sale("o1", "2026-01-20T12:00:00Z", 100.Eur)));
            run.Expire(May);
            return run;
        }
    }

    private static CampaignRun Settle(
        IEnumerable<Statement> closed, Instant? closedAt, Instant asOf, params CampaignInput[] log)
    {
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent))
            .PaysPer(PeriodUnit.Month, new Draw(200.Eur)).ToCampaign().Build();
        CampaignRun run = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Restore(closed, closedAt);
        foreach (CampaignInput input in log.OrderBy(static i => i.RecordedAt))
        {
            run.Process(input);
        }

        run.Expire(asOf);
        return run;
    }
}
