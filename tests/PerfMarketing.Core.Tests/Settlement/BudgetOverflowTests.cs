using PerfMarketing.Attribution;
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
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What becomes of results that a campaign's budget has no room for, and that nobody promised.</summary>
public sealed class BudgetOverflowTests
{
    private static readonly JourneyTouch[] Touched = [Touch("p-blog", "2026-03-01T09:00:00Z")];

    // 25.00 a month: 10.00, 10.00, and then 10.00 with 5.00 left.
    [Theory]
    [InlineData(LimitOverflow.Reject, "rejected settlement.over-budget", "0.00", "20.00")]
    [InlineData(LimitOverflow.PayRemainder, "qualified", "5.00", "25.00")]
    [InlineData(LimitOverflow.PayZero, "qualified settlement.budget-unpaid", "0.00", "20.00")]
    [InlineData(LimitOverflow.Hold, "pending settlement.budget-held", "10.00", "20.00")]
    [InlineData(LimitOverflow.Divert, "qualified settlement.budget-diverted", "2.00", "22.00")]
    public void What_does_not_fit_under_stop_and_reject(
        LimitOverflow overflow, string expected, string amount, string committed)
    {
        CampaignRun run = RunOf(overflow);
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));

        LegDecision leg = run.Process(Of(Sale("o3", "2026-03-04T12:00:00Z"))).Outcome.Decision!.Legs.Single();

        Say(leg).Should().Be(expected);
        leg.Amount.ToString().Should().Be($"{amount} EUR");
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-04T12:00:00Z")).Committed.ToString()
            .Should().Be($"{committed} EUR");
        BudgetBook.MustAgree(run, run.Entries);
    }

    [Fact]
    public void Notice_pays_and_flags_what_lies_above()
    {
        CampaignRun run = RunOf(LimitOverflow.Notify, CapBehavior.StopAndHonorInFlight);
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));
        run.Process(Of(Sale("o3", "2026-03-04T12:00:00Z"))).Posted.Single().OverBudget.Should().Be(5.Eur);

        Decision touchedLater = run.Process(Of(Sale("o4", "2026-03-05T12:00:00Z")));

        (touchedLater.Posted.Single().Amount, touchedLater.Posted.Single().OverBudget)
            .Should().Be((10.Eur, (Money?)10.Eur));
        BudgetBook.MustAgree(run, run.Entries);
    }

    [Fact]
    public void Unpaid_result_is_an_earning_of_nothing_with_its_line()
    {
        CampaignRun run = RunOf(LimitOverflow.PayZero);
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));

        Decision third = run.Process(Of(Sale("o3", "2026-03-04T12:00:00Z")));

        Earning nothing = third.Posted.OfType<Earning>().Single();
        nothing.Amount.Should().Be(0.Eur);
        nothing.Lines.Select(static l => $"{l.Code} {l.Amount}").Should()
            .Equal("fixed 10.00 EUR", "over-budget -10.00 EUR");
        third.Records.OfType<BudgetMoved>().Should().BeEmpty("nothing is set aside or spent");
        run.Process(Of(Retracted("r1", "o3", "2026-03-05T12:00:00Z"))).Posted
            .Select(static e => e.Amount).Should().AllBeEquivalentTo(0.Eur);
    }

    [Fact]
    public void Who_waits_is_served_in_the_order_of_events_when_room_returns()
    {
        CampaignRun run = RunOf(LimitOverflow.Hold, pays: Pay.RevenueShare(10.Percent));
        run.Process(Of(Sale("o1", "2026-03-01T12:00:00Z", 250.Eur)));
        run.Process(Of(Sale("o3", "2026-03-03T12:00:00Z", 50.Eur)));
        run.Process(Of(Sale("o2", "2026-03-02T12:00:00Z", 60.Eur) with { RecordedAt = At("2026-03-03T13:00:00Z") }));

        run.Process(Of(Returned("r1", "o1", "2026-03-05T12:00:00Z", 50.Eur))).Posted.Should().HaveCount(1);
        run.Process(Of(Sale("o4", "2026-03-05T13:00:00Z", 10.Eur))).Posted.Should().BeEmpty("others wait");
        run.Process(Of(Returned("r2", "o1", "2026-03-06T12:00:00Z", 10.Eur)));
        run.Entries.OfType<Earning>().Select(static e => $"{e.OutcomeId} {e.Amount} {e.DecidedAt}").Should().Equal(
            "o1 25.00 EUR 2026-03-01T12:00:00Z", "o2 6.00 EUR 2026-03-06T12:00:00Z");

        run.Process(Of(Retracted("r3", "o1", "2026-03-07T12:00:00Z")));
        run.Entries.OfType<Earning>().Select(static e => e.OutcomeId.Value).Should().Equal("o1", "o2", "o3", "o4");
        BudgetBook.MustAgree(run, run.Entries);
    }

    [Fact]
    public void Who_waits_in_vain_is_refused_when_the_period_ends()
    {
        CampaignRun run = RunOf(LimitOverflow.Hold);
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));
        LegDecision waits = run.Process(Of(Sale("o3", "2026-03-04T12:00:00Z"))).Outcome.Decision!.Legs.Single();
        waits.Qualification.Should().BeOfType<Qualification.Pending>().Which.Until
            .Should().Be(At("2026-03-31T22:00:00Z"));

        run.Expire(At("2026-03-31T22:00:00Z"));

        run.State.Find(new("o3"))!.Decision!.Legs.Single().Qualification.Should()
            .BeOfType<Qualification.Rejected>().Which.Reasons.Single().ToString().Should().Be(
                "settlement.over-budget (budget: b, period: 2026-03, available: 5.00 EUR, "
                + "because: budget.hold-ended, resets-at: 2026-03-31T22:00:00Z)");
    }

    [Fact]
    public void What_is_greater_than_the_limit_does_not_wait()
    {
        CampaignRun run = RunOf(LimitOverflow.Hold, pays: Pay.RevenueShare(10.Percent));

        Say(run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 260.Eur))).Outcome.Decision!.Legs.Single())
            .Should().Be("rejected settlement.over-budget");
    }

    [Fact]
    public void What_waits_and_is_retracted_leaves_the_queue()
    {
        CampaignRun run = RunOf(LimitOverflow.Hold);
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));
        run.Process(Of(Sale("o3", "2026-03-04T12:00:00Z")));
        run.Process(Of(Sale("o4", "2026-03-05T12:00:00Z")));

        run.Process(Of(Retracted("r1", "o3", "2026-03-06T12:00:00Z")));
        run.Process(Of(Retracted("r2", "o1", "2026-03-07T12:00:00Z")));

        run.Entries.OfType<Earning>().Select(static e => e.OutcomeId.Value).Should().Equal("o1", "o2", "o4");
    }

    // The day has 4.00 left, the month nothing, the year 6.00: the month binds, and it is the last to begin anew but
    // for the year.
    [Fact]
    public void Of_several_that_refuse_the_tightest_is_named_with_when_it_begins_anew()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign()
                .BudgetedBy(Capped("day", 24, PeriodUnit.Day))
                .BudgetedBy(Capped("month", 20, PeriodUnit.Month))
                .BudgetedBy(Capped("year", 26, PeriodUnit.Year)),
            Touched);
        run.Process(Of(Sale("o1", "2026-03-02T11:00:00Z", 200.Eur)));

        Decision second = run.Process(Of(Sale("o2", "2026-03-02T12:00:00Z", 100.Eur)));

        Reasons(second).Should().Equal(
            "settlement.over-budget (budget: month, period: 2026-03, available: 0.00 EUR, "
            + "because: budget.exhausted, resets-at: 2026-03-31T22:00:00Z, others: day year)");
        Reasons(run.Process(Of(Sale("o3", "2026-03-02T13:00:00Z", 50.Eur)))).Should().Equal(
            "settlement.over-budget (budget: month, period: 2026-03, available: 0.00 EUR, "
            + "because: budget.exhausted, resets-at: 2026-03-31T22:00:00Z, others: day)");
    }

    // Four in the morning in Berlin is ten in the evening of the day before in New York.
    [Theory]
    [InlineData(null, 1, "2026-03-02")]
    [InlineData("America/New_York", 0, "2026-03-01")]
    public void Budget_may_have_a_zone_of_its_own(string? zone, int paid, string period)
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedBy(Capped("b", 10, PeriodUnit.Day) with { Zone = zone }),
            Touched);
        run.Process(Of(Sale("o1", "2026-03-01T15:00:00Z"))).Posted.Should().HaveCount(1);

        run.Process(Of(Sale("o2", "2026-03-02T03:00:00Z"))).Posted.Should().HaveCount(paid);

        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-02T03:00:00Z")).Period.Key.Should().Be(period);
        BudgetBook.MustAgree(run, run.Entries);
    }

    [Theory]
    [InlineData(LimitOverflow.Reject, LimitOverflow.PayZero, "rejected settlement.over-budget", "a")]
    [InlineData(LimitOverflow.PayZero, LimitOverflow.Reject, "rejected settlement.over-budget", "b")]
    [InlineData(LimitOverflow.PayZero, LimitOverflow.Hold, "pending settlement.budget-held", "b")]
    [InlineData(LimitOverflow.PayZero, LimitOverflow.PayZero, "qualified settlement.budget-unpaid", "a")]
    public void The_strictest_of_several_binds(
        LimitOverflow first, LimitOverflow second, string expected, string binding)
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign()
                .BudgetedBy(Capped("a", 10, PeriodUnit.Month).Or(first))
                .BudgetedBy(Capped("b", 10, PeriodUnit.Month).Or(second)),
            Touched);
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));

        LegDecision leg = run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z"))).Outcome.Decision!.Legs.Single();

        Say(leg).Should().Be(expected);
        ReasonOf(leg)!.Args.First(static a => a.Name == "budget").Value.Should().Be(binding);
    }

    // 25.00 a year for a contract with monthly statements and one with quarterly ones: o1 takes 20.00, o3 waits with
    // 10.00, and o4 of the other contract behind it with 5.00, until 6.00 come back in May.
    [Fact]
    public void Who_waits_keeps_its_place_when_the_statement_of_its_month_is_closed()
    {
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-04-02T12:00:00Z", 200.Eur)),
            Of(Sale("o3", "2026-04-03T12:00:00Z", 100.Eur)),
            Of(Lead("o4", "2026-04-04T12:00:00Z", 50.Eur)),
            Of(Returned("r1", "o1", "2026-05-10T12:00:00Z", 60.Eur)),
        ];
        CampaignRun whole = TwoContracts([], log);

        CampaignRun again = TwoContracts(whole.Statements(At("2026-05-02T00:00:00Z")), log);

        whole.Entries.Texts().Should().Equal("p-blog 20.00 EUR", "p-blog -6.00 EUR", "p-blog 10.00 EUR");
        again.Entries.Should().BeEquivalentTo(whole.Entries);
    }

    // Found again in the log of a closed month, the sale waits for the month's end, and keeps no room from others.
    [Fact]
    public void Who_comes_too_late_for_a_closed_month_keeps_nobody_waiting()
    {
        CampaignInput[] log =
        [
            Of(Lead("o1", "2026-04-02T12:00:00Z", 200.Eur)),
            Of(Returned("r1", "o1", "2026-04-10T12:00:00Z", 100.Eur)),
            Of(Lead("o4", "2026-04-11T12:00:00Z", 100.Eur)),
        ];
        ValueList<Statement> closed = TwoContracts([], [Of(Sale("o0", "2026-04-01T12:00:00Z", 1.Eur)), .. log])
            .Statements(At("2026-05-02T00:00:00Z"));

        CampaignRun again = TwoContracts(
            closed,
            [
                Of(Sale("o0", "2026-04-01T12:00:00Z", 1.Eur)),
                log[0],
                Of(Sale("late", "2026-04-03T12:00:00Z", 60.Eur)),
                log[1],
                log[2],
            ]);

        again.Entries.OfType<Earning>().Select(static e => $"{e.OutcomeId} {e.Amount} {e.DecidedAt}").Should().Equal(
            "o0 0.10 EUR 2026-04-01T12:00:00Z",
            "o1 20.00 EUR 2026-04-02T12:00:00Z",
            "o4 10.00 EUR 2026-04-11T12:00:00Z");
        again.State.Find(new("late"))!.Decision!.Qualification.Should().BeOfType<Qualification.Pending>();
        BudgetBook.MustAgree(again, again.Entries);
    }

    // o3 waits for the one budget, and when that has room, the other sends it to a clause at 2.00: then o4 is first.
    [Fact]
    public void Who_waited_and_was_sent_elsewhere_in_a_closed_month_keeps_nobody_waiting()
    {
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-04-02T12:00:00Z", 200.Eur)),
            Of(Sale("o3", "2026-04-03T12:00:00Z", 100.Eur)),
            Of(Returned("r1", "o1", "2026-04-05T12:00:00Z", 60.Eur)),
            Of(Lead("o4", "2026-04-06T12:00:00Z", 50.Eur)),
        ];
        Budget sends = Capped("sends", 22, PeriodUnit.Year).Or(LimitOverflow.Divert, "less");
        CampaignRun whole = TwoContracts([], log, sends);

        CampaignRun again = TwoContracts(whole.Statements(At("2026-05-02T00:00:00Z")), log, sends);

        whole.Entries.Texts().Should()
            .Equal("p-blog 20.00 EUR", "p-blog -6.00 EUR", "p-blog 2.00 EUR", "p-blog 5.00 EUR");
        again.Entries.Should().BeEquivalentTo(whole.Entries);
    }

    private static Outcome Lead(string id, string at, Money value) => Sale(id, at, value) with { Kind = "lead" };

    private static CampaignRun TwoContracts(
        ValueList<Statement> closed, CampaignInput[] log, params Budget[] more)
    {
        CampaignDraft draft =
            Contract(Pay.RevenueShare(10.Percent), static c => c with { Id = new("sale") })
                .Pays("sale", Pay.Fixed(2.Eur), static c => c with { Id = new("less") }).ToCampaign()
                .With(ContractDraft.For("quarterly").PaidBy("acme").WithPartner("p-blog")
                    .In(Currency.Eur, "Europe/Berlin").Pays("lead", Pay.RevenueShare(10.Percent))
                    .SettledBy(new() { Per = PeriodUnit.Quarter }))
                .BudgetedBy(Capped("b", 25, PeriodUnit.Year).Or(LimitOverflow.Hold));
        CampaignRun run = Run(
            more.Aggregate(draft, static (d, b) => d.BudgetedBy(b)), Touch("p-blog", "2026-04-01T09:00:00Z"));
        run.Restore(closed);
        Array.ForEach(log, input => run.Process(input));
        run.Expire(At("2026-05-20T00:00:00Z"));
        return run;
    }

    private static CampaignRun RunOf(
        LimitOverflow overflow, CapBehavior atCap = CapBehavior.StopAndReject, PayoutModel? pays = null) => Run(
        Contract(pays ?? Pay.Fixed(10.Eur), static c => c with { Id = new("sale") })
            .Pays("sale", Pay.Fixed(2.Eur), static c => c with { Id = new("less") })
            .ToCampaign().BudgetedBy((Capped("b", 25, PeriodUnit.Month) with { AtCap = atCap }).Or(overflow) with
            {
                DivertTo = overflow == LimitOverflow.Divert ? new("less") : null,
            }),
        Touched);

    private static Budget Capped(string id, decimal limit, PeriodUnit per) =>
        new(new(id), limit.Eur, per) { AtCap = CapBehavior.StopAndReject };

    private static string[] Reasons(Decision decision) =>
    [
        .. decision.Outcome.Decision!.Legs.SelectMany(static l => ((Qualification.Rejected)l.Qualification).Reasons)
            .Select(static r => r.ToString()),
    ];

    private static string Say(LegDecision leg) => $"{leg.Qualification.Match(
        qualified: static _ => "qualified",
        pending: static _ => "pending",
        rejected: static _ => "rejected",
        disputed: static _ => "disputed")} {ReasonOf(leg)?.Code}".TrimEnd();

    private static Reason? ReasonOf(LegDecision leg) => leg.Qualification.Match(
        qualified: _ => leg.Notes.Count > 0 ? leg.Notes[0] : null,
        pending: static p => p.Reasons[0],
        rejected: static r => r.Reasons[0],
        disputed: static d => d.Reasons[0]);
}
