using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Testing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts.Programmes;

public sealed class ProgrammeTests
{
    private static readonly LocalDate May = new(2026, 5, 1);

    private static ContractDraft Template => ContractDraft.For("shop").PaidBy("acme").In(Currency.Eur, "Europe/Berlin")
        .EffectiveFrom(new(2026, 1, 1), new(2027, 1, 1)).WithNotice(14)
        .Pays("lead", Pay.Fixed(2.Eur))
        .Pays("sale", Pay.RevenueShare(8.Percent))
        .Pays("click", Pay.Fixed(0.10m.Eur));

    private static ProgrammeDraft Draft => ProgrammeDraft.For("acme-shop", Template)
        .WithGroup("silver", new())
        .WithGroup("gold", new()
        {
            Clauses = [Clause("sale", 10), Clause("app", 3)],
            Removes = [new("click")],
        });

    [Fact]
    public void Partner_gets_the_programme_overlaid_by_its_group_and_its_own_terms()
    {
        EnrolmentDecision decision = Draft.Build().Enrol(new(new("anna"), May)
        {
            Group = new("gold"),
            Terms = new() { Clauses = [Clause("sale", 12), Clause("book", 5)], Removes = [new("lead")] },
        });

        ContractDraft contract = decision.Contract!;
        contract.Clauses.Select(c => $"{c.Id} {TermNode.Of(c.Pays).Find("rate")?.Text}")
            .Should().Equal("book 5%", "app 3%", "sale 12%");
        decision.Changes.Select(c => c.ToString()).Should().Equal(
            "programme.clause-removed (clause: click, layer: group)",
            "programme.clause-replaced (clause: sale, layer: group)",
            "programme.clause-added (clause: app, layer: group)",
            "programme.clause-removed (clause: lead, layer: partner)",
            "programme.clause-replaced (clause: sale, layer: partner)",
            "programme.clause-added (clause: book, layer: partner)");
        contract.Id.Value.Should().Be("shop.anna");
        contract.Partners.Should().Equal([new("anna")]);
        contract.Effective.Should().Be(new DateRange(May, new LocalDate(2027, 1, 1)));
        contract.Programme.Should().Be(new ProgrammeCitation(new("acme-shop"), 1)
        {
            Group = new("gold"),
            Own = new() { Clauses = [Clause("sale", 12), Clause("book", 5)], Removes = [new("lead")] },
        });
        contract.Build().ToDraft().Should().Be(contract);
        CampaignJson.ParseContract(TermJson.Write(contract)).Should().Be(contract);
    }

    [Fact]
    public void Who_has_nothing_of_its_own_gets_the_programme()
    {
        EnrolmentDecision decision = Draft.Build().Enrol(new(new("ben"), May) { To = new LocalDate(2026, 6, 1) });

        decision.Contract!.Clauses.Should().Equal(Template.Clauses);
        decision.Changes.Should().BeEmpty();
        decision.Contract.Programme!.Group.Should().BeNull();
        decision.Contract.Effective.Should().Be(new DateRange(May, new LocalDate(2026, 6, 1)));
        decision.Contract.Build().Digest.Should().NotBe(
            (decision.Contract with { Programme = null }).Build().Digest, "where terms come from is a term");
    }

    [Fact]
    public void Default_group_is_the_group_of_who_names_none() =>
        (Draft with { Enrolment = new() { DefaultGroup = new("gold") } }).Build().Enrol(new(new("ben"), May))
            .Contract!.Programme!.Group.Should().Be(new PartnerGroupId("gold"));

    [Fact]
    public void More_particular_clauses_are_asked_first()
    {
        // The gold group has 10 % on sales of books beside the 8 % on every sale: the first that applies prices.
        ClauseDraft books = Clause("books", 10, "sale")
            .If(When.Fact(Facts.Landing).Is("books"));
        Programme programme = Draft.WithGroup("books", new() { Clauses = [books] }).Build();
        ContractDraft contract = programme.Enrol(new(new("anna"), new(2026, 1, 1)) { Group = new("books") }).Contract!;

        new ContractScenario(contract)
            .At("2026-03-01 09:00").Click("anna", "c1")
            .At("2026-03-02 09:00")
            .Outcome("sale", "c1", 100.Eur, o => o with { Facts = [Facts.Landing.Of("books")] })
            .ExpectEarned("anna", "10.00 EUR")
            .Outcome("sale", "c1", 100.Eur).ExpectEarned("anna", "8.00 EUR");
    }

    public static TheoryData<string, EnrolmentRules, Enrolment, string[]> Refusals => new()
    {
        { "open", new(), new(new("anna"), May), [] },
        {
            "denied",
            new() { Denied = [new("anna")] },
            new(new("anna"), May),
            ["programme.partner-denied (partner: anna)"]
        },
        {
            "not invited",
            new() { Opening = EnrolmentOpening.Invitation, Invited = [new("ben")] },
            new(new("anna"), May),
            ["programme.not-invited (partner: anna)"]
        },
        {
            "invited",
            new() { Opening = EnrolmentOpening.Invitation, Invited = [new("anna")] },
            new(new("anna"), May),
            []
        },
        {
            "not approved",
            new() { Opening = EnrolmentOpening.Approval },
            new(new("anna"), May),
            ["programme.not-approved (partner: anna)"]
        },
        { "approved", new() { Opening = EnrolmentOpening.Approval }, new(new("anna"), May) { IsApproved = true }, [] },
        {
            "too early",
            new() { Dates = new(new(2026, 5, 2), new(2026, 6, 1)) },
            new(new("anna"), May),
            ["programme.not-open (from: 2026-05-01, dates: 2026-05-02/2026-06-01)"]
        },
        {
            "everything at once",
            new() { Denied = [new("anna")] },
            new(new("anna"), new(2027, 1, 1)) { Group = new("tin"), Terms = new() { Removes = [new("sales")] } },
            [
                "programme.partner-denied (partner: anna)",
                "programme.group-unknown (group: tin)",
                "programme.clause-unknown (clause: sales, layer: partner)",
                "programme.no-days (from: 2027-01-01, to: 2027-01-01)",
            ]
        },
        {
            "a name that is too long",
            new(),
            new(new(new string('p', 64)), May),
            [$"programme.contract-id-too-long (id: shop.{new string('p', 64)})"]
        },
        { "a name given", new(), new(new(new string('p', 64)), May) { Contract = new("c-1") }, [] },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Enrolment_is_refused_with_all_reasons(
        string why, EnrolmentRules rules, Enrolment enrolment, string[] reasons)
    {
        EnrolmentDecision decision = (Draft with { Enrolment = rules }).Build().Enrol(enrolment);

        decision.Refusals.Select(r => r.ToString()).Should().Equal(reasons, why);
        decision.IsEnrolled.Should().Be(reasons.Length == 0, why);
    }

    [Fact]
    public void Later_version_amends_after_the_notice()
    {
        Contract old = Draft.Build().Enrol(new(new("anna"), May)
        {
            Group = new("gold"),
            Terms = new() { Clauses = [Clause("sale", 12)], Removes = [new("lead")] },
        }).Contract!.Build();
        Programme next = (Draft with
        {
            Version = 2,
            Contract = Template with { Clauses = [Clause("sale", 7), Clause("click", 1)] },
        }).Build();

        EnrolmentDecision decision = next.Amend(old, announcedOn: new(2026, 7, 1));

        ContractDraft amended = decision.Contract!;
        amended.Version.Should().Be(2);
        amended.Id.Should().Be(old.Id);
        amended.Clauses.Select(c => c.Id.Value).Should().Equal("app", "sale");
        amended.Clauses[1].Should().Be(Clause("sale", 12), "the partner keeps the terms of its own");
        amended.Effective.Should().Be(
            new DateRange(new(2026, 7, 16), new LocalDate(2027, 1, 1)), "1 July and 14 whole days");
        amended.Programme!.Version.Should().Be(2);
        CampaignDraft.For("c", "acme").With(old.ToDraft()).With(amended).Validate().IsValid.Should().BeTrue();
        next.Amend(old, new(2026, 7, 1), from: new(2026, 9, 1)).Contract!.Effective!.Value.From
            .Should().Be(new LocalDate(2026, 9, 1));
        next.Amend(old, new(2026, 1, 1)).Contract!.Effective!.Value.From.Should().Be(May, "not before it began");
        next.Amend(old, new(2026, 12, 30)).Refusals.Select(r => r.Code).Should().Equal(ProgrammeCodes.NoDays);
    }

    [Fact]
    public void Rights_that_name_the_partner_outlive_a_version_of_the_programme()
    {
        ExclusiveGrant own = new() { Channel = new("podcast"), Partner = new("anna") };
        Contract old = (Draft.Build().Enrol(new(new("anna"), May)).Contract!.WithCoupon("ANNA10", "anna") with
        {
            Exclusive = [own, new() { Category = "shoes" }],
        }).Build();

        ContractDraft amended = (Draft with { Version = 2 }).Build().Amend(old, new(2026, 7, 1)).Contract!;

        amended.Coupons.Should().Equal(old.ToDraft().Coupons);
        amended.Exclusive.Should().Equal(own);
        amended.Validate().IsValid.Should().BeTrue();
    }

    [Fact]
    public void Without_notice_a_version_applies_on_the_day_it_is_announced()
    {
        ProgrammeDraft draft = Draft with { Contract = Template with { NoticeDays = null } };
        Contract old = draft.Build().Enrol(new(new("anna"), May)).Contract!.Build();

        (draft with { Version = 2 }).Build().Amend(old, new(2026, 7, 1)).Contract!.Effective!.Value.From
            .Should().Be(new LocalDate(2026, 7, 1));
    }

    [Fact]
    public void Only_what_an_older_version_made_is_amended()
    {
        Contract old = Draft.Build().Enrol(new(new("anna"), May) { Group = new("gold") }).Contract!.Build();
        Contract alien = Template.WithPartner("anna").Build();
        ProgrammeDraft next = Draft with { Version = 2 };

        Code(Draft.Build().Amend(old, May)).Should().Be("programme.not-amendable (contract: shop.anna)");
        Code((next with { Id = new("other") }).Build().Amend(old, May)).Should().StartWith(ProgrammeCodes.NotAmendable);
        Code(next.Build().Amend(alien, May)).Should().StartWith(ProgrammeCodes.NotAmendable);
        Code((next with { Groups = [] }).Build().Amend(old, May)).Should().Be("programme.group-unknown (group: gold)");
    }

    [Fact]
    public void Programme_survives_json_and_is_equal_by_its_terms()
    {
        ProgrammeDraft draft = Draft with
        {
            Version = 3,
            Enrolment = new()
            {
                Opening = EnrolmentOpening.Invitation,
                Invited = [new("anna")],
                Denied = [new("ben")],
                Dates = new(May),
                DefaultGroup = new("gold"),
            },
        };

        CampaignJson.ParseProgramme(TermJson.Write(draft)).Should().Be(draft);
        draft.Build().Should().Be(CampaignJson.ParseProgramme(TermJson.Write(draft)).Build());
        (draft.Build() == Draft.Build()).Should().BeFalse();
        draft.Build().ToString().Should().Be("acme-shop v3");
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        ProgrammeDraft draft = ProgrammeDraft.For("p", Template.WithPartner("anna").Pays("sale", Pay.Fixed(1m.Usd)))
            .WithGroup("a", new() { Removes = [new("nothing")] })
            .WithGroup("a", new() { Clauses = [Clause("x", 5), Clause("x", 6)] })
            .WithGroup("b", new() { Clauses = [new() { Id = new("y"), Outcome = "sale", Pays = Pay.Fixed(2m.Usd) }] })
            .WithGroup("c", new() { Removes = [new("lead"), new("sale"), new("click"), new("sale-2")] })
            with
        {
            Version = 0,
            Enrolment = new() { Invited = [new("x")], Denied = [new("x"), new("x")], DefaultGroup = new("z") },
        };

        draft.Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
            "Version programme.version",
            "Contract programme.template-names-partners",
            "Contract.Clauses[3].Pays.Price contract.currency-mismatch",
            "Groups programme.groups",
            "Groups[0].Terms.Removes programme.clause-unknown",
            "Groups[1].Terms programme.overlay-contradiction",
            "Groups[2].Terms.Clauses[0].Pays.Price contract.currency-mismatch",
            "Groups[3].Terms.Clauses contract.clause-count",
            "Enrolment.DefaultGroup programme.default-group-unknown",
            "Enrolment.Invited programme.partners",
            "Enrolment.Denied programme.partners");
    }

    [Fact]
    public void Citation_is_checked() =>
        (Template.WithPartner("anna") with { Programme = new(default, 0) })
            .Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}")
            .Should().Equal("Programme programme.citation");

    private static string Code(EnrolmentDecision decision) => decision.Refusals.Single().ToString();

    private static ClauseDraft Clause(string id, int percent, string? outcome = null) => new()
    {
        Id = new(id),
        Outcome = new(outcome ?? id),
        Pays = Pay.RevenueShare(percent.Percent),
    };
}
