using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Renewals, deposits and the like: what an outcome takes from the one that it follows from.</summary>
public sealed class ParentTests
{
    [Fact]
    public void Child_gets_the_credit_of_its_parent()
    {
        CampaignRun run = Run(Subscription().ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z")));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z") with { Customer = null }));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 2.00 EUR");
        run.State.Find(new("s2"))!.Decision!.Notes.Should()
            .Equal(Reason.Of(SettlementReasons.CreditInherited, ("parent", "s1")));
    }

    [Fact]
    public void Own_credits_come_from_the_childs_own_journey()
    {
        CampaignRun run = Run(
            Subscription().ToCampaign().WithChildren(ChildSource.Own),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-20T09:00:00Z"));

        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z")));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z")));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-mail 2.00 EUR");
    }

    [Fact]
    public void Child_that_comes_first_waits_for_its_parent_and_its_children_for_it()
    {
        CampaignRun run = Run(Subscription().ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Renewal("s3", "2026-05-01T10:00:00Z", "s2") with { RecordedAt = At("2026-05-01T10:00:00Z") }));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z") with { RecordedAt = At("2026-05-01T11:00:00Z") }));
        run.State.Find(new("s2"))!.Decision!.Qualification.Should().BeEquivalentTo(new Qualification.Pending(
            [], null, [Reason.Of(SettlementReasons.ParentAwaited, ("parent", "s1"))]));
        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z") with { RecordedAt = At("2026-05-01T12:00:00Z") }));

        run.Entries.Select(static e => $"{e.OutcomeId} {e.Amount} {e.DecidedAt}").Should().Equal(
            "s1 10.00 EUR 2026-05-01T12:00:00Z",
            "s2 2.00 EUR 2026-05-01T12:00:00Z",
            "s3 2.00 EUR 2026-05-01T12:00:00Z");
    }

    [Fact]
    public void Child_waits_while_its_parent_is_pending()
    {
        CampaignRun run = Run(
            Subscription(static c => c.TrustingHost("order-paid")).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z")));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z")));
        run.Entries.Should().BeEmpty();
        run.Process(Proof("s1", "2026-04-02T12:00:00Z"));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 2.00 EUR");
    }

    [Fact]
    public void Nobody_is_paid_for_a_child_of_an_outcome_that_nobody_brought()
    {
        CampaignRun run = Run(Subscription().ToCampaign(), Touch("p-blog", "2026-03-15T09:00:00Z"));

        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z")));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z")));

        run.Entries.Should().BeEmpty();
        run.State.Find(new("s2"))!.Decision!.Qualification.Should().BeEquivalentTo(new Qualification.Rejected(
            [Reason.Of(SettlementReasons.ParentNotCredited, ("parent", "s1"))]));
    }

    [Fact]
    public void Nobody_inherits_the_credit_of_an_outcome_whose_proof_was_refused()
    {
        CampaignRun run = Run(
            Subscription(static c => c.TrustingHost("order-paid", within: Duration.FromDays(2))).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z")));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z")));

        run.Entries.Should().BeEmpty();
        run.State.Find(new("s2"))!.Decision!.Qualification.Should().BeEquivalentTo(new Qualification.Rejected(
            [Reason.Of(SettlementReasons.ParentDisproved, ("parent", "s1"))]));
    }

    [Fact]
    public void Credit_of_an_outcome_that_a_limit_left_unpaid_is_inherited()
    {
        CampaignRun run = Run(
            Subscription(static c => c.LimitedTo(Limit.Spend(5.Eur, PeriodUnit.Month))).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z")));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z")));

        run.Entries.Texts().Should().Equal("p-blog 2.00 EUR");
    }

    [Fact]
    public void Refused_child_is_decided_again_when_its_parent_comes_back()
    {
        CampaignRun run = Run(Subscription().ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Retracted("r1", "s1", "2026-03-01T11:00:00Z")));
        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z") with { RecordedAt = At("2026-03-01T12:00:00Z") }));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z")));
        run.Entries.Should().BeEmpty();
        run.Process(Of(new Restatement
        {
            Id = new("r2"),
            Outcome = new("s1"),
            At = At("2026-04-02T10:00:00Z"),
            Quantity = 1,
            Replaces = new CorrectionId("r1"),
        }));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 2.00 EUR");
    }

    [Fact]
    public void Correction_of_the_parent_leaves_the_child_alone()
    {
        CampaignRun run = Run(Subscription().ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z")));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z")));
        run.Process(Of(Retracted("r1", "s1", "2026-04-05T10:00:00Z")));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", "p-blog 2.00 EUR", "p-blog -10.00 EUR");
    }

    [Theory]
    [InlineData(ChildSource.Own, "3.00 EUR")]
    [InlineData(ChildSource.Inherited, "2.00 EUR")]
    public void Version_is_the_parents_when_the_term_says_so(ChildSource version, string paid)
    {
        ContractDraft first = Subscription().EffectiveFrom(new(2026, 1, 1), new(2026, 3, 15));
        ContractDraft second = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 3, 15))
            .Pays("subscription-start", Pay.Fixed(10.Eur)).Pays("renewal", Pay.Fixed(3.Eur)) with
        { Version = 2 };
        CampaignRun run = Run(
            first.ToCampaign().With(second).WithChildren(ChildSource.Inherited, version),
            Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z")));
        run.Process(Of(Renewal("s2", "2026-04-01T10:00:00Z")));

        run.Entries.Texts().Should().Equal("p-blog 10.00 EUR", $"p-blog {paid}");
    }

    // The field's CPA with a baseline: a deposit of 100.00 or more within 30 days of the registration.
    [Theory]
    [InlineData("100.00 EUR", "2026-03-31T09:59:59Z", "p-blog 50.00 EUR")]
    [InlineData("99.99 EUR", "2026-03-02T10:00:00Z", null)]
    [InlineData("100.00 EUR", "2026-03-31T10:00:00Z", null)]
    [InlineData("100.00 USD", "2026-03-02T10:00:00Z", null)]
    public void Deposit_counts_by_its_own_value_within_a_window_after_the_registration(
        string value, string at, string? paid)
    {
        ContractDraft contract = ContractDraft.For("c").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("deposit", Pay.Fixed(50.Eur), static c => c.WithinOfParent(Duration.FromDays(30))
                .If(When.Fact(OutcomeFacts.Value).AtLeast(100.Eur)))
            .Pays("registration", Pay.Fixed(1.Eur));
        CampaignRun run = Run(contract.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));

        run.Process(Of(Start("s1", "2026-03-01T10:00:00Z") with { Kind = "registration" }));
        run.Process(Of(Renewal("s2", at) with { Kind = "deposit", Value = Money.Parse(value) }));

        run.Entries.Texts().Skip(1).Should().Equal(paid is null ? [] : [paid]);
    }

    [Fact]
    public void Numbers_of_outcome_and_parent_are_facts()
    {
        Outcome parent = Start("s1", "2026-03-01T10:00:00Z") with { Value = 30.Eur, Quantity = 2 };
        Outcome child = Renewal("s2", "2026-04-01T09:59:59Z") with
        {
            Value = 20.Eur,
            Facts = [Facts.Device.Of("mobile"), OutcomeFacts.Value.Of(999.Eur), OutcomeFacts.ParentKind.Of("forged")],
        };

        FactSet facts = OutcomeFacts.Of(child, OutcomeTruth.Of(child), parent, OutcomeTruth.Of(parent));

        facts.ToString().Should().Be("device: mobile, outcome.quantity: 1, outcome.value: 20.00 EUR, parent.days: 30, "
            + "parent.kind: subscription-start, parent.quantity: 2, parent.value: 30.00 EUR");
        OutcomeFacts.Of(child, OutcomeTruth.Of(child), null, null).ToString()
            .Should().Be("device: mobile, outcome.quantity: 1, outcome.value: 20.00 EUR");
    }

    [Fact]
    public void Full_set_of_facts_keeps_what_the_host_said()
    {
        Fact[] many = [.. Enumerable.Range(0, FactSet.CountMax).Select(static i => new Fact($"f{i}", FactValue.Of(i)))];
        Outcome outcome = Start("s1", "2026-03-01T10:00:00Z") with { Facts = FactSet.Create(many) };

        OutcomeFacts.Of(outcome, OutcomeTruth.Of(outcome), null, null).Should().Equal(outcome.Facts);
    }

    private static ContractDraft Subscription(Func<ClauseDraft, ClauseDraft>? terms = null) =>
        ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("subscription-start", Pay.Fixed(10.Eur), terms)
            .Pays("renewal", Pay.Fixed(2.Eur));

    private static Outcome Start(string id, string at) => Sale(id, at) with { Kind = "subscription-start" };

    private static Outcome Renewal(string id, string at, string parent = "s1") => Sale(id, at) with
    {
        Kind = "renewal",
        Parent = new(parent),
    };
}
