using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>One outcome, several legs: advertiser to network, network to partner, partner to sub-affiliate.</summary>
public sealed class LegChainTests
{
    [Fact]
    public void Every_payer_up_to_the_advertiser_is_paid()
    {
        CampaignRun run = Run(Chain(), Touch("sub", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        run.Entries.Texts().Should().BeEquivalentTo("net 20.00 EUR", "p-blog 14.00 EUR", "sub 5.00 EUR");
        OutcomeDecided decision = run.State.Find(new("o1"))!.Decision!;
        decision.Attribution!.Credits.Select(static c => c.Partner.Value).Should().Equal("sub");
        decision.Legs.Select(static l => $"{l.Contract} {string.Join(",", l.Credits.Select(static c => c.Partner))}")
            .Should().BeEquivalentTo("low sub", "mid p-blog", "top net");
    }

    [Fact]
    public void Who_stands_higher_is_paid_from_there_up()
    {
        CampaignRun run = Run(Chain(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        run.Entries.Texts().Should().BeEquivalentTo("net 20.00 EUR", "p-blog 14.00 EUR");
    }

    [Fact]
    public void Credits_of_several_partners_are_one_for_their_payer()
    {
        CampaignRun run = Run(
            Chain().AttributedBy(new Linear()).With(From("own", "acme", "p-mail", Pay.RevenueShare(12.Percent))),
            Touch("sub", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"),
            Touch("p-mail", "2026-03-01T11:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));

        // Two thirds of 10 % for the network, two thirds of 7 % for the blog, a third of 2.50 for the sub-affiliate.
        run.Entries.Texts().Should()
            .BeEquivalentTo("net 6.67 EUR", "p-blog 4.67 EUR", "sub 0.83 EUR", "p-mail 4.00 EUR");
        run.Entries.OfType<Earning>().Single(static e => e.Partner.Value == "net").Credit.Share
            .Should().Be(new Ratio(2, 3));
    }

    [Fact]
    public void Each_leg_has_its_own_proof_and_status()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("top", "acme", "net", Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid")))
                .With(From("mid", "net", "p-blog", Pay.Fixed(7.Eur))),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Entries.Texts().Should().Equal(["p-blog 7.00 EUR"], "the network bears the risk by default");
        run.Process(Proof("o1", "2026-03-03T12:00:00Z"));
        run.Entries.Texts().Should().Equal("p-blog 7.00 EUR", "net 10.00 EUR");
    }

    [Fact]
    public void Back_to_back_leg_waits_for_its_payers_leg()
    {
        CampaignRun run = Run(BackToBack(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Entries.Should().BeEmpty();
        Leg(run, "mid").Qualification.Should().BeEquivalentTo(new Qualification.Pending(
            [], null, [Reason.Of(SettlementReasons.LegAwaited, ("contract", "top"))]));
        run.Process(Proof("o1", "2026-03-03T12:00:00Z"));
        run.Entries.Texts().Should().Equal("net 10.00 EUR", "p-blog 7.00 EUR");
    }

    [Fact]
    public void Back_to_back_leg_is_rejected_with_its_payers_leg()
    {
        CampaignRun run = Run(BackToBack(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));
        run.Expire(At("2026-03-12T12:00:00Z"));

        run.Entries.Should().BeEmpty();
        Leg(run, "mid").Qualification.Should().BeEquivalentTo(new Qualification.Rejected(
            [Reason.Of(SettlementReasons.UpstreamRejected, ("contract", "top"))]));
    }

    [Fact]
    public void Back_to_back_leg_without_a_leg_above_is_rejected()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("top", "acme", "net", Pay.Fixed(10.Eur), static c => c.If(When.Fact(Facts.Device).Is("tv"))))
                .With(From("mid", "net", "p-blog", Pay.Fixed(7.Eur)).BackToBack()),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));

        Leg(run, "mid").Qualification.Should().BeEquivalentTo(
            new Qualification.Rejected([new(SettlementReasons.UpstreamMissing)]));
    }

    // cases/platform-cases.json: dubinc/docs help/article/partner-referrals.mdx.
    [Fact]
    public void Referrer_is_paid_on_the_sale_of_the_partner_it_brought()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("partners", "acme", "p-blog", Pay.RevenueShare(20.Percent)))
                .With(From("referral", "acme", "referrer", Pay.RevenueShare(10.Percent)).OnResultsOf("p-blog")),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));

        run.Entries.Texts().Should().Equal(["p-blog 20.00 EUR", "referrer 10.00 EUR"], "dub-referral-on-sale-amount");
    }

    [Fact]
    public void Override_pays_its_own_partner_nothing_for_its_own_results()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("partners", "acme", "p-blog", Pay.RevenueShare(20.Percent)))
                .With(From("referral", "acme", "referrer", Pay.RevenueShare(10.Percent)).OnResultsOf("p-blog")),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("referrer", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100.Eur)));

        run.Entries.Texts().Should().Equal(
            ["p-blog 20.00 EUR", "referrer 10.00 EUR"], "no contract names the referrer, so its touch is not eligible");
    }

    // cases/platform-cases.json: the more specific setting wins, even when it is lower.
    [Theory]
    [InlineData("everflow-specificity", "p-blog", "p-blog 1.00 EUR")]
    [InlineData("others are not named", "p-mail", "p-mail 1.50 EUR")]
    public void Setting_for_one_partner_beats_that_for_all(string id, string partner, string expected)
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(1.50m.Eur)).Pays("sale", Pay.Fixed(1.Eur), static c => c.For("p-blog"))
                .Choosing(Precedence.MostSpecific).ToCampaign(),
            Touch(partner, "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));

        run.Entries.Texts().Should().Equal([expected], id);
    }

    [Fact]
    public void Partners_with_clauses_of_their_own_share_one_outcome()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(1.50m.Eur)).Pays("sale", Pay.Fixed(1.Eur), static c => c.For("p-blog"))
                .Choosing(Precedence.MostSpecific).AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));

        run.Entries.Texts().Should().Equal("p-blog 0.50 EUR", "p-mail 0.75 EUR");
    }

    // DESIGN §4 rule 10: 30 % of 10.00 beats a flat 0.50.
    [Theory]
    [InlineData(10, "3.00 EUR")]
    [InlineData(1, "0.50 EUR")]
    public void Best_compares_money(int value, string paid)
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(0.50m.Eur)).Pays("sale", Pay.RevenueShare(30.Percent))
                .Choosing(Precedence.Best).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", value.Eur)));

        run.Entries.Texts().Should().Equal($"p-blog {paid}");
    }

    [Fact]
    public void Sum_pays_every_clause_as_a_leg_of_its_own()
    {
        CampaignRun run = Run(
            Contract(Pay.Fixed(0.50m.Eur))
                .Pays("sale", Pay.RevenueShare(30.Percent), static c => c.TrustingHost("order-paid"))
                .Choosing(Precedence.Sum).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 10.Eur)));
        run.Process(Proof("o1", "2026-03-03T12:00:00Z"));

        run.Entries.Texts().Should().Equal("p-blog 0.50 EUR", "p-blog 3.00 EUR");
    }

    [Fact]
    public void Losers_are_noted_when_everything_is_explained()
    {
        CampaignRun run = Explained(
            Contract(Pay.Fixed(0.50m.Eur)).Pays("sale", Pay.RevenueShare(30.Percent))
                .Choosing(Precedence.Best).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 10.Eur)));

        run.State.Find(new("o1"))!.Decision!.Notes.Select(static n => n.ToString()).Should().Equal(
            "clause.pays-less (partner: p-blog, contract: acme-2026, clause: sale, amount: 0.50 EUR, "
            + "winner: sale-2, paid: 3.00 EUR)");
    }

    [Fact]
    public void Fixed_price_does_not_wait_for_a_rate()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("top", "acme", "net", Pay.RevenueShare(10.Percent)))
                .With(From("mid", "net", "p-blog", Pay.Fixed(7.Eur))),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 100m.Usd)));

        run.Entries.Texts().Should().Equal("p-blog 7.00 EUR");
        Leg(run, "top").Qualification.Should().BeOfType<Qualification.Pending>();
        run.Process(Of(Returned("r1", "o1", "2026-03-03T12:00:00Z", 25m.Usd)));
        run.Entries.Texts().Should().Equal("p-blog 7.00 EUR", "p-blog -1.75 EUR");
    }

    [Fact]
    public void Budget_counts_what_the_advertiser_pays_once()
    {
        CampaignRun run = Run(
            Chain().BudgetedAt(monthly: 40.Eur, CapBehavior.StopAndReject), Touch("sub", "2026-03-01T09:00:00Z"));

        for (int i = 1; i <= 3; i++)
        {
            run.Process(Of(Sale($"o{i}", $"2026-03-0{i + 1}T12:00:00Z", 200.Eur)));
        }

        run.Entries.Where(static e => e.Contract.Value == "top").Texts()
            .Should().Equal("net 20.00 EUR", "net 20.00 EUR");
        run.Entries.Where(static e => e.Contract.Value == "low").Should().HaveCount(3, "the network bears it");
    }

    [Fact]
    public void Restored_statements_give_the_same_entries_again()
    {
        CampaignDraft draft = Chain().AttributedBy(new Linear());
        JourneyTouch[] touches =
            [Touch("sub", "2026-03-01T09:00:00Z"), Touch("p-blog", "2026-03-01T10:00:00Z")];
        CampaignRun first = Run(draft, touches);
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-02T12:00:00Z", 99.Eur)),
            Of(Returned("r1", "o1", "2026-04-03T12:00:00Z", 25.Eur)),
        ];
        first.Process(log[0]);
        ValueList<Statement> march = first.Statements(At("2026-04-01T12:00:00Z"));
        CampaignRun second = Run(draft, touches);
        second.Restore(march);
        foreach (CampaignInput input in log)
        {
            second.Process(input);
        }

        first.Process(log[1]);
        second.Entries.OrderBy(static e => e.Id).Should().Equal(first.Entries.OrderBy(static e => e.Id));
        second.State.Find(new("o1"))!.Decision!.Attribution!.Credits.Select(static c => c.Partner.Value)
            .Should().Equal("sub", "p-blog");
    }

    private static CampaignDraft BackToBack() => CampaignDraft.For("x", "acme")
        .With(From("mid", "net", "p-blog", Pay.Fixed(7.Eur)).BackToBack())
        .With(From(
            "top",
            "acme",
            "net",
            Pay.Fixed(10.Eur),
            static c => c.TrustingHost("order-paid", within: NodaTime.Duration.FromDays(5))));

    private static CampaignDraft Chain() => CampaignDraft.For("x", "acme")
        .With(From("top", "acme", "net", Pay.RevenueShare(10.Percent)))
        .With(From("mid", "net", "p-blog", Pay.RevenueShare(7.Percent)))
        .With(From("low", "p-blog", "sub", Pay.RevenueShare(2.50m.Percent)));

    private static ContractDraft From(
        string id, string payer, string partner, PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null) =>
        ContractDraft.For(id).PaidBy(payer).WithPartner(partner).In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", pays, terms);

    private static LegDecision Leg(CampaignRun run, string contract) =>
        run.State.Find(new("o1"))!.Decision!.Legs.Single(l => l.Contract.Value == contract);
}
