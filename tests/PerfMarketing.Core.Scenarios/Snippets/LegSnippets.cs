using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/legs-and-margin.md, docs/precedence.md and docs/parent-outcomes.md.</summary>
public sealed class LegSnippets
{
    private static readonly Instant March = Instant.FromUtc(2026, 3, 2, 12, 0);

    [Fact]
    public void Chain_of_payers()
    {
        #region chain
        CampaignDraft draft = CampaignDraft.For("spring", advertiser: "acme")
            .With(ContractDraft.For("acme-net").PaidBy("acme").WithPartner("net").In(Currency.Eur, "Europe/Berlin")
                .Pays("sale", Pay.RevenueShare(10.Percent), sale => sale.TrustingHost("order-paid")))
            .With(ContractDraft.For("net-blog").PaidBy("net").WithPartner("blog").In(Currency.Eur, "Europe/Berlin")
                .Pays("sale", Pay.RevenueShare(7.Percent))
                .BackToBack())
            .With(ContractDraft.For("blog-sub").PaidBy("blog").WithPartner("sub").In(Currency.Eur, "Europe/Berlin")
                .Pays("sale", Pay.Fixed(2.Eur))
                .BackToBack());
        #endregion
        CampaignRun run = Run(draft, "sub");

        run.Process(Sale("o1", 200.Eur));
        run.Entries.Should().BeEmpty();
        run.Process(new CampaignInput.OfEvidence(
            new("o1"), Proofs.EvidenceVerdict.Asserted("order-paid", new("psp-1"), March)));

        #region margin
        ValueList<Margin> kept = Margin.Of(run.State.Campaign, party: new("net"), run.Entries);
        #endregion
        kept.Select(static m => m.ToString()).Should().Equal("net: 20.00 EUR in, 14.00 EUR out, 6.00 EUR");
        run.Entries.Select(static e => $"{e.Partner} {e.Amount}").Should()
            .Equal("net 20.00 EUR", "blog 14.00 EUR", "sub 2.00 EUR");
    }

    [Fact]
    public void Assists_beside_the_winner()
    {
        #region assists
        CampaignDraft draft = CampaignDraft.For("spring", advertiser: "acme")
            .With(ContractDraft.For("anna").PaidBy("acme").WithPartner("anna").In(Currency.Eur, "Europe/Berlin")
                .Pays("sale", Pay.Fixed(7.Eur)))
            .With(ContractDraft.For("max-assists").PaidBy("acme").WithPartner("max").In(Currency.Eur, "Europe/Berlin")
                .Assisting()
                .Pays("sale", Pay.Fixed(3.Eur), clause =>
                    clause.If(When.Fact(OutcomeFacts.Role).Has(PartnerRole.Introducer)))
                .Pays("sale", Pay.Fixed(1.Eur)));
        #endregion
        Paid(draft, "max", "anna").Should().Equal("anna 7.00 EUR", "max 3.00 EUR");
        Paid(draft, "anna", "max", "anna").Should().Equal("anna 7.00 EUR", "max 1.00 EUR");
        Paid(draft, "max").Should().BeEmpty();

        ContractDraft priced = ContractPages.Contract("docs/assisting-contracts.md", 0);
        CampaignDraft shared = priced.ToCampaign().AttributedBy(new Participation(0.3m, 0, 0.7m));
        Paid(shared, "p-anna", "p-max").Should().Equal("p-anna 3.00 EUR", "p-max 14.00 EUR");
    }

    [Fact]
    public void Override_on_what_another_leg_pays()
    {
        #region override
        CampaignDraft draft = CampaignDraft.For("spring", advertiser: "acme")
            .With(ContractDraft.For("partners").PaidBy("acme").WithPartner("blog").In(Currency.Eur, "Europe/Berlin")
                .Pays("sale", Pay.RevenueShare(20.Percent)))
            .With(ContractDraft.For("referral").PaidBy("acme").WithPartner("ann").In(Currency.Eur, "Europe/Berlin")
                .OnResultsOf("blog")
                .Pays("sale", Pay.RevenueShare(10.Percent, Measure.OfLeg(new("partners")))));
        #endregion
        CampaignRun run = Run(draft, "blog");

        run.Process(Sale("o1", 100.Eur));

        run.Entries.Select(static e => $"{e.Partner} {e.Amount}").Should().Equal("blog 20.00 EUR", "ann 2.00 EUR");
    }

    [Fact]
    public void Precedence_between_clauses()
    {
        #region precedence
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("blog").WithPartner("mail")
            .In(Currency.Eur, "Europe/Berlin")
            .Choosing(Precedence.MostSpecific)
            .Pays("sale", Pay.Fixed(1.50m.Eur))
            .Pays("sale", Pay.Fixed(1.00m.Eur), sale => sale.For("blog"));
        #endregion

        #region choice
        ClauseSubject subject = new("sale", FactSet.Empty, March) { Partner = new("blog") };
        var choice = ClauseChoice.Make(draft.Build(), subject, explain: ExplainLevel.Full);
        #endregion
        choice.Winners.Select(static c => c.Id.Value).Should().Equal("sale-2");
        choice.Losers.Select(static l => l.Reason.ToString())
            .Should().Equal("clause.less-specific (clause: sale, winner: sale-2)");
    }

    [Fact]
    public void Deposit_within_thirty_days_of_the_registration()
    {
        #region deposit
        ContractDraft draft = ContractDraft.For("casino").PaidBy("acme").WithPartner("blog")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("registration", Pay.Fixed(1.Eur))
            .Pays("deposit", Pay.Fixed(50.Eur), deposit => deposit
                .WithinOfParent(Duration.FromDays(30))
                .If(When.Fact(OutcomeFacts.Value).AtLeast(100.Eur)));
        #endregion
        CampaignRun run = Run(draft.ToCampaign(), "blog");

        run.Process(Sale("d1", 100.Eur) is { Outcome: var deposit }
            ? new CampaignInput.OfOutcome(deposit with { Kind = "deposit", Parent = new OutcomeId("r1") })
            : throw new InvalidOperationException());
        run.Entries.Should().BeEmpty();
        run.Process(new CampaignInput.OfOutcome(Sale("r1", 0.Eur).Outcome with { Kind = "registration" }));

        run.Entries.Select(static e => $"{e.OutcomeId} {e.Amount}").Should().Equal("r1 1.00 EUR", "d1 50.00 EUR");
    }

    private static CampaignInput.OfOutcome Sale(string id, Money value) => new(new()
    {
        Id = new(id),
        At = March,
        Kind = "sale",
        Customer = new CustomerId("c1"),
        Value = value,
    });

    private static string[] Paid(CampaignDraft draft, params string[] partners)
    {
        JourneyTouch[] touches = [.. partners.Select(static (p, i) => new JourneyTouch
        {
            Id = new($"t{i}"),
            At = March - Duration.FromDays(10 - i),
            RecordedAt = March - Duration.FromDays(10 - i),
            Partner = new(p),
        })];
        CampaignRun run = new(draft.Build(), new AllTouches(touches));
        run.Process(Sale("o1", 100.Eur));
        return [.. run.Entries.Select(static e => $"{e.Partner} {e.Amount}")];
    }

    private static CampaignRun Run(CampaignDraft draft, string partner) => new(draft.Build(), new OneTouch(new()
    {
        Id = new("t1"),
        At = March - Duration.FromDays(1),
        RecordedAt = March - Duration.FromDays(1),
        Partner = new(partner),
        Kind = TouchpointKind.Click,
    }));

    private sealed class AllTouches(JourneyTouch[] touches) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(touches);
    }

    private sealed class OneTouch(JourneyTouch touch) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[] { touch });
    }
}
