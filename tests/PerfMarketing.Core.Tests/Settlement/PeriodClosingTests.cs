using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>
/// What contracts pay for periods, posted when they close: in Berlin, March ends on 31 March, 22:00 UTC.
/// </summary>
public sealed class PeriodClosingTests
{
    private static readonly Instant April = At("2026-03-31T22:00:00Z");

    private static readonly Instant May = At("2026-04-30T22:00:00Z");

    [Fact]
    public void Retainer_is_in_the_statement_of_its_month()
    {
        CampaignRun run = March(Draft().PaysPer(PeriodUnit.Month, new Retainer(500.Eur), "p-blog"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));

        run.Expire(May);

        PeriodEarning[] paid = [.. run.Entries.OfType<PeriodEarning>()];
        paid.Select(static p => $"{p.Partner} {p.Period} {p.Amount} {p.DecidedAt}").Should().Equal(
            "p-blog 2026-03 500.00 EUR 2026-03-31T21:59:59Z",
            "p-blog 2026-04 500.00 EUR 2026-04-30T21:59:59Z");
        run.Statements(May).Where(static s => s.Partner == new PartnerId("p-blog"))
            .Select(static s => $"{s.Period} {s.Gross} {s.Payable} {s.IsClosed}").Should()
            .Equal("2026-03 510.00 EUR 510.00 EUR True", "2026-04 500.00 EUR 500.00 EUR True");
        paid[0].Terms.Should().Be(run.State.Campaign.Contracts[0].Digest);
        paid[0].Payout.Total.Should().Be((Accrual)paid[0].Amount);
    }

    [Fact]
    public void Every_record_is_told_when_it_counts_those_of_periods_too()
    {
        Campaign campaign = Draft().PaysPer(PeriodUnit.Month, new Retainer(500.Eur), "p-blog").ToCampaign().Build();
        AccountBook book = new(campaign);
        CampaignRun run = new(campaign, new ByCustomer()) { Recorded = book.Post };
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Expire(May);
        CampaignRun again = new(campaign, new ByCustomer()) { Recorded = book.Post };
        again.Restore(run.Statements(May), May);
        again.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        again.Process(Of(Sale("o2", "2026-05-03T12:00:00Z", 100.Eur)));

        book.BalanceOf(new(new("acme-2026"), new("p-blog"), AccountKind.Payable, Currency.Eur))
            .Should().Be(1020.Eur, "10 and 10 for sales and 500 for each of two months, each once");
    }

    [Fact]
    public void What_is_decided_at_the_end_belongs_to_the_next_period()
    {
        CampaignRun run = March(Draft().PaysPer(PeriodUnit.Month, new Guarantee(50.Eur), "p-blog"));
        run.Process(Of(Sale("o1", "2026-03-31T21:59:59Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-31T22:00:00Z", 400.Eur)));
        run.Expire(May);

        run.Entries.Texts().Should().Equal(
            "p-blog 10.00 EUR", "p-blog 40.00 EUR", "p-blog 40.00 EUR", "p-blog 10.00 EUR");
    }

    [Fact]
    public void Stages_have_a_fixed_order_and_see_what_was_paid_before()
    {
        // Earned 100 and 20 by outcomes; 5 bonus, 2 override, 30 retainer; 200 − 137 fill up; 250 − 200 are advanced.
        CampaignRun run = March(Draft()
            .PaysPer(PeriodUnit.Month, new Draw(250.Eur), "p-blog")
            .PaysPer(PeriodUnit.Month, new Guarantee(200.Eur), "p-blog")
            .PaysPer(PeriodUnit.Month, new Retainer(30.Eur), "p-blog")
            .PaysPer(PeriodUnit.Month, new Override(10.Percent) { Partners = [new("p-mail")] }, "p-blog")
            .PaysPer(PeriodUnit.Month, new PerformanceBonus(5.Percent, 99.Eur), "p-blog"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 1_000.Eur)));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z", 200.Eur, "c2")));
        run.Expire(April);

        run.Entries.OfType<PeriodEarning>().Select(static p => $"{p.Clause} {p.Amount}").Should().Equal(
            "performance-bonus 5.00 EUR", "override 2.00 EUR", "retainer 30.00 EUR", "guarantee 63.00 EUR",
            "draw 50.00 EUR");
    }

    [Fact]
    public void Shorter_periods_close_before_longer_ones_that_end_with_them()
    {
        // Week 13 ends with 29 March, week 14 in April: its bonus belongs to the statement of April.
        CampaignRun run = March(Draft()
            .PaysPer(PeriodUnit.Month, new Guarantee(100.Eur), "p-blog")
            .PaysPer(PeriodUnit.Week, new PerformanceBonus(50.Percent, 1.Eur), "p-blog"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Process(Of(Sale("o2", "2026-03-31T12:00:00Z", 200.Eur)));
        run.Expire(May);

        run.Entries.OfType<PeriodEarning>().Select(static p => $"{p.Clause} {p.Period} {p.Amount}").Should().Equal(
            "performance-bonus 2026-W10 5.00 EUR", "guarantee 2026-03 65.00 EUR",
            "performance-bonus 2026-W14 10.00 EUR", "guarantee 2026-04 90.00 EUR");
    }

    [Fact]
    public void Closing_the_same_period_again_is_answered_as_before()
    {
        Campaign campaign = Draft().PaysPer(PeriodUnit.Month, new Guarantee(50.Eur)).ToCampaign().Build();
        CampaignRun run = March(campaign);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Expire(May);
        LedgerEntry[] entries = [.. run.Entries];

        PeriodClosing again = new CampaignDecider(campaign).ClosePeriods(run.State, campaign.Contracts[0].Id, April);

        again.Answer.Should().Be(DecisionAnswer.Replayed);
        again.Records.Should().BeEmpty();
        again.Entries.Texts().Should().Equal("p-blog 40.00 EUR", "p-mail 50.00 EUR");
        again.Entries.Should().Equal(entries.OfType<PeriodEarning>().Where(static e => e.Period == "2026-03"));
        run.Expire(May);
        run.Entries.Should().Equal(entries);
    }

    [Fact]
    public void Periods_are_closed_in_their_order_and_only_where_there_are_any()
    {
        Campaign campaign = Draft().EffectiveFrom(new(2026, 3, 1)).PaysPer(PeriodUnit.Month, new Retainer(50.Eur))
            .ToCampaign().Build();
        CampaignDecider decider = new(campaign);
        CampaignState state = new(campaign);

        state.NextClosing(campaign.Contracts[0].Id).Should().Be(April);
        state.NextClosing(new("other")).Should().BeNull();
        FluentActions.Invoking(() => decider.ClosePeriods(state, campaign.Contracts[0].Id, May))
            .Should().Throw<ArgumentException>("March is open");
        FluentActions.Invoking(() => decider.ClosePeriods(state, new("other"), April))
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Versions_with_other_terms_each_pay_their_own_days()
    {
        // 15 of 31 days of 1,000 are 483.87; of 2,000 they are 967.74, and the other 16 days are the rest.
        ContractDraft first = Draft().EffectiveFrom(new(2026, 3, 1))
            .PaysPer(PeriodUnit.Month, new Retainer(1_000.Eur), "p-blog");
        ContractDraft second = Draft().EffectiveFrom(new(2026, 3, 16))
            .PaysPer(PeriodUnit.Month, new Retainer(2_000.Eur), "p-blog") with
        { Version = 2 };
        CampaignRun run = March(first.ToCampaign().With(second).Build());

        run.Expire(May);

        run.Entries.OfType<PeriodEarning>().Select(static p => $"v{p.Version} {p.Period} {p.Amount}").Should().Equal(
            "v1 2026-03 483.87 EUR", "v2 2026-03 1032.26 EUR", "v2 2026-04 2000.00 EUR");
    }

    [Fact]
    public void Versions_with_the_same_terms_pay_a_period_once()
    {
        ContractDraft first = Draft().EffectiveFrom(new(2026, 3, 11))
            .PaysPer(PeriodUnit.Month, new Retainer(310.Eur), "p-blog")
            .PaysPer(PeriodUnit.Month, new Guarantee(620.Eur), "p-blog");
        ContractDraft second = first.EffectiveFrom(new(2026, 3, 16))
            .Pays("lead", Pay.Fixed(1.Eur)) with
        { Version = 2 };
        CampaignRun run = March(first.ToCampaign().With(second).Build());

        run.Expire(April);

        run.Entries.OfType<PeriodEarning>().Select(static p => $"v{p.Version} {p.Clause} {p.Amount}").Should().Equal(
            "v2 retainer 210.00 EUR", "v2 guarantee 210.00 EUR");
    }

    [Fact]
    public void Days_count_for_a_partner_who_has_accepted_and_is_not_suspended()
    {
        // The blog accepts in March with effect from the 1st, the newsletter never; April stands still from the 16th.
        CampaignDraft campaign = Draft().EffectiveFrom(new(2026, 3, 1))
            .PaysPer(PeriodUnit.Month, new Retainer(310.Eur)).ToCampaign()
            .With(ContractHistory.Of("acme-2026")
                .Then(new ContractEvent.Proposed(1) { At = At("2026-02-20T09:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Accepted(1) { At = At("2026-03-08T09:00:00Z"), By = new("p-blog") })
                .Then(new ContractEvent.Suspended { At = At("2026-04-15T22:00:00Z"), By = new("p-blog") }));
        CampaignRun run = March(campaign.Build());

        run.Expire(May);

        run.Entries.Texts().Should().Equal("p-blog 310.00 EUR", "p-blog 155.00 EUR");
    }

    [Fact]
    public void Open_draw_is_set_off_after_the_contract_has_ended()
    {
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 3, 1), new LocalDate(2026, 4, 1))
            .Pays("sale", Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid"))
            .PaysPer(PeriodUnit.Month, new Draw(100.Eur));
        CampaignRun run = Run(draft.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 700.Eur)));
        run.Process(Proof("o1", "2026-05-05T12:00:00Z"));
        run.Expire(At("2026-12-01T00:00:00Z"));

        run.Entries.Select(static e => $"{e.Tag} {e.Amount} {(e as PeriodEarning)?.Closing}").Should().Equal(
            "period-earning 100.00 EUR -100.00 EUR",
            "earning 70.00 EUR ",
            "period-earning -70.00 EUR -30.00 EUR");
    }

    [Fact]
    public void Contract_without_a_beginning_begins_with_what_is_decided_first()
    {
        CampaignRun run = March(Draft().PaysPer(PeriodUnit.Month, new Retainer(50.Eur), "p-mail"));
        run.Expire(At("2026-02-15T00:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur)));
        run.Expire(April);

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-mail 50.00 EUR");
    }

    [Fact]
    public void Tenancy_needs_no_outcomes()
    {
        Campaign campaign = ContractDraft.For("tenancy").PaidBy("acme").WithPartner("p-portal")
            .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 3, 1), new LocalDate(2026, 4, 16))
            .PaysPer(PeriodUnit.Month, new Retainer(900.Eur)).ToCampaign().Build();
        CampaignRun run = Run(campaign);
        run.Expire(At("2026-12-01T00:00:00Z"));

        run.Statements(At("2026-12-01T00:00:00Z")).Select(static s => $"{s.Period} {s.Payable}").Should()
            .Equal("2026-03 900.00 EUR", "2026-04 450.00 EUR");
    }

    [Fact]
    public void Deductions_are_tallied_because_the_pool_names_them()
    {
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("bet", Pay.Fixed(0.Eur))
            .PaysPer(PeriodUnit.Month, new Pooled(25.Percent)
            {
                Of = Measure.OfFact("gross"),
                Deductions = [new(Measure.OfFact("bonus"))],
                Carry = PeriodCarry.Forward,
            });
        CampaignRun run = Run(draft.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Bet("o1", "2026-03-03T12:00:00Z", 400, 500)));
        run.Process(Of(Bet("o2", "2026-04-03T12:00:00Z", 400, 100)));
        run.Expire(May);

        run.Entries.OfType<PeriodEarning>().Select(static e => $"{e.Period} {e.Amount} {e.Closing}").Should()
            .Equal("2026-03 0.00 EUR -100.00 EUR", "2026-04 50.00 EUR 0.00 EUR");
    }

    private static Outcome Bet(string id, string at, decimal gross, decimal bonus) =>
        Sale(id, at) with
        {
            Kind = "bet",
            Facts = FactSet.Empty.With(new FactKey<decimal>("gross"), gross)
                .With(new FactKey<decimal>("bonus"), bonus),
        };

    private static ContractDraft Draft() => Contract(Pay.RevenueShare(10.Percent));

    private static CampaignRun March(ContractDraft draft) => March(draft.ToCampaign().Build());

    // The blog brings customer c1, the newsletter c2.
    private static CampaignRun March(Campaign campaign) => new(campaign, new ByCustomer());

    private sealed class ByCustomer : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[]
        {
            Touch(outcome.Customer?.Value == "c2" ? "p-mail" : "p-blog", "2026-03-01T09:00:00Z"),
        });
    }
}
