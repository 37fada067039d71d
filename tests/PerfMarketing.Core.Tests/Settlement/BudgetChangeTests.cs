using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;
using Outcome = PerfMarketing.Events.Outcome;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Limits of a campaign's budgets that change while they are live, and budgets that come later.</summary>
public sealed class BudgetChangeTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_261_122, 3);

    private static readonly JourneyTouch[] Touched = [Touch("p-blog", "2026-03-01T09:00:00Z")];

    private static readonly Budget Monthly = new(new("b"), 20.Eur, PeriodUnit.Month)
    {
        AtCap = CapBehavior.StopAndReject,
    };

    // 20.00 a month at 10.00 each, of which three came by the 4th.
    [Theory]
    [InlineData("unchanged", "", "paid paid refused refused")]
    [InlineData("raised", "2026-03-04T18:00:00Z 30", "paid paid refused paid")]
    [InlineData("raised at the instant", "2026-03-05T12:00:00Z 30", "paid paid refused paid")]
    [InlineData("raised too late", "2026-03-05T12:00:01Z 30", "paid paid refused refused")]
    [InlineData("lowered below what is spent", "2026-03-04T11:00:00Z 5", "paid paid refused refused")]
    [InlineData("lowered and raised", "2026-03-02T13:00:00Z 5, 2026-03-03T13:00:00Z 30", "paid refused paid paid")]
    [InlineData("stopped", "2026-03-02T13:00:00Z 0", "paid refused refused refused")]
    [InlineData("raised in the next month", "2026-04-01T00:00:00Z 90", "paid paid refused refused")]
    public void Limit_holds_from_its_instant_on(string because, string changes, string expected)
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedBy(Monthly with { Changes = ChangesOf(changes) }),
            Touched);

        string said = string.Join(' ', Enumerable.Range(2, 4).Select(day =>
            run.Process(Of(Sale($"o{day}", $"2026-03-0{day}T12:00:00Z"))).Posted.Count > 0 ? "paid" : "refused"));

        said.Should().Be(expected, because);
    }

    [Fact]
    public void Period_that_is_over_keeps_the_limit_with_which_it_ended()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(10.Eur)).ToCampaign()
                .BudgetedBy(Monthly with { Changes = ChangesOf("2026-04-05T00:00:00Z 90") }),
            Touched);
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));

        run.Process(Of(Sale("o3", "2026-03-04T12:00:00Z") with { RecordedAt = At("2026-04-10T12:00:00Z") }))
            .Posted.Should().BeEmpty();
        run.Process(Of(Sale("o4", "2026-04-10T12:00:00Z"))).Posted.Should().HaveCount(1);
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-04T12:00:00Z")).Limit.Should().Be(20.Eur);
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-04-04T12:00:00Z")).Limit.Should().Be(90.Eur);
    }

    [Fact]
    public void Who_waits_is_served_when_the_limit_is_raised()
    {
        Budget budget = Monthly with
        {
            OnExceeded = LimitOverflow.Hold,
            Changes = ChangesOf("2026-03-10T00:00:00Z 30"),
        };
        CampaignRun run = Run(Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedBy(budget), Touched);
        foreach (int day in Enumerable.Range(2, 4))
        {
            run.Process(Of(Sale($"o{day}", $"2026-03-0{day}T12:00:00Z")));
        }

        run.Expire(At("2026-03-20T00:00:00Z"));

        run.Entries.OfType<Earning>().Select(static e => $"{e.OutcomeId} {e.DecidedAt}").Should().Equal(
            "o2 2026-03-02T12:00:00Z", "o3 2026-03-03T12:00:00Z", "o4 2026-03-10T00:00:00Z");
    }

    // 10.00 were spent before the budget began, as the terms say; what the log has of it does not count twice.
    [Theory]
    [InlineData("0", 2)]
    [InlineData("10", 1)]
    [InlineData("15", 0)]
    [InlineData("40", 0)]
    public void Budget_that_begins_within_a_period_counts_what_its_terms_say(string used, int paid)
    {
        Budget later = Monthly with
        {
            Since = At("2026-03-05T00:00:00Z"),
            UsedBefore = Money.Parse($"{used}.00 EUR", CultureInfo.InvariantCulture),
        };
        CampaignRun run = Run(Contract(Pay.Fixed(10.Eur)).ToCampaign().BudgetedBy(later), Touched);
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z"))).Records.OfType<BudgetMoved>().Should().BeEmpty();
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z"))).Posted.Should().HaveCount(1);
        run.Process(Of(Sale("o3", "2026-03-04T12:00:00Z"))).Posted.Should().HaveCount(1);

        int then = Enumerable.Range(5, 4).Sum(day =>
            run.Process(Of(Sale($"o{day}", $"2026-03-0{day}T12:00:00Z"))).Posted.Count);

        then.Should().Be(paid);
        Enumerable.Range(2, 3).Sum(day => run.Process(Of(Sale($"a{day}", $"2026-04-0{day}T12:00:00Z"))).Posted.Count)
            .Should().Be(2, "the next period has the whole limit");
    }

    [Fact]
    public void History_says_which_limit_held_when()
    {
        Budget budget = Monthly with
        {
            Since = At("2026-03-05T00:00:00Z"),
            Changes = ChangesOf("2026-03-10T00:00:00Z 5, 2026-04-10T00:00:00Z 30"),
        };

        new[] { "2026-03-04T23:59:59Z", "2026-03-05T00:00:00Z", "2026-03-10T00:00:00Z", "2026-05-01T00:00:00Z" }
            .Select(at => budget.LimitAt(At(at))?.ToString() ?? "none").Should()
            .Equal("none", "20.00 EUR", "5.00 EUR", "30.00 EUR");
        budget.History.Changes.Select(static c => $"{c.Before} {c.After}").Should().Equal("2000 500", "500 3000");
        budget.History.At(At("2026-03-11T00:00:00Z")).Should().Be(500);
    }

    [Fact]
    public void Closed_statements_and_the_log_come_to_the_same()
    {
        Campaign campaign = Contract(Pay.RevenueShare(10.Percent)).ToCampaign()
            .BudgetedBy(Monthly with { Changes = ChangesOf("2026-03-04T00:00:00Z 30, 2026-04-20T00:00:00Z 12") })
            .Build();
        Outcome[] sales =
        [
            .. Enumerable.Range(0, 24).Select(static i => Sale(
                $"o{i}", $"2026-0{3 + (i / 12)}-{(2 * (i % 12)) + 2:00}T12:00:00Z", (30 + (i * 7 % 50)).Eur)),
        ];
        CampaignRun run = Run(campaign, Touched);
        Array.ForEach(sales, s => run.Process(Of(s)));
        CampaignRun again = Run(campaign, Touched);
        again.Restore(run.Statements(At("2026-04-02T00:00:00Z")));
        Array.ForEach(sales, s => again.Process(Of(s)));

        again.Entries.Should().BeEquivalentTo(run.Entries);
        foreach (Instant at in sales.Select(static s => s.At))
        {
            again.State.BudgetOf(campaign.Budgets[0], at).Committed
                .Should().Be(run.State.BudgetOf(campaign.Budgets[0], at).Committed);
        }
    }

    // Under stop and reject nothing is granted above the limit that holds, whatever changes.
    [Fact]
    public void Nothing_is_granted_above_the_limit_of_its_instant()
    {
        Gen<(int[] Limits, (int Hour, int Value)[] Sales, LimitOverflow Overflow)> cases =
            from limits in Gen.Choose(0, 60).ArrayOf(3)
            from count in Gen.Choose(1, 20)
            from sales in (from hour in Gen.Choose(0, 900)
                           from value in Gen.Choose(1, 30)
                           select (hour, value)).ArrayOf(count)
            from overflow in Gen.Elements(
                LimitOverflow.Reject, LimitOverflow.PayRemainder, LimitOverflow.PayZero, LimitOverflow.Hold)
            select (limits, sales, overflow);
        Prop.ForAll(cases.ToArbitrary(), static c => Holds(c.Limits, c.Sales, c.Overflow)).Check(Seeded);
    }

    private static void Holds(int[] limits, (int Hour, int Value)[] sales, LimitOverflow overflow)
    {
        Instant start = At("2026-03-02T00:00:00Z");
        Budget budget = Monthly with
        {
            OnExceeded = overflow,
            Changes =
            [
                .. limits.Select((limit, i) => new BudgetChange(start + Duration.FromHours((i + 1) * 230), limit.Eur)),
            ],
        };
        Campaign campaign = Contract(Pay.RevenueShare(100.Percent)).ToCampaign().BudgetedBy(budget).Build();
        Outcome[] all =
        [
            .. sales.Select((s, i) => Sale($"o{i}", "2026-03-02T00:00:00Z", s.Value.Eur) with
            {
                At = start + Duration.FromHours(s.Hour),
                RecordedAt = start + Duration.FromHours(s.Hour),
            }),
        ];
        CampaignRun run = Run(campaign, Touched);
        foreach (Outcome outcome in all.OrderBy(static o => o.RecordedAt).ThenBy(static o => o.Id))
        {
            run.Process(Of(outcome));
            BudgetState state = run.State.BudgetOf(budget, outcome.At);
            Money sum = 0.Eur;
            foreach (Earning earning in run.Entries.OfType<Earning>().Where(e => state.Period.Contains(e.OccurredAt)))
            {
                sum += earning.Amount;
                Instant held = Instant.Min(earning.DecidedAt, state.Period.End - Duration.Epsilon);
                (earning.Amount == 0.Eur || sum <= budget.LimitAt(held)).Should().BeTrue();
            }

            state.Committed.Should().Be(sum);
            state.Reserved.Should().Be(0.Eur);
        }
    }

    private static ValueList<BudgetChange> ChangesOf(string text) =>
    [
        .. text.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(static t => t.Split(' '))
            .Select(static t => new BudgetChange(
                At(t[0]), Money.Parse($"{t[1]}.00 EUR", CultureInfo.InvariantCulture))),
    ];
}
