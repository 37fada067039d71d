using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>A campaign's budget that counts outcomes and not money.</summary>
public sealed class BudgetCountTests
{
    // Two a month, at 10.00 each: the third. Who is sent to another clause counts there too.
    [Theory]
    [InlineData(LimitOverflow.Reject, "Rejected", "0.00")]
    [InlineData(LimitOverflow.PayZero, "Qualified", "0.00")]
    [InlineData(LimitOverflow.Hold, "Pending", "10.00")]
    [InlineData(LimitOverflow.Divert, "Rejected", "0.00")]
    public void What_does_not_fit_under_stop_and_reject(LimitOverflow overflow, string said, string amount)
    {
        CampaignRun run = RunOf(Two() with { AtCap = CapBehavior.StopAndReject }, overflow);
        Sell(run, "o1", 2);
        Sell(run, "o2", 3);

        LegDecision leg = Sell(run, "o3", 4).Outcome.Decision!.Legs.Single();

        (leg.Qualification.GetType().Name, leg.Amount.ToString()).Should().Be((said, $"{amount} EUR"));
        StateOf(run).Committed.Count.Should().Be(2);
        BudgetBook.MustAgree(run, run.Entries);
    }

    [Fact]
    public void Refusal_names_the_count()
    {
        CampaignRun run = RunOf(Two() with { AtCap = CapBehavior.StopAndReject });
        Sell(run, "o1", 2);
        Sell(run, "o2", 3);

        var rejected = (PerfMarketing.Proofs.Qualification.Rejected)
            Sell(run, "o3", 4).Outcome.Decision!.Legs.Single().Qualification;

        rejected.Reasons.Single().ToString().Should().Be("settlement.over-budget (budget: n, period: 2026-03, "
            + "available: 0, because: budget.exhausted, resets-at: 2026-03-31T22:00:00Z)");
    }

    // 1.5 outcomes: half of the second lies above, and with it half of its 10.00.
    [Fact]
    public void Money_of_what_lies_above_is_flagged()
    {
        CampaignRun run = RunOf(Two() with { Limit = BudgetAmount.Outcomes(1.5m) });
        Sell(run, "o1", 2);

        Decision second = Sell(run, "o2", 3);

        second.Posted.Single().OverBudget.Should().Be(5.Eur);
        second.Records.OfType<BudgetMoved>().Single().Entry.Excess!.Value.Count.Should().Be(0.5m);
        Sell(run, "o3", 4).Posted.Single().OverBudget.Should().Be(10.Eur, "it was touched before");
        run.Process(Of(Retracted("r3", "o3", "2026-03-05T12:00:00Z"))).Posted.Single().OverBudget
            .Should().Be(-10.Eur);
        StateOf(run).Excess.Count.Should().Be(0.5m);
    }

    [Fact]
    public void What_is_taken_back_in_full_gives_its_place_back()
    {
        CampaignRun run = RunOf(Two() with { AtCap = CapBehavior.StopAndReject }, LimitOverflow.Hold);
        Sell(run, "o1", 2);
        Sell(run, "o2", 3);
        Sell(run, "o3", 4);

        run.Process(Of(Returned("r1", "o1", "2026-03-05T12:00:00Z", 40.Eur)));
        StateOf(run).Committed.Count.Should().Be(2, "a part of it is still bought");

        run.Process(Of(Returned("r2", "o1", "2026-03-06T12:00:00Z", 60.Eur)));
        run.Expire(At("2026-03-07T00:00:00Z"));

        run.Entries.Select(static e => $"{e.OutcomeId} {e.Amount}").Should().Equal(
            "o1 10.00 EUR", "o2 10.00 EUR", "o1 -4.00 EUR", "o1 -6.00 EUR", "o3 10.00 EUR");
        StateOf(run).Committed.Count.Should().Be(2);
        BudgetBook.MustAgree(run, run.Entries);
    }

    [Theory]
    [InlineData(TallyCredit.Credited, "1")]
    [InlineData(TallyCredit.Involved, "2")]
    public void Outcome_of_two_contracts_counts_by_credit_or_whole(TallyCredit credit, string counted)
    {
        CampaignDraft draft = Contract(Pay.Fixed(10.Eur)).ToCampaign()
            .With(ContractDraft.For("other").PaidBy("acme").WithPartner("p-other").In(Currency.Eur, "Europe/Berlin")
                .Pays("sale", Pay.Fixed(12.Eur)))
            .AttributedBy(new Linear()).BudgetedBy(Two() with { Credit = credit });
        CampaignRun run = Run(
            draft, Touch("p-blog", "2026-03-01T09:00:00Z"), Touch("p-other", "2026-03-01T10:00:00Z"));

        Sell(run, "o1", 2).Posted.Should().HaveCount(2);

        StateOf(run).Committed.ToString().Should().Be(counted);
    }

    // Credits that are no whole units, each rounded by itself, come to one outcome all the same: not one unit more,
    // which would refuse the last of them, nor one less, which would leave the budget open for another outcome.
    [Theory]
    [InlineData(CapBehavior.StopAndReject)]
    [InlineData(CapBehavior.StopAndHonorInFlight)]
    public void Uneven_shares_over_three_contracts_are_one_outcome(CapBehavior atCap)
    {
        for (int hour = 0; hour < 24; hour++)
        {
            Budget one = new(new("n"), BudgetAmount.Outcomes(1), PeriodUnit.Month) { AtCap = atCap };
            CampaignDraft campaign = Of("a").ToCampaign().With(Of("b")).With(Of("c"))
                .AttributedBy(new TimeDecay(new DurationText(Duration.FromDays(7)))).BudgetedBy(one);
            CampaignRun run = Run(
                campaign,
                Touch("p-a", "2026-03-01T09:00:00Z"),
                Touch("p-b", $"2026-03-02T{hour:00}:{hour:00}:00Z"),
                Touch("p-c", $"2026-03-03T{hour * 7 % 24:00}:{hour * 13 % 60:00}:07Z"),
                Touch("p-a", "2026-03-07T09:00:00Z"));

            run.Process(Sample.Of(Sale("o1", "2026-03-05T12:00:00Z", 100.Eur))).Posted.Should().HaveCount(3);
            run.Process(Sample.Of(Sale("o2", "2026-03-08T12:00:00Z", 100.Eur))).Posted.Should().BeEmpty();
        }

        static ContractDraft Of(string id) => ContractDraft.For(id).PaidBy("acme").WithPartner("p-" + id)
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(10.Eur));
    }

    [Fact]
    public void A_change_names_its_limit()
    {
        TermFailures failures = [];

        TermJson.TryParse(
            """{ "id": "b", "per": "day", "count": 5, "changes": [ { "at": "2026-03-01T00:00:00Z" } ] }""",
            Budget.Read, failures, out Budget? _).Should().BeFalse();

        failures.Should().ContainSingle().Which.Code.Should().Be(TermCodes.Missing);
    }

    [Fact]
    public void What_is_not_sure_yet_has_its_place_set_aside()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid")).ToCampaign()
                .BudgetedBy(Two() with { AtCap = CapBehavior.StopAndReject }),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        Sell(run, "o1", 2);
        Sell(run, "o2", 3);

        (StateOf(run).Reserved.Count, StateOf(run).Available.Count).Should().Be((2, 0));
        Sell(run, "o3", 4).Outcome.Decision!.Legs.Single().Qualification
            .Should().BeOfType<PerfMarketing.Proofs.Qualification.Rejected>();
        run.Process(Proof("o1", "2026-03-05T12:00:00Z"));
        run.Process(Of(Retracted("r2", "o2", "2026-03-06T12:00:00Z")));
        (StateOf(run).Committed.Count, StateOf(run).Reserved.Count).Should().Be((1, 0));
    }

    [Fact]
    public void Changes_alerts_and_what_was_used_before_count_outcomes()
    {
        CampaignRun run = RunOf(Two() with
        {
            AtCap = CapBehavior.StopAndReject,
            AlertAt = [50.Percent, 100.Percent],
            Since = At("2026-03-01T00:00:00Z"),
            UsedBefore = BudgetAmount.Outcomes(1),
            Changes = [new(At("2026-03-04T00:00:00Z"), BudgetAmount.Outcomes(3))],
        });

        Sell(run, "o1", 2).Records.OfType<BudgetMoved>().Single().Entry.Alerts.Should().Equal(100.Percent);
        Sell(run, "o2", 3).Posted.Should().BeEmpty();
        Sell(run, "o3", 4).Posted.Should().ContainSingle();

        (StateOf(run).Limit.Count, StateOf(run).Committed.Count).Should().Be((3, 3));
    }

    // What is counted needs no currency: contracts in euros and dollars share one budget.
    [Fact]
    public void One_budget_counts_contracts_of_several_currencies()
    {
        CampaignDraft draft = Contract(Pay.Fixed(10.Eur)).ToCampaign()
            .With(ContractDraft.For("us").PaidBy("acme").WithPartner("p-us").In(Currency.Usd, "Europe/Berlin")
                .Pays("sale", Pay.Fixed(Money.Of(12, Currency.Usd))))
            .AttributedBy(new Linear()).BudgetedBy(Two());

        CampaignRun run = Run(draft, Touch("p-blog", "2026-03-01T09:00:00Z"), Touch("p-us", "2026-03-01T10:00:00Z"));
        Sell(run, "o1", 2).Posted.Should().HaveCount(2);

        StateOf(run).Committed.Count.Should().Be(1);
    }

    private static Budget Two() => new(new("n"), BudgetAmount.Outcomes(2), PeriodUnit.Month);

    private static BudgetState StateOf(CampaignRun run) =>
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-04T12:00:00Z"));

    private static Decision Sell(CampaignRun run, string id, int day) =>
        run.Process(Of(Sale(id, $"2026-03-0{day}T12:00:00Z", 100.Eur)));

    private static CampaignRun RunOf(Budget budget, LimitOverflow overflow = LimitOverflow.Reject) => Run(
        Contract(Pay.Fixed(10.Eur), static c => c with { Id = new("sale") })
            .Pays("sale", Pay.Fixed(2.Eur), static c => c with { Id = new("less") })
            .ToCampaign().BudgetedBy(budget.Or(overflow) with
            {
                DivertTo = overflow == LimitOverflow.Divert ? new("less") : null,
            }),
        Touch("p-blog", "2026-03-01T09:00:00Z"));
}
