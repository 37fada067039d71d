using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Measurement;

public sealed class FunnelTests
{
    [Fact]
    public void Every_outcome_is_at_one_stage_and_the_stages_sum()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid", within: Duration.FromDays(5)))
                .ToCampaign().BudgetedAt(monthly: 25.Eur, CapBehavior.StopAndReject),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        Outcome[] outcomes =
        [
            Sale("test", "2026-03-02T10:00:00Z", 1.Eur) with { IsTest = true },
            Sale("bad", "2026-03-02T11:00:00Z", 2.Eur) with { Quantity = -1 },
            Sale("nobody", "2026-02-28T09:00:00Z", 4.Eur),
            Sale("approved", "2026-03-02T12:00:00Z", 8.Eur) with { OrderId = new("A-1") },
            Sale("again", "2026-03-02T13:00:00Z", 16.Eur) with { OrderId = new("A-1") },
            Sale("expired", "2026-03-03T12:00:00Z", 32.Eur),
            Sale("lead", "2026-03-03T13:00:00Z", 64.Eur) with { Kind = "lead" },
            Sale("over", "2026-03-04T12:00:00Z", 128.Eur),
            Sale("pending", "2026-03-09T12:00:00Z"),
        ];
        foreach (Outcome outcome in outcomes)
        {
            run.Process(Of(outcome));
            if (outcome.Id.Value == "approved")
            {
                run.Process(Proof("approved", "2026-03-02T12:30:00Z"));
            }
        }

        Funnel funnel = Funnel.Of(run.State);

        funnel.Lines.Select(Text).Should().Equal(
            "test  1 1.00 EUR",
            $"duplicate {SettlementReasons.DuplicateOrder} 1 16.00 EUR",
            $"invalid {SettlementReasons.Invalid} 1 2.00 EUR",
            $"unattributed {AttributionReasons.NoTouch} 1 4.00 EUR",
            $"rejected {ProofReasons.Expired} 1 32.00 EUR",
            $"rejected {SettlementReasons.NoClause} 1 64.00 EUR",
            $"over-cap {SettlementReasons.OverBudget} 1 128.00 EUR",
            "pending  1 ",
            "approved  1 8.00 EUR");
        funnel.Received.Should().Be(9);
        funnel.Value.Should().Equal(255.Eur);
        funnel.CountOf(FunnelStage.Rejected).Should().Be(2);
        funnel.ValueOf(FunnelStage.Rejected).Should().Equal(96.Eur);
    }

    [Theory]
    [InlineData(LimitOverflow.Reject, LimitReasons.Reached)]
    [InlineData(LimitOverflow.Hold, LimitReasons.HoldEnded)]
    public void What_the_cap_of_a_contract_refused_is_over_cap(LimitOverflow policy, string code)
    {
        CampaignRun run = Run(
            Contract(
                Pay.Fixed(10.Eur),
                c => c.LimitedTo(Limit.Outcomes(1, PeriodUnit.Month).Or(policy))).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T10:00:00Z", 8.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T10:00:00Z", 16.Eur)));
        run.Expire(At("2026-05-01T00:00:00Z"));

        Funnel.Of(run.State).Lines.Select(Text).Should().Equal($"over-cap {code} 1 16.00 EUR", "approved  1 8.00 EUR");
    }

    [Fact]
    public void Amounts_of_several_currencies_stand_side_by_side()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T10:00:00Z", 5m.Usd)));
        run.Process(Of(Sale("o2", "2026-03-02T11:00:00Z", 7.Eur)));

        Funnel.Of(run.State).Lines.Select(Text).Should().Equal(
            $"pending {SettlementReasons.RateMissing} 1 5.00 USD", "approved  1 7.00 EUR");
        Funnel.Of(run.State).Value.Should().Equal(7.Eur, 5m.Usd);
    }

    [Fact]
    public void Order_lines_give_the_value_and_a_repetition_counts_once()
    {
        CampaignRun run = Run(Contract(Pay.Fixed(1.Eur)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        Outcome order = Sale("o1", "2026-03-02T10:00:00Z") with
        {
            Lines = [new() { Net = 5.Eur }, new() { Net = 2.Eur }],
        };

        run.Process(Of(order));
        run.Process(Of(order));
        run.Process(Of(Retracted("r1", "o1", "2026-03-03T10:00:00Z")));
        run.Process(Of(Retracted("r2", "never-came", "2026-03-03T10:00:00Z")));

        Funnel.Of(run.State).Lines.Select(Text).Should().Equal("approved  1 7.00 EUR");
    }

    [Fact]
    public void Funnel_reads_back_what_it_wrote()
    {
        Funnel funnel = new([
            new(FunnelStage.OverCap, SettlementReasons.OverBudget, 3, [1.Eur, 2m.Usd]),
            new(FunnelStage.Approved, null, 1, []),
        ]);
        TermFailures failures = new();

        TermReader.Read(TermNode.Of(funnel), failures, Funnel.Read).Should().Be(funnel);
        failures.Should().BeEmpty();
    }

    private static string Text(FunnelLine line) =>
        $"{EnumText.Of(line.Stage)} {line.Reason} {line.Count} {string.Join(", ", line.Value)}";
}
