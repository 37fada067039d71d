using System.Globalization;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Results that come when a campaign's budget is used up, and the periods in which they count.</summary>
public sealed class BudgetCapTests
{
    // 25.00 a month at 10.00 each: the third result reaches the limit. The fourth was touched before, the fifth after.
    [Theory]
    [InlineData(CapBehavior.StopAndHonorInFlight, "10.00", "10.00", "10.00, 5.00 over", "10.00, 10.00 over", "refused")]
    [InlineData(
        CapBehavior.StopAdmission, "10.00", "10.00", "10.00, 5.00 over", "10.00, 10.00 over", "10.00, 10.00 over")]
    [InlineData(CapBehavior.StopAndReject, "10.00", "10.00", "refused", "refused", "refused")]
    public void What_is_promised_when_the_limit_is_reached(CapBehavior atCap, params string[] expected)
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedBy(Month(25.Eur, atCap)),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-07T09:00:00Z"));

        string[] said =
        [
            .. Enumerable.Range(1, 5).Select(i => Say(run.Process(Of(Sale($"o{i}", $"2026-03-0{i + 2}T12:00:00Z"))))),
        ];

        said.Should().Equal(expected);
    }

    [Fact]
    public void Flag_says_which_budget_and_is_in_the_statement()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(20.Eur)).AttributedBy(new Linear()).BudgetedAt(monthly: 25.Eur),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));

        Decision second = run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z")));

        second.Outcome.Decision!.Legs.Single().Notes.Select(static n => n.ToString()).Should().Equal(
            "settlement.over-reserve (budget: monthly, period: 2026-03, reserved: 0.00 EUR, over: 15.00 EUR)");
        second.Posted.Select(static e => e.OverBudget).Should().Equal(7.50m.Eur, 7.50m.Eur);
        Statement[] statements = [.. run.Statements(At("2026-05-01T00:00:00Z")).Where(static s => s.IsClosed)];
        statements.Select(static s => s.OverBudget).Should().Equal(7.50m.Eur, 7.50m.Eur);
        foreach (LedgerEntry entry in second.Posted)
        {
            TermFailures failures = [];
            TermReader.Read(TermNode.Of(entry), failures, CampaignRecord.Read).Should().Be(entry);
            failures.Should().BeEmpty();
        }
    }

    [Fact]
    public void Pending_result_has_what_is_left_set_aside_and_is_paid_in_full_when_it_is_proven()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid")).ToCampaign().BudgetedAt(monthly: 15.Eur),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z")));
        run.Process(Of(Sale("o3", "2026-03-05T12:00:00Z")));
        Held(run, "2026-03").Should().Be((0.Eur, 15.Eur), "admission never overshoots");

        Say(run.Process(Proof("o3", "2026-03-06T12:00:00Z"))).Should().Be("10.00, 10.00 over");
        Say(run.Process(Proof("o2", "2026-03-07T12:00:00Z"))).Should().Be("10.00, 5.00 over");
        Say(run.Process(Proof("o1", "2026-03-08T12:00:00Z"))).Should().Be("10.00");
        Held(run, "2026-03").Should().Be((30.Eur, 0.Eur));
    }

    [Fact]
    public void Correction_up_of_what_was_paid_is_paid_and_flagged()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign().BudgetedAt(monthly: 25.Eur),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 200.Eur)));

        Decision up = run.Process(Of(new Restatement
        {
            Id = new("r1"),
            Outcome = new("o1"),
            At = At("2026-03-04T12:00:00Z"),
            Value = 300.Eur,
        }));

        Adjustment more = up.Posted.OfType<Adjustment>().Single();
        (more.Amount, more.OverBudget).Should().Be((10.Eur, (Money?)5.Eur));
    }

    // 20.00 of 40.00 lie above. Half is returned, and then all; or all at once, and a later result needs the room.
    [Theory]
    [InlineData(new[] { "200", "200" }, new[] { "-20.00 EUR -20.00 EUR", "-20.00 EUR -" }, "0.00 EUR")]
    [InlineData(new[] { "100", "300" }, new[] { "-10.00 EUR -10.00 EUR", "-30.00 EUR -10.00 EUR" }, "0.00 EUR")]
    [InlineData(new[] { "100" }, new[] { "-10.00 EUR -10.00 EUR" }, "10.00 EUR")]
    public void What_is_taken_back_lies_above_no_more(string[] returned, string[] expected, string left)
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign().BudgetedAt(monthly: 40.Eur),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 200.Eur)));
        Say(run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z", 400.Eur)))).Should().Be("40.00, 20.00 over");

        LedgerEntry[] back =
        [
            .. returned.SelectMany((amount, i) => run.Process(Of(Returned(
                $"r{i}",
                "o2",
                $"2026-03-0{i + 5}T12:00:00Z",
                Money.Parse($"{amount}.00 EUR", CultureInfo.InvariantCulture)))).Posted),
        ];

        back.Select(static e => $"{e.Amount} {e.OverBudget?.ToString() ?? "-"}").Should().Equal(expected);
        run.Statements(At("2026-05-01T00:00:00Z"))[0].OverBudget.ToString().Should().Be(left);
        BudgetBook.MustAgree(run, run.Entries);
        CampaignRun again = Run(run.State.Campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        again.Restore(run.Statements(At("2026-05-01T00:00:00Z")));
        again.Expire(At("2026-05-01T00:00:00Z"));
        again.State.Known(new("o2")).Earnings[0].OverBudget.Should()
            .Be(run.State.Known(new("o2")).Earnings[0].OverBudget);
    }

    // 5 x 10^14 and more, doubled, is more than an amount can be.
    [Fact]
    public void Tolerance_of_the_greatest_limit_is_an_amount()
    {
        Budget budget = Month(Money.FromMinor(Money.MinorUnitsMax, Currency.Eur), CapBehavior.StopAndReject) with
        {
            Tolerance = 100.Percent,
        };
        new BudgetValidator().Validate(budget).IsValid.Should().BeTrue();
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedBy(budget), Touch("p-blog", "2026-03-01T09:00:00Z"));

        Say(run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")))).Should().Be("10.00");
    }

    [Fact]
    public void Who_accepts_later_counts_where_the_touch_does()
    {
        ContractHistory history = ContractHistory.Of("acme-2026")
            .Then(new ContractEvent.Proposed(1) { At = At("2025-12-01T12:00:00Z"), By = new("acme") })
            .Then(new ContractEvent.Accepted(1) { At = At("2025-12-02T12:00:00Z"), By = new("p-blog") })
            .Then(new ContractEvent.Accepted(1) { At = At("2026-03-20T12:00:00Z"), By = new("p-mail") });
        Budget budget = Month(100.Eur, CapBehavior.StopAndReject) with { Recognition = BudgetRecognition.OnTouch };
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).EffectiveFrom(new(2026, 1, 1)).ToCampaign().With(history)
                .AttributedBy(new Linear()).BudgetedBy(budget),
            Touch("p-blog", "2026-02-20T09:00:00Z"),
            Touch("p-mail", "2026-02-21T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));

        run.Expire(At("2026-04-02T00:00:00Z"));

        run.Entries.OfType<Amendment>().Single().Amount.Should().Be(5.Eur);
        (Held(run, "2026-02"), Held(run, "2026-03")).Should().Be(((10.Eur, 0.Eur), (0.Eur, 0.Eur)));
    }

    [Fact]
    public void Room_that_comes_back_is_for_results_touched_later_too()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedAt(monthly: 20.Eur),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-05T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z")));
        Say(run.Process(Of(Sale("o3", "2026-03-05T12:00:00Z")))).Should().Be("refused");

        run.Process(Of(Retracted("r1", "o1", "2026-03-06T12:00:00Z")));

        Say(run.Process(Of(Sale("o4", "2026-03-07T12:00:00Z")))).Should().Be("10.00");
        Say(run.Process(Of(Sale("o5", "2026-03-08T12:00:00Z")))).Should().Be(
            "10.00, 10.00 over", "it was touched before the budget was used up again");
    }

    // Touched in February, sold in March, proven in April.
    [Theory]
    [InlineData(BudgetRecognition.OnEvent, "2026-03", "2026-03")]
    [InlineData(BudgetRecognition.OnTouch, "2026-02", "2026-02")]
    [InlineData(BudgetRecognition.OnApproval, "2026-03", "2026-04")]
    public void Amounts_count_in_the_period_of_the_term(BudgetRecognition recognition, string pending, string paid)
    {
        Budget budget = Month(25.Eur, CapBehavior.StopAndReject) with { Recognition = recognition };
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid")).ToCampaign().BudgetedBy(budget),
            Touch("p-blog", "2026-02-20T09:00:00Z"));
        string[] months = ["2026-02", "2026-03", "2026-04", "2026-05"];

        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        months.Select(m => Held(run, m)).Should().Equal(
            months.Select(m => m == pending ? (0.Eur, 10.Eur) : (0.Eur, 0.Eur)));

        run.Process(Proof("o1", "2026-04-02T12:00:00Z"));
        months.Select(m => Held(run, m)).Should().Equal(
            months.Select(m => m == paid ? (10.Eur, 0.Eur) : (0.Eur, 0.Eur)));

        run.Process(Of(Retracted("r1", "o1", "2026-05-02T12:00:00Z")));
        months.Select(m => Held(run, m)).Should().Equal(months.Select(static _ => (0.Eur, 0.Eur)));
    }

    // Before it is decided, a late touch takes the credit over: what was set aside moves with it.
    [Fact]
    public void What_is_set_aside_moves_with_the_touch()
    {
        Budget budget = Month(25.Eur, CapBehavior.StopAndReject) with { Recognition = BudgetRecognition.OnTouch };
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur), c => c.TrustingHost("order-paid")).ToCampaign().BudgetedBy(budget),
            Touch("p-blog", "2026-02-20T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z", recordedAt: "2026-03-10T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z")));
        (Held(run, "2026-02"), Held(run, "2026-03")).Should().Be(((0.Eur, 10.Eur), (0.Eur, 0.Eur)));

        run.Process(Proof("o1", "2026-03-12T12:00:00Z"));

        (Held(run, "2026-02"), Held(run, "2026-03")).Should().Be(((0.Eur, 0.Eur), (10.Eur, 0.Eur)));
    }

    [Fact]
    public void Shares_of_the_limit_are_told_when_they_are_reached()
    {
        List<string> told = [];
        Budget budget = Month(25.Eur, CapBehavior.StopAndReject) with { AlertAt = [40.Percent, 80.Percent] };
        CampaignRun run = new(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedBy(budget).Build(), new OneTouch())
        {
            Recorded = record => told.AddRange(record is BudgetMoved { Entry: var entry }
                ? entry.Alerts.Select(share => $"{record.OutcomeId} {share}")
                : []),
        };
        foreach (int i in Enumerable.Range(1, 3))
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-0{i + 2}T12:00:00Z")));
        }

        told.Should().Equal("o1 40%", "o2 80%");
    }

    private sealed class OneTouch : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[] { Touch("p-blog", "2026-03-01T09:00:00Z") });
    }

    private static Budget Month(Money limit, CapBehavior atCap) =>
        new(new("month"), limit, PeriodUnit.Month) { AtCap = atCap };

    private static (Money Committed, Money Reserved) Held(CampaignRun run, string month)
    {
        BudgetState state = run.State.BudgetOf(run.State.Campaign.Budgets[0], At($"{month}-10T00:00:00Z"));
        return (state.Committed.Amount!.Value, state.Reserved.Amount!.Value);
    }

    private static string Say(Decision decision)
    {
        Earning? earning = decision.Posted.OfType<Earning>().FirstOrDefault();
        string over = earning?.OverBudget is { } above ? $", {Number(above)} over" : string.Empty;
        return earning is null ? "refused" : Number(earning.Amount) + over;
    }

    private static string Number(Money amount) => amount.ToString().Split(' ')[0];
}
