using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.LimitSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What contracts and clauses pay for at most.</summary>
public sealed class LimitTests
{
    // github:dubinc/dub@1de955f clampEarningsToSpendLimit: max(0, min(earnings, limit - earnedInWindow)).

    [Theory]
    [InlineData("dub-spend-limit", 100, 30, "30.00 EUR")]
    [InlineData("dub-spend-limit", 100, 100, "100.00 EUR")]
    [InlineData("dub-spend-limit", 100, 130, "100.00 EUR")]
    [InlineData("dub-spend-limit", 40, 60, "40.00 EUR")]
    public void What_is_left_is_paid(string id, int limit, int earnings, string paid)
    {
        CampaignRun run = RunOf(Limit.Spend(limit.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder));

        Decision decision = run.Process(Of(Sale("o1", Full, (earnings * 10).Eur)));

        decision.Posted.Texts().Should().Equal([$"p-blog {paid}"], id);
        Accrual lines = decision.Posted.OfType<Earning>().Single().Payout.Total;
        lines.Should().Be(Accrual.Parse(paid), id);
    }

    [Fact]
    public void When_nothing_is_left_no_commission_is_made()
    {
        // dub-spend-limit: "zero means no commission is created"; to keep an earning of nothing there is pay-zero.
        CampaignRun run = RunOf(Limit.Spend(100.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder));
        run.Process(Of(Sale("o1", Full, 1_000.Eur)));

        Decision decision = run.Process(Of(Sale("o2", Full, 10.Eur)));

        decision.Posted.Should().BeEmpty();
        ReasonOf(decision).Should().Be(
            "limit.reached (limit: spend-contract-month, period: 2026-03, max: 100.00 EUR, taken: 100.00 EUR)");
    }

    // https://help.everflow.io/…/22000218427-setting-up-affiliate-custom-caps: at 600, or earlier when the network's

    // total reaches 1000. Smaller by a hundred: 6 and 10.

    [Theory]
    [InlineData("everflow-network-vs-affiliate-cap", 0, 9, 6, 0)]
    [InlineData("everflow-network-vs-affiliate-cap", 3, 9, 6, 3)]
    [InlineData("everflow-network-vs-affiliate-cap", 6, 9, 4, 6)]
    [InlineData("everflow-network-vs-affiliate-cap", 9, 9, 4, 6)]
    public void Partner_stops_at_its_own_cap_or_when_the_pool_is_empty(
        string id, int others, int own, int paid, int paidOthers)
    {
        ContractDraft contract = Contract(
                Pay.Fixed(1.Eur), c => c.LimitedTo(Limit.Outcomes(6, PeriodUnit.Day, LimitScope.Partner)))
            .LimitedTo(Limit.Outcomes(10, PeriodUnit.Day));
        CampaignRun run = Run(
            contract.AttributedBy(new ReferencedTouch()), Blog, Touch("p-mail", "2026-01-01T09:00:00Z"));

        Take(run, others, "p-mail");
        Take(run, own, "p-blog");

        run.Entries.Count(e => e.Partner == new PartnerId("p-blog")).Should().Be(paid, id);
        run.Entries.Count(e => e.Partner == new PartnerId("p-mail")).Should().Be(paidOthers, id);
    }

    // https://affise.zendesk.com/hc/en-us/articles/360011458813: a monthly cap set on 15 November counts 1 to 30

    // November.

    [Theory]
    [InlineData("affise-cap-month-boundary", "2026-10-31T22:59:59Z", true)]
    [InlineData("affise-cap-month-boundary", "2026-10-31T23:00:00Z", false)]
    [InlineData("affise-cap-month-boundary", "2026-11-30T22:59:59Z", false)]
    [InlineData("affise-cap-month-boundary", "2026-11-30T23:00:00Z", true)]
    public void Month_is_the_calendar_month_of_the_contracts_zone(string id, string at, bool paid)
    {
        CampaignRun run = RunOf(Limit.Outcomes(1, PeriodUnit.Month));
        run.Process(Of(Sale("o1", "2026-11-15T12:00:00Z", 100.Eur)));

        run.Process(Of(Sale("o2", at, 100.Eur))).Posted.Should().HaveCount(paid ? 1 : 0, id);
    }

    [Theory]
    [InlineData("by default", LimitOverflow.Reject, "rejected", "limit.reached", "")]
    [InlineData("waits", LimitOverflow.Hold, "pending", "limit.held", "")]
    [InlineData("money has a rest", LimitOverflow.PayRemainder, "qualified", "limit.cut", "p-blog 2.00 EUR")]
    [InlineData("kept", LimitOverflow.PayZero, "qualified", "limit.unpaid", "p-blog 0.00 EUR")]
    [InlineData("other clause", LimitOverflow.Divert, "qualified", "limit.diverted", "p-blog 0.10 EUR")]
    [InlineData("a remark", LimitOverflow.Notify, "qualified", "limit.exceeded", "p-blog 3.00 EUR")]
    public void Outcome_that_does_not_fit_goes_by_the_policy(
        string because, LimitOverflow overflow, string qualification, string reason, string posted)
    {
        CampaignRun run = RunOf(Limit.Spend(5.Eur, PeriodUnit.Month), overflow);
        run.Process(Of(Sale("o1", Full, 30.Eur))).Posted.Texts().Should().Equal("p-blog 3.00 EUR");

        Decision decision = run.Process(Of(Sale("o2", Full, 30.Eur)));

        Named(decision).Should().Be(qualification, because);
        decision.Posted.Texts().Should().Equal(posted.Length == 0 ? [] : [posted], because);
        ReasonOf(decision).Should().StartWith(reason, because);
        LegDecision leg = decision.Outcome.Decision!.Legs.Single();
        leg.Clause.Value.Should().Be(overflow == LimitOverflow.Divert ? "sale-2" : "sale", because);
    }

    [Fact]
    public void Shared_outcome_is_cut_for_all_partners_at_once()
    {
        ContractDraft contract = Contract(Pay.Fixed(10.Eur))
            .LimitedTo(Limit.Spend(5.01m.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder));
        CampaignRun run = Run(contract.AttributedBy(new Linear()), Blog, Touch("p-mail", "2026-01-02T09:00:00Z"));

        Decision decision = run.Process(Of(Sale("o1", Full, 100.Eur)));

        decision.Posted.Texts().Should().Equal("p-blog 2.50 EUR", "p-mail 2.51 EUR");
        decision.Posted.OfType<Earning>().SelectMany(static e => e.Lines)
            .Where(static l => l.Code == PayoutLineNames.OverLimit).Select(static l => l.Amount.ToString())
            .Should().Equal("-2.50 EUR", "-2.49 EUR");
    }

    [Fact]
    public void Partner_at_its_cap_is_refused_and_the_other_keeps_its_share()
    {
        ContractDraft contract = Contract(
            Pay.Fixed(10.Eur), c => c.LimitedTo(Limit.First(1, LimitScope.Partner)));
        CampaignRun run = Run(contract.AttributedBy(new Linear()), Blog);
        run.Process(Of(Sale("o1", Full, 100.Eur))).Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        CampaignRun both = Run(contract.AttributedBy(new Linear()), Blog, Touch("p-mail", "2026-03-09T09:00:00Z"));
        both.Process(Of(Sale("o1", "2026-03-08T12:00:00Z", 100.Eur)));

        Decision decision = both.Process(Of(Sale("o2", Full, 100.Eur)));

        decision.Posted.Texts().Should().Equal("p-mail 5.00 EUR");
        decision.Outcome.Decision!.Legs.Single().Amount.Should().Be(5.Eur);
        ReasonOf(decision).Should().Be(
            "limit.reached (limit: first-partner-lifetime, period: lifetime, max: 1, taken: 1, partner: p-blog)");
    }

    [Theory]
    [InlineData("by credit two halves are one", TallyCredit.Credited, "1.0")]
    [InlineData("whole for each who was involved", TallyCredit.Involved, "2")]
    public void Shared_outcomes_count_as_the_limit_says(string because, TallyCredit credit, string used)
    {
        Limit limit = Limit.Outcomes(5, PeriodUnit.Month, LimitScope.Partner) with { Credit = credit };
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.LimitedTo(limit)).AttributedBy(new Linear()),
            Blog,
            Touch("p-mail", "2026-01-02T09:00:00Z"));

        run.Process(Of(Sale("o1", Full, 100.Eur)));
        run.Process(Of(Sale("o2", Full, 100.Eur)));

        LimitKey room = Room("count-partner-month", "2026-03") with { Partner = new("p-blog") };
        StateOf(run, room).Used.Should().Be(decimal.Parse(used, null), because);
    }

    [Fact]
    public void Customer_limit_counts_a_shared_outcome_once()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.LimitedTo(Limit.OncePerCustomer())).AttributedBy(new Linear()),
            Blog,
            Touch("p-mail", "2026-01-02T09:00:00Z"));

        run.Process(Of(Sale("o1", Full, 100.Eur))).Posted.Should().HaveCount(2);
        run.Process(Of(Sale("o2", Full, 100.Eur))).Posted.Should().BeEmpty();
    }

    // github:dubinc/dub: whole months from the first commission; at n months it stops.

    [Theory]
    [InlineData("dub-duration-12", "2027-01-31T10:59:59Z", true)]
    [InlineData("dub-duration-12", "2027-01-31T11:00:00Z", false)]
    [InlineData("dub-duration-12", "2026-01-30T12:00:00Z", true)]
    public void Months_run_from_the_customers_first_earning(string id, string at, bool paid)
    {
        CampaignRun run = RunOf(Limit.ForMonths(12));
        run.Process(Of(Sale("o1", "2026-01-31T11:00:00Z", 100.Eur))).Posted.Should().HaveCount(1);

        Decision decision = run.Process(Of(Sale("o2", at, 100.Eur) with { RecordedAt = At("2027-02-01T12:00:00Z") }));

        decision.Posted.Should().HaveCount(paid ? 1 : 0, id);
        ReasonOf(decision).Should().Be(
            paid ? string.Empty
                : "limit.months-over (limit: months-partner-customer-lifetime, months: 12, "
                    + "first: 2026-01-31T11:00:00Z, partner: p-blog)",
            id);
        run.Process(Of(Sale("o3", "2027-02-01T11:00:00Z", 100.Eur, customer: "c2"))).Posted.Should().HaveCount(1, id);
    }

    [Fact]
    public void Budget_pays_what_limits_left_and_only_that_is_used()
    {
        CampaignDraft campaign = Contract(
                Pay.RevenueShare(10.Percent),
                c => c.LimitedTo(Limit.Spend(50.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder)))
            .ToCampaign().BudgetedBy(new(new("b"), 30.Eur, PeriodUnit.Month)
            {
                OnExceeded = LimitOverflow.PayRemainder,
                AtCap = PerfMarketing.Budgets.CapBehavior.StopAndReject,
            });
        CampaignRun run = Run(campaign, Blog);

        Decision decision = run.Process(Of(Sale("o1", Full, 1_000.Eur)));

        decision.Posted.OfType<Earning>().Single().Lines.Select(static l => l.ToString()).Should().Equal(
            "revenue-share 100.00 EUR", "over-limit -50.00 EUR", "over-budget -20.00 EUR");
        StateOf(run, Room("spend-contract-month", "2026-03")).Used.Should().Be(30);
    }

    [Fact]
    public void Limit_of_the_contract_counts_what_all_clauses_pay()
    {
        ContractDraft contract = Contract(Pay.Fixed(6.Eur)).Pays("lead", Pay.Fixed(5.Eur))
            .LimitedTo(Limit.Spend(10.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder));
        CampaignRun run = Run(contract.ToCampaign(), Blog);

        run.Process(Of(Sale("o1", Full, 100.Eur))).Posted.Texts().Should().Equal("p-blog 6.00 EUR");
        run.Process(Of(Sale("o2", Full, 100.Eur) with { Kind = "lead" })).Posted.Texts()
            .Should().Equal("p-blog 4.00 EUR");
    }
}
