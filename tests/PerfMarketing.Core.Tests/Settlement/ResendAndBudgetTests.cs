using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class ResendAndBudgetTests
{
    // Rules 2 and 15: a re-run with the closed statements pays in April what March refused over budget.
    [Fact]
    public void What_was_refused_over_budget_before_the_close_stays_refused()
    {
        CampaignDraft campaign = Contract(
            Pay.RevenueShare(10.Percent), c => c.TrustingHost("order-paid", within: Duration.FromDays(3)))
            .ToCampaign().BudgetedAt(monthly: 25.Eur, CapBehavior.StopAndReject);
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-03T12:00:00Z", 200.Eur)), // reserves 20.00, is never proven, expires on the 6th
            Of(Sale("o2", "2026-03-04T12:00:00Z", 100.Eur)), // 10.00 does not fit into the 5.00 left: refused
            Proof("o2", "2026-03-04T12:00:01Z"),
            Of(Sale("o3", "2026-03-07T12:00:00Z", 150.Eur)),
            Proof("o3", "2026-03-07T12:00:01Z"),
        ];
        CampaignRun first = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        foreach (CampaignInput input in log)
        {
            first.Process(input);
        }

        first.Entries.Texts().Should().Equal("p-blog 15.00 EUR");
        ValueList<Statement> closed = first.Statements(At("2026-03-31T22:00:00Z"));

        CampaignRun again = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        again.Restore(closed);
        foreach (CampaignInput input in log)
        {
            again.Process(input);
        }

        again.Entries.Texts().Should().Equal("p-blog 15.00 EUR");
    }

    // A budget is a hard cap: what a correction gives back to the partner must be committed again (or flagged).
    [Fact]
    public void Withdrawn_return_does_not_lead_past_the_budget()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign().BudgetedAt(monthly: 25.Eur, CapBehavior.StopAndReject),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 200.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 100.Eur)));
        run.Process(Of(new ReturnWithdrawn
        {
            Id = new("w1"), Outcome = new("o1"), At = At("2026-03-05T12:00:00Z"), Replaces = new CorrectionId("r1"),
        }));
        run.Process(Of(Sale("o2", "2026-03-06T12:00:00Z", 150.Eur)));

        // Net of the ledger: 20 - 10 + 10 + 15 = 35 of 25; the budget itself says 25 committed.
        run.Entries.Aggregate(0.Eur, (sum, e) => sum + e.Amount).Should().BeLessThanOrEqualTo(25.Eur);
    }

    // When an event was recorded is no part of what it says.
    [Fact]
    public void Outcome_that_is_sent_again_later_is_a_replay()
    {
        CampaignRun run = Run(Contract(Pay.Fixed(10.Eur)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        Outcome sale = Sale("o1", "2026-03-03T12:00:00Z");
        run.Process(Of(sale));

        run.Process(Of(sale with { RecordedAt = At("2026-03-05T12:00:00Z") })).Answer
            .Should().Be(DecisionAnswer.Replayed);
    }

    [Fact]
    public void Correction_that_is_sent_again_later_is_a_replay()
    {
        CampaignRun run = Run(Contract(Pay.Fixed(10.Eur)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        Correction back = Returned("r1", "o1", "2026-03-04T12:00:00Z", 10.Eur);
        run.Process(Of(back));

        run.Process(Of(back with { RecordedAt = At("2026-03-05T12:00:00Z") })).Answer
            .Should().Be(DecisionAnswer.Replayed);
    }

    // A refused correction should be told: somebody asks why the return did not count.
    [Fact]
    public void Refused_correction_says_why()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 80.Eur)));
        Decision second = run.Process(Of(Returned("r2", "o1", "2026-03-05T12:00:00Z", 80.Eur)));

        second.Posted.OfType<Adjustment>().Single().Amount.Should().Be(0.Eur);
        second.Posted.OfType<Adjustment>().Single().Reason.ToString().Should().Contain(CorrectionCodes.MoreThanKept);
    }
}
