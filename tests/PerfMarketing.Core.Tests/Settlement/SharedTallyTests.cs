using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Tallies and rooms that several partners, legs or clauses share.</summary>
public sealed class SharedTallyTests
{
    [Fact]
    public void Whoever_is_involved_counts_once_in_a_tally_of_all_partners()
    {
        CampaignRun run = Run(
            Contract(Pay.Tiered(new(10.Eur, 1), new(4.Eur)), InvolvedIn(TallyScope.Contract))
                .AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T09:30:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));

        run.Entries.Texts().Should().Equal(
            "p-blog 5.00 EUR", "p-mail 5.00 EUR", "p-blog 2.00 EUR", "p-mail 2.00 EUR");
        Tally tally = run.State.TallyOf(run.Entries.OfType<Earning>().First().TallyKey, Currency.Eur);
        tally.Should().Be(new Tally(2, 2, Accrual.Zero(Currency.Eur), 14.Eur));
    }

    [Fact]
    public void Whoever_is_involved_counts_once_in_a_tally_of_all_contracts()
    {
        ContractDraft shop = ContractDraft.For("shop-2026").PaidBy("acme").WithPartner("p-shop")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.Tiered(new(10.Eur, 1), new(4.Eur)), InvolvedIn(TallyScope.Campaign));
        CampaignRun run = Run(
            Contract(Pay.Tiered(new(10.Eur, 1), new(4.Eur)), InvolvedIn(TallyScope.Campaign))
                .AttributedBy(new Linear()).With(shop),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-shop", "2026-03-01T09:30:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));

        run.Entries.Texts().Should().Equal(
            "p-blog 5.00 EUR", "p-shop 5.00 EUR", "p-blog 2.00 EUR", "p-shop 2.00 EUR");
        run.State.TallyOf(run.Entries.OfType<Earning>().First().TallyKey, Currency.Eur).Count.Should().Be(2);
    }

    [Fact]
    public void Whoever_a_limit_refuses_is_not_in_the_tally_of_the_others()
    {
        CampaignRun run = Run(
            Contract(
                Pay.Tiered(new(10.Eur, 1.5m), new(4.Eur)),
                static c => c.TalliedPer(PeriodUnit.Month, TallyScope.Contract)
                    .LimitedTo(Limit.Outcomes(1, PeriodUnit.Month, LimitScope.Partner))).AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T18:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        Decision second = run.Process(Of(Sale("o2", "2026-03-03T12:00:00Z")));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-mail 5.00 EUR");
        Earning earning = run.Entries.OfType<Earning>().Last();
        earning.Before.Should().Be(run.Entries.OfType<Earning>().First().Counted);
        second.Outcome.Decision!.Legs.Single().Notes.Select(static n => n.Code).Should().Equal(LimitReasons.Reached);
    }

    [Fact]
    public void An_amendment_that_moves_an_earning_to_another_clause_moves_its_room()
    {
        Limit limit = Limit.Spend(25.Eur, PeriodUnit.Month);
        CampaignDraft campaign = Amended(
            Pay.RevenueShare(8.Percent),
            Pay.RevenueShare(10.Percent),
            c => c.LimitedTo(limit),
            change: static d => d with { Clauses = [d.Clauses[0] with { Id = new("order") }] });

        CampaignRun run = Settle(campaign, TwoSales);

        run.Entries.Texts().Should()
            .Equal("p-blog 8.00 EUR", "p-blog 16.00 EUR", "p-blog 2.00 EUR", "p-blog -1.00 EUR");
        LimitKey room = new(new("acme-2026"), new("sale"), limit.Id, default, default, "2026-03");
        run.State.LimitOf(room)!.Used.Should().Be(0, "no clause of that name pays for them any more");
        run.State.LimitOf(room with { Clause = new("order") })!.Used.Should().Be(25);
        run.Process(Of(Retracted("r1", "o1", "2026-04-03T12:00:00Z")));
        run.State.LimitOf(room with { Clause = new("order") })!.Used.Should().Be(15);
    }

    [Fact]
    public void A_run_with_closed_statements_finds_the_rooms_where_amendments_left_them()
    {
        Limit limit = Limit.Spend(25.Eur, PeriodUnit.Month);
        CampaignDraft campaign = Amended(
            Pay.RevenueShare(8.Percent),
            Pay.RevenueShare(10.Percent),
            c => c.LimitedTo(limit),
            change: static d => d with { Clauses = [d.Clauses[0] with { Id = new("order") }] });
        CampaignRun first = Settle(campaign, TwoSales);

        CampaignRun again = new(campaign.Build(), new Touches());
        again.Restore(first.Statements(At("2026-04-01T00:00:00Z")), At("2026-04-01T00:00:00Z"));
        Feed(again, TwoSales);

        LimitKey room = new(new("acme-2026"), new("sale"), limit.Id, default, default, "2026-03");
        again.Entries.Should().Equal(first.Entries);
        again.State.LimitOf(room)!.Used.Should().Be(0);
        again.State.LimitOf(room with { Clause = new("order") })!.Used.Should().Be(25);
    }

    private static Func<ClauseDraft, ClauseDraft> InvolvedIn(TallyScope scope) =>
        clause => clause.TalliedBy(new() { Scope = scope, Credit = TallyCredit.Involved });
}
