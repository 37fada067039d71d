using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class AdjustmentTests
{
    [Fact]
    public void Repricing_leaves_the_odd_cent_where_it_was()
    {
        // Each partner alone would get round(10 / 3) = 3.33, and a cent would be gone.
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.Correcting(CorrectionPolicy.Reprice))
                .WithPartner("p-shop").AttributedBy(new Linear()),
            Touch("p-shop", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"),
            Touch("p-blog", "2026-03-02T10:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur))).Posted.Texts()
            .Should().Equal("p-shop 3.34 EUR", "p-mail 3.33 EUR", "p-blog 3.33 EUR");

        run.Process(Of(Returned("r1", "o1", "2026-03-10T12:00:00Z", 1.Eur))).Posted.Texts()
            .Should().Equal("p-shop 0.00 EUR", "p-mail 0.00 EUR", "p-blog 0.00 EUR");
    }

    [Theory]
    [InlineData("up and down again", CorrectionPolicy.Proportional)]
    [InlineData("up and down again", CorrectionPolicy.Reprice)]
    public void Restatement_moves_both_ways_and_its_replacement_stands_instead(string because, CorrectionPolicy policy)
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(12.Percent), c => c.Correcting(policy)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));

        run.Process(Of(Restated("s1", "2026-03-04T12:00:00Z", 250.Eur))).Posted.Texts()
            .Should().Equal(["p-blog 18.00 EUR"], because);
        run.Process(Of(Restated("s2", "2026-03-05T12:00:00Z", 50.Eur) with { Replaces = new("s1") })).Posted.Texts()
            .Should().Equal(["p-blog -24.00 EUR"], because);
        run.Process(Of(Retracted("r1", "o1", "2026-03-06T12:00:00Z"))).Posted.Texts()
            .Should().Equal(["p-blog -6.00 EUR"], because);
    }

    [Fact]
    public void Return_withdrawn_and_chargeback_won_give_back_what_was_taken()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.01m.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));

        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 50.Eur)));
        run.Process(Of(new ReturnWithdrawn
        {
            Id = new("w1"), Outcome = new("o1"), At = At("2026-03-05T12:00:00Z"), Replaces = new("r1"),
        }));
        run.Process(Of(new Chargeback { Id = new("b1"), Outcome = new("o1"), At = At("2026-03-06T12:00:00Z") }));
        run.Process(Of(new ChargebackWon
        {
            Id = new("w2"), Outcome = new("o1"), At = At("2026-03-07T12:00:00Z"), Replaces = new("b1"),
        }));

        run.Entries.Texts().Should().Equal(
            "p-blog 10.01 EUR", "p-blog -5.01 EUR", "p-blog 5.01 EUR", "p-blog -10.01 EUR", "p-blog 10.01 EUR");
    }

    [Fact]
    public void What_is_restated_in_units_is_paid_in_units()
    {
        CampaignRun run = Run(Contract(Pay.Fixed(10.Eur)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 80.Eur) with { Quantity = 4 }));

        run.Process(Of(Units("s1", "2026-03-04T12:00:00Z", 3))).Posted.Texts().Should().Equal("p-blog -10.00 EUR");
        run.Process(Of(Returned("r1", "o1", "2026-03-05T12:00:00Z", 40.Eur))).Posted.Texts()
            .Should().Equal("p-blog -15.00 EUR");
    }

    [Fact]
    public void Restated_units_do_not_move_a_share_of_the_value()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 80.Eur) with { Quantity = 4 }));

        run.Process(Of(Units("s1", "2026-03-04T12:00:00Z", 3))).Posted.Texts().Should().Equal("p-blog 0.00 EUR");
    }

    [Fact]
    public void What_was_worth_nothing_is_priced_when_it_gets_a_value()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign().BudgetedAt(monthly: 100.Eur),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z"))).Posted.Texts().Should().Equal("p-blog 0.00 EUR");

        run.Process(Of(Restated("s1", "2026-03-04T12:00:00Z", 250.Eur))).Posted.Texts()
            .Should().Equal("p-blog 25.00 EUR");
        Committed(run).Should().Be(25.Eur);
    }

    [Fact]
    public void Correction_before_its_outcome_is_part_of_the_price()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Returned("r1", "o1", "2026-03-03T11:00:00Z", 40.Eur))).Posted.Should().BeEmpty();
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur))).Posted.Texts().Should().Equal("p-blog 6.00 EUR");
        run.Process(Of(Returned("r2", "o1", "2026-03-04T11:00:00Z", 30.Eur))).Posted.Texts()
            .Should().Equal("p-blog -3.00 EUR");
        run.Process(Of(Retracted("r3", "o1", "2026-03-05T11:00:00Z"))).Posted.Texts()
            .Should().Equal("p-blog -3.00 EUR");
    }

    [Fact]
    public void Adjustment_is_held_as_long_as_what_it_corrects()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.HeldFor(Duration.FromDays(60))).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));

        run.Process(Of(Returned("r1", "o1", "2026-03-10T12:00:00Z", 30.Eur)));

        run.Entries.Select(e => e.PayableAt).Should().AllBeEquivalentTo(At("2026-05-02T12:00:00Z"));
        run.Statements(At("2026-07-01T00:00:00Z")).Select(s => $"{s.Period} {s.Payable}").Should().Equal(
            "2026-03 0.00 EUR", "2026-04 0.00 EUR", "2026-05 7.00 EUR");
    }

    [Fact]
    public void Correction_of_an_outcome_that_cannot_be_is_kept_and_moves_nothing()
    {
        CampaignRun run = Run(Contract(Pay.Fixed(10.Eur)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z") with { Quantity = -1 }));

        Decision decision = run.Process(Of(Retracted("r1", "o1", "2026-03-04T12:00:00Z")));

        decision.Answer.Should().Be(DecisionAnswer.Decided);
        decision.Posted.Should().BeEmpty();
        run.State.Find(new("o1"))!.Corrections.Should().ContainSingle();
    }

    [Fact]
    public void What_is_retracted_by_mistake_is_paid_when_the_retraction_is_corrected()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid")).ToCampaign()
                .BudgetedAt(monthly: 10.Eur, CapBehavior.StopAndReject),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 5.Eur)));
        run.Process(Of(Retracted("r1", "o1", "2026-03-04T12:00:00Z"))).Outcome.Decision!.Qualification
            .Should().BeOfType<Qualification.Rejected>();
        Reserved(run).Should().Be(0.Eur);

        run.Process(Of(Restated("s1", "2026-03-05T12:00:00Z", 5.Eur) with { Replaces = new("r1") }));
        Reserved(run).Should().Be(10.Eur);
        run.Process(Proof("o1", "2026-03-06T12:00:00Z")).Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        Committed(run).Should().Be(10.Eur);
    }

    [Fact]
    public void Repricing_never_pays_what_the_budget_did_not()
    {
        Budget budget = new(new("m"), 25.Eur, PeriodUnit.Month)
        {
            OnExceeded = LimitOverflow.PayRemainder,
            AtCap = CapBehavior.StopAndReject,
        };
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent), c => c.Correcting(CorrectionPolicy.Reprice)).ToCampaign()
                .BudgetedBy(budget),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 200.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T13:00:00Z", 200.Eur))).Posted.Texts().Should().Equal("p-blog 5.00 EUR");
        run.Process(Of(Retracted("r1", "o1", "2026-03-04T12:00:00Z")));

        run.Process(Of(Returned("r2", "o2", "2026-03-05T12:00:00Z", 100.Eur))).Posted.Texts()
            .Should().Equal("p-blog 0.00 EUR");
        run.Process(Of(Returned("r3", "o2", "2026-03-06T12:00:00Z", 60.Eur))).Posted.Texts()
            .Should().Equal("p-blog -1.00 EUR");
    }

    [Fact]
    public void Correction_up_is_paid_as_far_as_the_budget_has_room()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign().BudgetedAt(monthly: 25.Eur, CapBehavior.StopAndReject),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 200.Eur)));

        Decision up = run.Process(Of(Restated("s1", "2026-03-04T12:00:00Z", 300.Eur)));
        up.Posted.Texts().Should().Equal("p-blog 5.00 EUR");
        up.Posted.OfType<Adjustment>().Single().Reason.Code.Should().Be(SettlementReasons.OverBudget);
        Committed(run).Should().Be(25.Eur);
        run.Process(Of(Retracted("r1", "o1", "2026-03-05T12:00:00Z"))).Posted.Texts()
            .Should().Equal("p-blog -25.00 EUR");
        Committed(run).Should().Be(0.Eur);
    }

    [Fact]
    public void Restatement_beyond_all_amounts_is_refused_by_name()
    {
        CampaignRun run = Run(Contract(Pay.Fixed(1_000m.Eur)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 0.01m.Eur)));

        Decision decision = run.Process(Of(Restated(
            "s1", "2026-03-04T12:00:00Z", Money.FromMinor(Money.MinorUnitsMax, Currency.Eur))));

        decision.Posted.OfType<Adjustment>().Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Amount = 0.Eur, Reason = new { Code = SettlementReasons.AmountTooGreat } });
    }

    [Fact]
    public void Terms_that_are_gone_move_nothing_and_say_so()
    {
        CampaignDraft campaign = Contract(Pay.Fixed(10.Eur)).ToCampaign();
        CampaignRun first = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        Outcome sale = Sale("o1", "2026-03-03T12:00:00Z", 100.Eur);
        first.Process(Of(sale));
        CampaignDraft without = (Contract(Pay.Fixed(20.Eur)) with { Version = 2 }).ToCampaign();
        CampaignRun again = Run(without, Touch("p-blog", "2026-03-01T09:00:00Z"));
        again.Restore(first.Statements(At("2026-04-02T00:00:00Z")));
        again.Process(Of(sale));

        Decision decision = again.Process(Of(Retracted("r1", "o1", "2026-04-03T12:00:00Z")));

        decision.Posted.OfType<Adjustment>().Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Amount = 0.Eur, Reason = new { Code = SettlementReasons.TermsMissing } });
    }

    [Fact]
    public void Other_terms_under_a_version_that_paid_are_named_and_not_gone_on_from()
    {
        CampaignRun first = Run(Contract(Pay.Fixed(10.Eur)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        first.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        ValueList<Statement> closed = first.Statements(At("2026-04-02T00:00:00Z"));
        CampaignRun again = Run(Contract(Pay.Fixed(20.Eur)).ToCampaign());

        CampaignRun.CheckRestored(first.State.Campaign, closed).Should().BeEmpty();
        CampaignRun.CheckRestored(again.State.Campaign, closed).Should().ContainSingle()
            .Which.Code.Should().Be(SettlementReasons.TermsChanged);
        again.Invoking(r => r.Restore(closed)).Should().Throw<ArgumentException>().WithMessage("*terms-changed*");
    }

    private static Restatement Restated(string id, string at, Money value) =>
        new() { Id = new(id), Outcome = new("o1"), At = At(at), Value = value };

    private static Restatement Units(string id, string at, decimal quantity) =>
        new() { Id = new(id), Outcome = new("o1"), At = At(at), Quantity = quantity };

    private static Money Committed(CampaignRun run) => March(run).Committed.Amount!.Value;

    private static Money Reserved(CampaignRun run) => March(run).Reserved.Amount!.Value;

    private static BudgetState March(CampaignRun run) =>
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-10T00:00:00Z"));
}
