using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Contracts that pay for having taken part in a journey that another won, and prices by role.</summary>
public sealed class AssistTests
{
    [Fact]
    public void Who_took_part_is_paid_beside_the_winner()
    {
        CampaignRun run = Run(
            Campaign(),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR", "p-mail 1.00 EUR");
        OutcomeDecided decision = run.State.Find(new("o1"))!.Decision!;
        decision.Attribution!.Credits.Select(static c => c.Partner.Value).Should().Equal("p-blog");
        decision.Legs.Select(static l => $"{l.Contract} {string.Join(",", l.Credits.Select(static c => c.Partner))}")
            .Should().Equal("own ", "assist p-mail");
        decision.Notes.Should().Equal(Reason.Of(
            SettlementReasons.Assisted, ("partner", "p-mail"), ("contract", "assist"), ("role", "introducer")));
    }

    [Theory]
    [InlineData("one touch", "p-mail p-blog", "p-blog 20.00 EUR; p-mail 1.00 EUR")]
    [InlineData("several touches", "p-mail p-mail p-blog p-mail", "p-blog 20.00 EUR; p-mail 1.00 EUR")]
    [InlineData("who only assists takes no credit", "p-blog p-mail", "p-blog 20.00 EUR; p-mail 1.00 EUR")]
    [InlineData("the winner alone", "p-blog", "p-blog 20.00 EUR")]
    [InlineData("nobody won", "p-mail", "")]
    public void It_is_paid_once_and_never_without_a_winner(string reason, string partners, string expected)
    {
        CampaignRun run = Run(Campaign(), [.. partners.Split(' ').Select(static (p, i) =>
            Touch(p, $"2026-03-01T{i + 10}:00:00Z"))]);

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        string.Join("; ", run.Entries.Texts()).Should().Be(expected, reason);
    }

    [Fact]
    public void A_touch_of_who_only_assists_says_so()
    {
        CampaignRun run = Explained(Campaign(), Touch("p-mail", "2026-03-01T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        OutcomeDecided decision = run.State.Find(new("o1"))!.Decision!;
        decision.Attribution!.Touches.Single().Reason!.ToString().Should()
            .Be("attribution.not-eligible (reason: campaign.assists-only, partner: p-mail)");
        decision.Attribution.Roles.Should().BeEmpty();
    }

    // The partner has both contracts: by credit it earns 10 %, else 1.00.
    [Theory]
    [InlineData("last-touch", "p-mail p-blog", "p-blog 20.00 EUR; p-mail 1.00 EUR")]
    [InlineData("last-touch", "p-blog p-mail", "p-mail 20.00 EUR")]
    [InlineData("linear", "p-mail p-blog", "p-mail 10.00 EUR; p-blog 10.00 EUR")]
    public void Who_is_credited_is_not_paid_twice(string rule, string partners, string expected)
    {
        CampaignRun run = Run(
            Campaign().With(From("mail", "p-mail", Pay.RevenueShare(10.Percent)))
                .AttributedBy(rule == "linear" ? new Linear() : new LastTouch()),
            [.. partners.Split(' ').Select(static (p, i) => Touch(p, $"2026-03-01T{i + 10}:00:00Z"))]);

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        string.Join("; ", run.Entries.Texts()).Should().Be(expected);
    }

    [Fact]
    public void Shared_credit_leaves_the_assist_whole()
    {
        CampaignRun run = Run(
            Campaign().With(From("other", "p-shop", Pay.RevenueShare(10.Percent))).AttributedBy(new Linear()),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"),
            Touch("p-shop", "2026-03-01T11:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-shop 10.00 EUR", "p-mail 1.00 EUR");
        run.Entries.OfType<Earning>().Last().Credit.Share.Should().Be(Ratio.One);
    }

    [Fact]
    public void The_windows_of_the_rule_hold_for_assists()
    {
        CampaignRun run = Run(
            Campaign().AttributedBy(new LastTouch { Lookback = LookbackWindow.Days(7) }),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-06T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-08T09:00:00Z", 200.Eur)));
        run.Entries.Texts().Should().Equal(["p-blog 20.00 EUR"], "exactly 7 days are over");
        run.Process(Of(Sale("o2", "2026-03-08T08:59:59Z", 200.Eur)));
        run.Entries.Texts().Skip(1).Should().Equal("p-blog 20.00 EUR", "p-mail 1.00 EUR");
    }

    [Fact]
    public void A_late_touch_assists_in_nothing_that_is_decided()
    {
        CampaignRun run = Run(
            Campaign(static c => c.TrustingHost("order-paid")),
            Touch("p-blog", "2026-03-01T10:00:00Z"),
            Touch("p-mail", "2026-03-01T09:00:00Z", "2026-03-02T13:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Process(Proof("o1", "2026-03-03T12:00:00Z"));

        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR");
    }

    [Fact]
    public void The_leg_has_its_own_proof_and_corrections()
    {
        CampaignRun run = Run(
            Campaign(static c => c.TrustingHost("order-paid"), Pay.RevenueShare(1.Percent)),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR");
        run.Process(Proof("o1", "2026-03-03T12:00:00Z"));
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 50.Eur)));
        run.Process(Of(Retracted("r2", "o1", "2026-03-05T12:00:00Z")));

        run.Entries.Texts().Should().Equal(
            "p-blog 20.00 EUR", "p-mail 2.00 EUR", "p-blog -5.00 EUR", "p-mail -0.50 EUR", "p-blog -15.00 EUR",
            "p-mail -1.50 EUR");
    }

    [Fact]
    public void The_leg_counts_in_its_own_tally()
    {
        CampaignRun run = Run(
            Campaign(pays: Pay.Tiered(new(1.Eur, UpTo: 2), new(3.Eur))),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        foreach (string id in new[] { "o1", "o2", "o3" })
        {
            run.Process(Of(Sale(id, "2026-03-02T12:00:00Z", 200.Eur)));
        }

        run.Entries.Texts().Where(static t => t.StartsWith("p-mail", StringComparison.Ordinal)).Should()
            .Equal("p-mail 1.00 EUR", "p-mail 1.00 EUR", "p-mail 3.00 EUR");
    }

    [Fact]
    public void An_assist_may_be_a_part_of_what_the_winner_is_paid()
    {
        CampaignRun run = Run(
            Campaign(pays: Pay.RevenueShare(10.Percent, Measure.OfLeg(new("own")))),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-03-04T12:00:00Z", 100.Eur)));

        run.Entries.Texts().Should()
            .Equal("p-blog 20.00 EUR", "p-mail 2.00 EUR", "p-blog -10.00 EUR", "p-mail -1.00 EUR");
    }

    [Fact]
    public void The_contract_permits_touches_of_its_own()
    {
        CampaignDraft campaign = CampaignDraft.For("x", "acme")
            .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
            .With(From("assist", "p-mail", Pay.Fixed(1.Eur)).Assisting()
                .Permitting(new() { Channels = [new("mail")] }));
        JourneyTouch blog = Touch("p-blog", "2026-03-01T10:00:00Z");
        JourneyTouch mail = Touch("p-mail", "2026-03-01T09:00:00Z");
        string[] Paid(ChannelId channel)
        {
            CampaignRun run = Run(campaign, mail with { Channel = channel }, blog);
            run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
            return run.Entries.Texts();
        }

        Paid(new("mail")).Should().Equal("p-blog 20.00 EUR", "p-mail 1.00 EUR");
        Paid(new("search")).Should().Equal("p-blog 20.00 EUR");
    }

    [Fact]
    public void Who_used_anothers_coupon_does_not_assist()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)).WithCoupon("SPRING", "p-blog"))
                .With(From("assist", "p-mail", Pay.Fixed(1.Eur)).Assisting()),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur) with
        {
            Facts = FactSet.Create(Facts.Coupons.Of(["SPRING"])),
        }));

        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR");
    }

    [Fact]
    public void Children_inherit_who_assisted()
    {
        CampaignRun run = Run(
            Campaign().WithChildren(ChildSource.Inherited, ChildSource.Own),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Process(Of(Sale("o2", "2026-04-02T12:00:00Z", 100.Eur) with { Parent = new OutcomeId("o1") }));

        run.Entries.Texts().Skip(2).Should().Equal("p-blog 10.00 EUR", "p-mail 1.00 EUR");
    }

    [Fact]
    public void An_amendment_that_reaches_back_prices_assists_again()
    {
        ContractDraft first =
            From("assist", "p-mail", Pay.RevenueShare(1.Percent)).Assisting().EffectiveFrom(new(2026, 1, 1));
        ContractDraft second = first.Amend(
            new(2026, 3, 1),
            static d => d with { Clauses = [d.Clauses[0] with { Pays = Pay.RevenueShare(2.Percent) }] });
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme").With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
                .With(first).With(second).With(ContractHistory.Of("assist")
                    .Then(new ContractEvent.Proposed(1) { At = At("2025-12-01T12:00:00Z"), By = new("acme") })
                    .Then(new ContractEvent.Accepted(1) { At = At("2025-12-02T12:00:00Z"), By = new("p-mail") })
                    .Then(new ContractEvent.Proposed(2) { At = At("2026-03-18T12:00:00Z"), By = new("acme") })
                    .Then(new ContractEvent.Accepted(2) { At = At("2026-03-20T12:00:00Z"), By = new("p-mail") })),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Expire(At("2026-04-02T00:00:00Z"));

        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR", "p-mail 2.00 EUR", "p-mail 2.00 EUR");
        run.Entries[2].Should().BeOfType<Amendment>();
    }

    [Fact]
    public void A_run_with_closed_statements_gives_the_same()
    {
        JourneyTouch[] touches =
        [
            Touch("p-mail", "2026-03-01T09:00:00Z"), Touch("p-blog", "2026-03-01T10:00:00Z"),
        ];
        CampaignInput[] log =
        [
            Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)),
            Of(Returned("r1", "o1", "2026-04-04T12:00:00Z", 100.Eur)),
            Of(Sale("o2", "2026-04-05T12:00:00Z", 200.Eur)),
        ];
        CampaignDraft campaign = Campaign(pays: Pay.RevenueShare(1.Percent));
        CampaignRun first = Run(campaign, touches);
        CampaignRun again = Run(campaign, touches);
        Feed(first, log);

        again.Restore(first.Statements(At("2026-04-01T00:00:00Z")), At("2026-04-01T00:00:00Z"));
        Feed(again, log);

        first.Entries.Texts().Should().Equal(
            "p-blog 20.00 EUR", "p-mail 2.00 EUR", "p-blog -10.00 EUR", "p-mail -1.00 EUR", "p-blog 20.00 EUR",
            "p-mail 2.00 EUR");
        again.Entries.OrderBy(static e => e.Id).Should().Equal(first.Entries.OrderBy(static e => e.Id));
        Instant may = At("2026-05-02T00:00:00Z");
        again.Statements(may).Should().Equal(first.Statements(may));
    }

    // 3.00 to who introduced, 1.00 to who assisted, 7.00 to who closed: each in full.
    [Theory]
    [InlineData("p-mail p-shop p-blog", "p-blog 7.00 EUR; p-mail 3.00 EUR; p-shop 1.00 EUR")]
    [InlineData("p-blog p-shop p-mail", "p-mail 7.00 EUR; p-blog 3.00 EUR; p-shop 1.00 EUR")]
    [InlineData("p-mail p-blog p-mail", "p-mail 7.00 EUR; p-blog 1.00 EUR")]
    [InlineData("p-mail", "p-mail 7.00 EUR")]
    public void Clauses_price_roles(string partners, string expected)
    {
        CampaignDraft campaign = CampaignDraft.For("x", "acme");
        foreach (string partner in new[] { "p-blog", "p-mail", "p-shop" })
        {
            campaign = campaign.With(From(partner, partner, Pay.Fixed(7.Eur)))
                .With(From($"{partner}-beside", partner, Pay.Fixed(3.Eur), static c =>
                    c.If(When.Fact(OutcomeFacts.Role).Has(PartnerRole.Introducer)))
                    .Pays("sale", Pay.Fixed(1.Eur)).Assisting());
        }

        CampaignRun run = Run(
            campaign, [.. partners.Split(' ').Select(static (p, i) => Touch(p, $"2026-03-01T{i + 10}:00:00Z"))]);

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        string.Join("; ", run.Entries.Texts()).Should().Be(expected);
    }

    [Fact]
    public void Roles_of_shared_credit_choose_clauses_too()
    {
        // Of 10 for introducers the introducer has 30 %, of 20 for closers the closer has 70 %.
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme").With(
                ContractDraft.For("all").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
                    .In(Currency.Eur, "Europe/Berlin")
                    .Pays("sale", Pay.Fixed(10.Eur), static c =>
                        c.If(When.Fact(OutcomeFacts.Role).Has(PartnerRole.Introducer)))
                    .Pays("sale", Pay.Fixed(20.Eur), static c =>
                        c.If(When.Fact(OutcomeFacts.Role).Has(PartnerRole.Closer))))
                .AttributedBy(new Participation(0.3m, 0m, 0.7m)),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z")));

        run.Entries.Texts().Should().Equal("p-mail 3.00 EUR", "p-blog 14.00 EUR");
    }

    [Fact]
    public void A_decision_with_roles_is_written_and_read_back()
    {
        CampaignRun run = Run(
            Campaign(),
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-blog", "2026-03-01T10:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        AttributionDecision decided = run.State.Find(new("o1"))!.Decision!.Attribution!;
        TermFailures failures = [];

        AttributionDecision? read = TermReader.Read(TermNode.Of(decided), failures, AttributionDecision.Read);

        read.Should().Be(decided);
        read!.Roles.Should().Equal(
            new PartnerRole(new("p-mail"), At("2026-03-01T09:00:00Z")) { HasIntroduced = true },
            new PartnerRole(new("p-blog"), At("2026-03-01T10:00:00Z")) { HasClosed = true });
        decided.Should().NotBe(decided with { Roles = [] });
    }

    [Fact]
    public void Drafts_that_make_no_sense_are_refused()
    {
        Codes(From("a", "p-mail", Pay.Fixed(1.Eur)).WithPartner("p-blog").Assisting())
            .Should().Equal(ContractCodes.Assists);
        Codes(From("a", "p-mail", Pay.Fixed(1.Eur)).OnResultsOf("p-blog").Assisting())
            .Should().Equal(ContractCodes.Assists);
        Codes(From("a", "p-mail", Pay.FirstMatch(
            Pay.Case(When.Fact(OutcomeFacts.Role).Has("closer"), Pay.Fixed(1.Eur)))))
            .Should().Equal(ContractCodes.RoleNotPriced);
    }

    private static void Feed(CampaignRun run, CampaignInput[] log)
    {
        foreach (CampaignInput input in log)
        {
            run.Process(input);
        }
    }

    private static string[] Codes(ContractDraft draft) =>
        [.. draft.Validate().Errors.Select(static f => f.ErrorCode).Distinct()];

    private static CampaignDraft Campaign(
        Func<ClauseDraft, ClauseDraft>? assistTerms = null, PayoutModel? pays = null) =>
        CampaignDraft.For("x", "acme")
            .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
            .With(From("assist", "p-mail", pays ?? Pay.Fixed(1.Eur), assistTerms).Assisting());

    private static ContractDraft From(
        string id, string partner, PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null) =>
        ContractDraft.For(id).PaidBy("acme").WithPartner(partner).In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", pays, terms);
}
