using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class CampaignRunTests
{
    [Fact]
    public void Sale_pays_the_last_touch_and_explains_itself()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(12.Percent).CappedAt(80.Eur)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"));

        Decision decision = run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)));

        decision.Posted.Texts().Should().Equal("p-mail 80.00 EUR");
        decision.Outcome.Decision!.Qualification.Should().BeOfType<Qualification.Qualified>();
    }

    [Fact]
    public void Cap_comes_before_the_credit_share()
    {
        // DESIGN §4 rule 8: 1,000 at 12 % capped at 80, with 40 % of the credit, is 32.
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(12.Percent).CappedAt(80.Eur)).AttributedBy(new PositionBased(0.4m, 0.6m)),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"));

        Decision decision = run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)));

        decision.Posted.Texts().Should().Equal("p-blog 32.00 EUR", "p-mail 48.00 EUR");
        decision.Posted.OfType<Earning>().First().Lines.Select(l => l.ToString()).Should().Equal(
            "revenue-share 120.00 EUR", "cap -40.00 EUR", "credit-share -48.00 EUR");
    }

    [Fact]
    public void Thirds_of_a_cent_are_shared_out_without_loss()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).WithPartner("p-shop").AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"),
            Touch("p-shop", "2026-03-02T10:00:00Z"));

        Decision decision = run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));

        decision.Posted.Texts().Should().Equal("p-blog 3.34 EUR", "p-mail 3.33 EUR", "p-shop 3.33 EUR");
        decision.Posted.OfType<Earning>().Should().OnlyContain(
            e => new Payout(Currency.Eur, e.Lines).Total == (Accrual)e.Amount);
    }

    [Fact]
    public void Tiers_count_credit_and_telescope()
    {
        CampaignRun run = Run(
            Contract(Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur))).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z") with { Quantity = 90 }));
        Decision second = run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z") with { Quantity = 60 }));

        second.Posted.OfType<Earning>().Single().Lines.Select(l => l.ToString()).Should()
            .Equal("tier-1 12.00 EUR", "tier-2 45.00 EUR");
        run.Entries.Texts().Should().Equal("p-blog 108.00 EUR", "p-blog 57.00 EUR");
    }

    [Fact]
    public void Tiers_begin_anew_each_month_of_the_contracts_zone()
    {
        CampaignRun run = Run(
            Contract(Pay.Tiered(new(2m.Eur, UpTo: 1), new(1m.Eur))).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-31T21:59:59Z")));
        run.Process(Of(Sale("o2", "2026-03-31T22:00:00Z")));

        run.Entries.Texts().Should().Equal("p-blog 2.00 EUR", "p-blog 2.00 EUR");
    }

    [Fact]
    public void Price_off_the_grid_is_rounded_over_the_period()
    {
        CampaignRun run = Run(
            Contract(
                Pay.Fixed(Accrual.Parse("0.045 EUR")),
                click => click.Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        for (int i = 0; i < 4; i++)
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-0{i + 2}T12:00:00Z")));
        }

        run.Entries.Texts().Should().Equal("p-blog 0.05 EUR", "p-blog 0.04 EUR", "p-blog 0.05 EUR", "p-blog 0.04 EUR");
    }

    [Fact]
    public void Outcome_waits_for_its_proof_and_is_rejected_in_time()
    {
        ContractDraft contract = Contract(
            Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid", within: Duration.FromDays(10)));
        CampaignRun run = Run(
            contract.ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z"))).Outcome.Decision!.Qualification
            .Should().BeOfType<Qualification.Pending>().Which.Until.Should().Be(At("2026-03-13T12:00:00Z"));
        run.Process(Of(Sale("o2", "2026-03-03T13:00:00Z")));
        run.Process(Proof("o2", "2026-03-05T12:00:00Z"));
        run.Expire(At("2026-03-20T00:00:00Z"));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR");
        run.State.Find(new("o1"))!.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>();
    }

    [Fact]
    public void Evidence_that_came_before_its_outcome_counts()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid")).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Proof("o1", "2026-03-03T11:59:00Z")).Posted.Should().BeEmpty();
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z"))).Posted.Texts().Should().Equal("p-blog 10.00 EUR");
    }

    [Theory]
    [InlineData("proportional: half of 10.01 is 5.01", CorrectionPolicy.Proportional, "-5.01 EUR")]
    [InlineData("until everything is returned", CorrectionPolicy.UntilFullReturn, "0.00 EUR")]
    public void Partial_return_follows_the_clauses_policy(string because, CorrectionPolicy policy, string change)
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.01m.Percent), c => c.Correcting(policy)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));

        Decision decision = run.Process(Of(Returned("r1", "o1", "2026-03-10T12:00:00Z", 50.Eur)));

        decision.Posted.Texts().Should().Equal([$"p-blog {change}"], because);
    }

    [Fact]
    public void Repriced_return_leaves_what_the_clause_pays_for_the_rest()
    {
        // DESIGN §4 rule 9: 1,000 at 12 % capped at 80 with 300 returned stays 80.
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(12.Percent).CappedAt(80.Eur), c => c.Correcting(CorrectionPolicy.Reprice))
                .ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)));

        run.Process(Of(Returned("r1", "o1", "2026-03-10T12:00:00Z", 300.Eur))).Posted.Texts()
            .Should().Equal("p-blog 0.00 EUR");
        run.Process(Of(Returned("r2", "o1", "2026-03-11T12:00:00Z", 200.Eur))).Posted.Texts()
            .Should().Equal("p-blog -20.00 EUR");
    }

    [Theory]
    [InlineData(CorrectionPolicy.Proportional)]
    [InlineData(CorrectionPolicy.Reprice)]
    [InlineData(CorrectionPolicy.UntilFullReturn)]
    public void Full_retraction_leaves_exactly_nothing(CorrectionPolicy policy)
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(33.33m.Percent), c => c.Correcting(policy)).AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 77.77m.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-10T12:00:00Z", 33.33m.Eur)));

        run.Process(Of(Retracted("r2", "o1", "2026-03-11T12:00:00Z")));

        run.State.Find(new("o1"))!.Earnings.Select(e => e.Net).Should().Equal(0.Eur, 0.Eur);
    }

    [Fact]
    public void Same_input_again_changes_nothing_and_other_content_is_a_conflict()
    {
        CampaignRun run = Run(Contract(Pay.Fixed(10.Eur)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 5.Eur)));

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 5.Eur))).Should().BeEquivalentTo(
            new { Answer = DecisionAnswer.Replayed, Records = ValueList<CampaignRecord>.Empty });
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 6.Eur))).Answer.Should().Be(DecisionAnswer.Conflict);
        run.Entries.Should().ContainSingle();
    }

    [Fact]
    public void Refusals_name_their_reason()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().Flying(new(2026, 3, 1), new(2026, 4, 1)),
            Touch("p-blog", "2026-02-27T09:00:00Z"));

        Refusal(run, Sale("t", "2026-03-03T12:00:00Z") with { IsTest = true })
            .Should().Be(SettlementReasons.TestOutcome);
        Refusal(run, Sale("late", "2026-03-31T22:00:00Z")).Should().Be(SettlementReasons.OutsideFlight);
        Refusal(run, Sale("lead", "2026-03-03T12:00:00Z") with { Kind = "lead" })
            .Should().Be(SettlementReasons.NoClause);
        Refusal(run, Sale("early", "2026-02-26T12:00:00Z")).Should().Be(SettlementReasons.OutsideFlight);
        run.Process(Of(Sale("first", "2026-03-03T12:00:00Z") with { OrderId = new("A-1") }))
            .Posted.Should().ContainSingle();
        Refusal(run, Sale("again", "2026-03-04T12:00:00Z") with { OrderId = new("A-1") })
            .Should().Be(SettlementReasons.DuplicateOrder);
    }

    [Fact]
    public void Value_in_another_currency_waits_for_a_rate()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100m.Usd))).Outcome.Decision!.Qualification
            .Should().BeOfType<Qualification.Pending>().Which.Reasons.Should().ContainSingle()
            .Which.Code.Should().Be(SettlementReasons.RateMissing);
        run.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Budget_is_never_exceeded_and_says_so()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedAt(monthly: 25.Eur, CapBehavior.StopAndReject),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z")));
        Refusal(run, Sale("o3", "2026-03-05T12:00:00Z")).Should().Be(SettlementReasons.OverBudget);
        run.Process(Of(Sale("o4", "2026-04-01T12:00:00Z")));

        run.Entries.Texts().Should().HaveCount(3);
    }

    [Fact]
    public void Budget_may_pay_the_remainder_to_all_partners_of_the_outcome()
    {
        Budget budget = new(new("m"), 25.Eur, PeriodUnit.Month)
        {
            OnExceeded = LimitOverflow.PayRemainder,
            AtCap = CapBehavior.StopAndReject,
        };
        CampaignRun run = Run(
            Contract(Pay.Fixed(20.Eur)).AttributedBy(new Linear()).BudgetedBy(budget),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        Decision second = run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z")));

        second.Posted.Texts().Should().Equal("p-blog 2.50 EUR", "p-mail 2.50 EUR");
        second.Posted.OfType<Earning>().Should().OnlyContain(
            e => new Payout(Currency.Eur, e.Lines).Total == (Accrual)e.Amount);
    }

    [Fact]
    public void Pending_outcome_holds_its_budget_until_it_is_decided()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(20.Eur), c => c.TrustingHost("order-paid", within: Duration.FromDays(3)))
                .ToCampaign().BudgetedAt(monthly: 25.Eur, CapBehavior.StopAndReject),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        Budget budget = run.State.Campaign.Budgets[0];

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        run.State.BudgetOf(budget, At("2026-03-03T12:00:00Z")).Reserved.Should().Be(20.Eur);
        Refusal(run, Sale("o2", "2026-03-04T12:00:00Z")).Should().Be(SettlementReasons.OverBudget);
        run.Expire(At("2026-03-06T12:00:00Z"));
        run.State.BudgetOf(budget, At("2026-03-03T12:00:00Z")).Available.Should().Be(25.Eur);
    }

    [Fact]
    public void Late_touch_never_re_attributes_what_was_earned()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z", recordedAt: "2026-03-09T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z"))).Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        run.Process(Of(Returned("r1", "o1", "2026-03-10T12:00:00Z", 1.Eur)));

        run.State.Find(new("o1"))!.Decision!.Attribution!.Credits.Should().ContainSingle()
            .Which.Partner.Value.Should().Be("p-blog");
    }

    [Fact]
    public void Newest_version_in_force_prices_the_outcome()
    {
        ContractDraft first = Contract(Pay.Fixed(10.Eur)).EffectiveFrom(new(2026, 1, 1));
        ContractDraft second = Contract(Pay.Fixed(20.Eur)).EffectiveFrom(new(2026, 3, 5)) with { Version = 2 };
        CampaignRun run = Run(first.ToCampaign().With(second), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-04T22:59:59Z")));
        run.Process(Of(Sale("o2", "2026-03-04T23:00:00Z")));

        run.Entries.Select(e => $"v{e.Version} {e.Amount}").Should().Equal("v1 10.00 EUR", "v2 20.00 EUR");
    }

    private static string Refusal(CampaignRun run, PerfMarketing.Events.Outcome outcome) => run.Process(Of(outcome))
        .Outcome.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>().Subject.Reasons[0].Code;
}
