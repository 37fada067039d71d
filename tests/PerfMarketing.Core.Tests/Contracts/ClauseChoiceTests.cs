using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Contracts;

/// <summary>Which clauses pay, and why the others do not.</summary>
public sealed class ClauseChoiceTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 10, 0);

    private static readonly Condition Mobile = When.Fact(Facts.Device).Is("mobile");

    private static readonly Condition German = When.Fact(Facts.Country).Is("DE");

    [Theory]
    [InlineData(Precedence.FirstMatch, "sale")]
    [InlineData(Precedence.MostSpecific, "sale-4")]
    [InlineData(Precedence.Best, "sale-3")]
    [InlineData(Precedence.Sum, "sale,sale-2,sale-3,sale-4")]
    public void Precedence_says_which_of_the_clauses_that_apply_pay(Precedence precedence, string winners) =>
        Names(Make(Sample(precedence)).Winners).Should().Be(winners);

    [Fact]
    public void Every_clause_that_does_not_pay_has_its_reason()
    {
        ContractDraft draft = Sample(Precedence.FirstMatch)
            .Pays("lead", Pay.Fixed(1.Eur))
            .Pays("sale", Pay.Fixed(1.Eur), static c => c.For("p2"))
            .Pays("sale", Pay.Fixed(1.Eur), static c => c.If(When.Fact(Facts.Device).Is("desktop")))
            .Pays("sale", Pay.Fixed(1.Eur), static c => c.If(When.Fact(Facts.Grade).Is("A")))
            .Pays("sale", Pay.Fixed(1.Eur), static c => c.WithinOfParent(Duration.FromDays(30)));

        Reasons(Make(draft)).Should().Equal(
            "sale-2 clause.not-first winner: sale",
            "sale-3 clause.not-first winner: sale",
            "sale-4 clause.not-first winner: sale",
            "lead clause.not-of-kind kind: lead",
            "sale-5 clause.not-for-partner",
            "sale-6 clause.condition-false because: "
                + "condition.not-equal (fact: device, value: mobile, expected: desktop)",
            "sale-7 clause.fact-unknown because: condition.fact-unknown (fact: grade)",
            "sale-8 clause.parent-missing");
    }

    [Fact]
    public void What_pays_less_is_told_with_both_amounts() =>
        Reasons(Make(Sample(Precedence.Best))).Should().Equal(
            "sale clause.pays-less amount: 1.00 EUR, winner: sale-3, paid: 3.00 EUR",
            "sale-2 clause.pays-less amount: 2.00 EUR, winner: sale-3, paid: 3.00 EUR",
            "sale-4 clause.pays-less amount: 0.50 EUR, winner: sale-3, paid: 3.00 EUR");

    [Fact]
    public void Of_equal_amounts_the_first_pays()
    {
        ContractDraft draft = Draft(Precedence.Best).Pays("sale", Pay.Fixed(1.Eur)).Pays("sale", Pay.Fixed(1.Eur));

        var choice = Make(draft);

        Names(choice.Winners).Should().Be("sale");
        Reasons(choice).Should().Equal("sale-2 clause.not-first winner: sale");
    }

    [Fact]
    public void Clause_that_cannot_be_priced_yet_makes_the_outcome_wait()
    {
        Contract contract = Sample(Precedence.Best).Build();

        var choice = ClauseChoice.Make(
            contract, Subject, static c => c.Id.Value == "sale-2" ? null : 5.Eur, ExplainLevel.Full);

        Names(choice.Winners).Should().Be("sale-2");
        choice.Losers.Should().OnlyContain(static l => l.Reason.Code == ClauseReasons.PriceOpen);
    }

    [Theory]
    [InlineData("names the partner", "sale-2", false, 1, true, 0)]
    [InlineData("names the partner, though other has more terms", "sale", true, 0, false, 2)]
    [InlineData("more terms", "sale-2", false, 1, false, 2)]
    [InlineData("equal, so the first", "sale", true, 1, true, 1)]
    public void More_specific_is_naming_the_partner_then_the_number_of_terms(
        string because, string winner, bool firstNames, int firstTerms, bool secondNames, int secondTerms)
    {
        ContractDraft draft = Draft(Precedence.MostSpecific)
            .Pays("sale", Pay.Fixed(1.Eur), c => Specific(c, firstNames, firstTerms))
            .Pays("sale", Pay.Fixed(2.Eur), c => Specific(c, secondNames, secondTerms));

        Names(Make(draft).Winners).Should().Be(winner, because);
    }

    [Theory]
    [InlineData("2026-03-02T10:00:00Z", true)]
    [InlineData("2026-01-31T10:00:00.000000001Z", true)]
    [InlineData("2026-01-31T10:00:00Z", false)]
    [InlineData("2026-03-02T10:00:00.000000001Z", false)]
    public void Window_after_the_parent_is_half_open(string parentAt, bool applies)
    {
        Contract contract = Draft(Precedence.FirstMatch)
            .Pays("sale", Pay.Fixed(1.Eur), static c => c.WithinOfParent(Duration.FromDays(30))).Build();
        ClauseSubject subject = Subject with
        {
            ParentAt = NodaTime.Text.InstantPattern.ExtendedIso.Parse(parentAt).Value,
        };

        var choice = ClauseChoice.Make(contract, subject, explain: ExplainLevel.Full);

        choice.Winners.Count.Should().Be(applies ? 1 : 0);
        choice.Losers.Select(static l => l.Reason.Code)
            .Should().Equal(applies ? [] : [ClauseReasons.OutsideWindow]);
    }

    [Fact]
    public void New_terms_are_read_back_and_absent_ones_not_written()
    {
        ContractDraft draft = Draft(Precedence.Best).OnResultsOf("p3").BackToBack().Pays(
            "sale", Pay.Fixed(1.Eur), static c => c.For("p1").WithinOfParent(Duration.FromDays(30)));

        ContractDraft? read = TermReader.Read(
            TermNode.Of(draft), new(), static t => ContractDraft.Read(t, TermCatalog.Default));

        read.Should().Be(draft);
        TermNode plain = TermNode.Of(Sample(Precedence.FirstMatch));
        plain.Names.Should().NotContain(["precedence", "upstream", "downline"]);
        plain.Find("clauses")!.Items[0].Names.Should().NotContain(["partners", "within"]);
    }

    [Theory]
    [InlineData("stranger", ContractCodes.ClausePartners, "Clauses[0].Partners")]
    [InlineData("p1,p1", ContractCodes.ClausePartners, "Clauses[0].Partners")]
    public void Clause_is_for_partners_of_the_contract(string partners, string code, string path) =>
        Failures(Draft(Precedence.FirstMatch).Pays("sale", Pay.Fixed(1.Eur), c => c.For(partners.Split(','))))
            .Should().Equal($"{code} {path}");

    [Fact]
    public void Window_that_catches_nothing_is_refused() =>
        Failures(Draft(Precedence.FirstMatch)
            .Pays("sale", Pay.Fixed(1.Eur), static c => c.WithinOfParent(Duration.Zero)))
            .Should().Equal($"{ContractCodes.Within} Clauses[0].Within");

    [Theory]
    [InlineData("p1")]
    [InlineData("p3,p3")]
    public void Downline_is_others_each_once(string downline)
    {
        ContractDraft draft = ContractDraft.For("c").PaidBy("acme").WithPartner("p1").In(Currency.Eur, "Etc/UTC")
            .Pays("sale", Pay.Fixed(1.Eur)) with
        {
            Downline = [.. downline.Split(',').Select(static p => new PartnerId(p))],
        };

        Failures(draft).Should().Equal($"{ContractCodes.Downline} Downline");
    }

    private static ClauseSubject Subject => new("sale", [Facts.Device.Of("mobile"), Facts.Country.Of("DE")], At)
    {
        Partner = new("p1"),
    };

    private static ContractDraft Draft(Precedence precedence) => ContractDraft.For("c").PaidBy("acme")
        .WithPartner("p1").WithPartner("p2").In(Currency.Eur, "Etc/UTC").Choosing(precedence);

    private static ContractDraft Sample(Precedence precedence) => Draft(precedence)
        .Pays("sale", Pay.Fixed(1.Eur))
        .Pays("sale", Pay.Fixed(2.Eur), static c => c.If(Mobile))
        .Pays("sale", Pay.Fixed(3.Eur), static c => c.If(When.All(Mobile, German)))
        .Pays("sale", Pay.Fixed(0.50m.Eur), static c => c.For("p1"));

    private static ClauseDraft Specific(ClauseDraft clause, bool names, int terms) => clause with
    {
        Partners = names ? [new("p1")] : [],
        When = terms == 0 ? null : terms == 1 ? Mobile : When.Any(Mobile, German),
    };

    private static ClauseChoice Make(ContractDraft draft) => ClauseChoice.Make(
        draft.Build(), Subject, static c => c.Pays.Compute(new(Accrual.Zero(Currency.Eur))).Total, ExplainLevel.Full);

    private static string Names(ValueList<Clause> clauses) =>
        string.Join(",", clauses.Select(static c => c.Id.Value));

    private static string[] Reasons(ClauseChoice choice) =>
    [
        .. choice.Losers.Select(static l => $"{l.Clause} {l.Reason.Code} {Args(l.Reason)}".TrimEnd()),
    ];

    private static string Args(Reason reason) => string.Join(
        ", ", reason.Args.Where(static a => a.Name != "clause").Select(static a => $"{a.Name}: {a.Value}"));

    private static string[] Failures(ContractDraft draft) =>
        [.. draft.Validate().Errors.Select(static f => $"{f.ErrorCode} {f.PropertyName}")];
}
