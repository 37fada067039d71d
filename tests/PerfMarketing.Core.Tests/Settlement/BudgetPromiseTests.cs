using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// What a budget promised stands, whatever the promise still needs; and what is said of it is said once.
/// </summary>
public sealed class BudgetPromiseTests
{
    private static readonly string[] Months = ["2026-02", "2026-03", "2026-04"];

    // o1 takes the last of 40.00 in the instant in which it is touched; o2, touched before, is paid 60.00 above.
    [Theory]
    [InlineData(CapBehavior.StopAndHonorInFlight, "60.00")]
    [InlineData(CapBehavior.StopAdmission, "60.00")]
    public void What_is_still_needed_of_a_promise_is_kept(CapBehavior atCap, string above)
    {
        Budget budget = new(new("month"), 40.Eur, PeriodUnit.Month) { AtCap = atCap };
        CampaignRun run = new(
            Contract(Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid")).ToCampaign()
                .BudgetedBy(budget).Build(),
            new OwnTouches(("o1", "2026-03-03T12:00:00Z"), ("o2", "2026-03-01T09:00:00Z")));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 400.Eur)));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z", 600.Eur)));
        run.Process(Proof("o2", "2026-03-04T13:00:00Z")).Posted.Single().OverBudget.ToString().Should()
            .Be($"{above} EUR");

        run.Process(Of(Returned("r1", "o1", "2026-03-05T12:00:00Z", 300.Eur)));
        Held(run, "2026-03").Should().Be((60.Eur, 0.Eur), "what is set aside fits under the limit");
        Decision paid = run.Process(Proof("o1", "2026-03-06T12:00:00Z"));

        paid.Posted.Select(static e => $"{e.Amount}, {e.OverBudget} over").Should().Equal("10.00 EUR, 10.00 EUR over");
        Held(run, "2026-03").Should().Be((70.Eur, 0.Eur));
    }

    // The limit is lowered while o1 waits: what it still needs was promised under the old one.
    [Fact]
    public void What_is_still_needed_is_kept_under_a_limit_that_was_lowered_too()
    {
        Budget budget = new(new("month"), 100.Eur, PeriodUnit.Month) { AtCap = CapBehavior.StopAndReject };
        CampaignDraft draft = Contract(Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid"))
            .ToCampaign();
        CampaignRun before = Run(draft.BudgetedBy(budget), Touch("p-blog", "2026-03-01T09:00:00Z"));
        before.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 400.Eur)));
        BudgetState state = new(budget with { Limit = 30.Eur }, before.State.BudgetOf(budget, At(Noon(3))).Period);
        state.Apply(state.Posted(new("b"), null, 50.Eur), At(Noon(2)));

        BudgetAnswer kept = state.Keep(new("a"), 10.Eur, At(Noon(2)));
        state.Apply(kept.Entry!, At(Noon(3)));

        (state.Committed, state.Reserved, state.Available).Should().Be((50.Eur, 10.Eur, 0.Eur));
        state.Commit(new("a"), 10.Eur).Decision.Should().Be(new BudgetDecision.Granted(10.Eur));
    }

    // p-blog had the credit when the first contract paid; a touch of p-mail is found later. The second contract still
    // waits: it counts where the first does, at the touch of February.
    [Fact]
    public void Restored_credit_counts_at_its_touch_for_what_still_waits()
    {
        Budget budget = new(new("month"), 100.Eur, PeriodUnit.Month) { Recognition = BudgetRecognition.OnTouch };
        Campaign campaign = CampaignDraft.For("c", "acme").With(Terms("a")).With(Terms("b", "order-paid"))
            .BudgetedBy(budget).Build();
        CampaignInput[] log = [Of(Sale("o1", Noon(3))), Proof("o1", "2026-04-03T12:00:00Z")];
        CampaignRun first = Run(campaign, Touch("p-blog", "2026-02-20T09:00:00Z"));
        first.Process(log[0]);
        CampaignRun again = Run(
            campaign, Touch("p-blog", "2026-02-20T09:00:00Z"), Touch("p-mail", "2026-03-02T09:00:00Z"));
        again.Restore(first.Statements(At("2026-04-01T00:00:00Z")));

        again.Process(log[0]);
        Months.Select(m => Held(again, m)).Should().Equal((10.Eur, 10.Eur), (0.Eur, 0.Eur), (0.Eur, 0.Eur));
        again.Process(log[1]);

        Months.Select(m => Held(again, m)).Should().Equal((20.Eur, 0.Eur), (0.Eur, 0.Eur), (0.Eur, 0.Eur));
        again.Entries.OfType<Earning>().Select(static e => $"{e.Contract} {e.Partner} {e.TouchedAt}").Should().Equal(
            "a p-blog 2026-02-20T09:00:00Z", "b p-blog 2026-02-20T09:00:00Z");
    }

    // Alerts are part of the records: a run over closed statements tells what is decided again as it was, and nothing
    // twice; what is restored was told.
    [Fact]
    public void Alerts_are_told_once_in_a_run_and_are_the_same_when_it_is_restored()
    {
        Budget budget = new(new("month"), 50.Eur, PeriodUnit.Month)
        {
            AlertAt = [20.Percent, 40.Percent, 60.Percent, 80.Percent],
        };
        Campaign campaign = CampaignDraft.For("c", "acme").With(Terms("a")).With(Terms("b", "order-paid"))
            .BudgetedBy(budget).Build();
        CampaignInput[] log =
        [
            Of(Sale("o1", Noon(3))), Of(Sale("o2", Noon(4))), Proof("o1", Noon(5)),
            Proof("o2", "2026-04-03T12:00:00Z"),
        ];
        List<string> told = [];
        CampaignRun first = Told(campaign, told);
        Array.ForEach(log, i => first.Process(i));
        List<string> toldAgain = [];
        CampaignRun again = Told(campaign, toldAgain);
        again.Restore(first.Statements(At("2026-04-01T00:00:00Z")).Where(static s => s.IsClosed));
        Array.ForEach(log, i => again.Process(i));

        told.Should().Equal(
            "20% 2026-03-03T12:00:00Z", "40% 2026-03-03T12:00:00Z", "60% 2026-03-04T12:00:00Z",
            "80% 2026-03-04T12:00:00Z");
        toldAgain.Should().OnlyHaveUniqueItems().And.BeSubsetOf(told);
        again.State.BudgetOf(budget, At(Noon(3))).Committed.Should()
            .Be(first.State.BudgetOf(budget, At(Noon(3))).Committed);
    }

    // o2 lay 20.00 above. Then o1 comes back: the budget holds no more than its limit, and the flag of o2 stays what it
    // was when it was posted.
    [Fact]
    public void Excess_of_a_budget_falls_when_others_come_back_and_the_flag_stays()
    {
        CampaignRun run = Run(
            Contract(Pay.RevenueShare(10.Percent)).ToCampaign().BudgetedAt(monthly: 40.Eur),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", Noon(3), 200.Eur)));
        run.Process(Of(Sale("o2", Noon(4), 400.Eur)));
        BudgetState budget = run.State.BudgetOf(run.State.Campaign.Budgets[0], At(Noon(3)));
        budget.Excess.Should().Be(20.Eur);

        run.Process(Of(Retracted("r1", "o1", Noon(5))));

        budget.Excess.Should().Be(0.Eur);
        run.Statements(At("2026-05-01T00:00:00Z"))[0].OverBudget.Should().Be(20.Eur);
        run.Process(Of(Retracted("r2", "o2", Noon(6))));
        run.Statements(At("2026-05-01T00:00:00Z"))[0].OverBudget.Should().Be(0.Eur);
    }

    private static string Noon(int day) => $"2026-03-{day:00}T12:00:00Z";

    private static ContractDraft Terms(string id, string? proof = null) => ContractDraft.For(id).PaidBy("acme")
        .WithPartner("p-blog").WithPartner("p-mail").In(Currency.Eur, "Europe/Berlin")
        .Pays("sale", Pay.Fixed(10.Eur), c => proof is null ? c : c.TrustingHost(proof));

    private static CampaignRun Told(Campaign campaign, List<string> told) => new(
        campaign, new OwnTouches(("o1", "2026-03-01T09:00:00Z"), ("o2", "2026-03-01T09:00:00Z")))
    {
        Recorded = record => told.AddRange(record is BudgetMoved { Entry: var entry }
            ? entry.Alerts.Select(share => $"{share} {record.DecidedAt}")
            : []),
    };

    private static (Money Committed, Money Reserved) Held(CampaignRun run, string month)
    {
        BudgetState state = run.State.BudgetOf(run.State.Campaign.Budgets[0], At($"{month}-10T00:00:00Z"));
        return (state.Committed.Amount!.Value, state.Reserved.Amount!.Value);
    }

    private sealed class OwnTouches(params (string Outcome, string At)[] touches) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[]
        {
            Touch("p-blog", Array.Find(touches, t => t.Outcome == outcome.Id.Value).At),
        });
    }
}
