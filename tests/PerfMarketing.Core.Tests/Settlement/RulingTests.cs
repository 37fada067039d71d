using System.Globalization;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

public sealed class RulingTests
{
    private const string Sold = "2026-03-03T12:00:00Z";

    private static readonly GradeTerms Grades =
        GradeTerms.None.Accept("A").Scale("B", 50.Percent).Hold("C").Reverse("D");

    // What a ruling does in each state: "now" is what its decision comes to, "then" what stands in the end, after the
    // proof has come where it was still awaited.
    public static TheoryData<string, string, string, double> States { get; } = new()
    {
        { "pending", "approve", "Qualified +20.00", 20 },
        { "pending", "approve-15", "Qualified +20.00 -5.00", 15 },
        { "pending", "approve-25", "Qualified +20.00 5.00", 25 },
        { "pending", "reject", "Rejected", 0 },
        { "pending", "A", "Pending", 20 },
        { "pending", "B", "Pending", 10 },
        { "pending", "C", "Pending", 0 },
        { "pending", "D", "Rejected", 0 },
        { "pending", "unknown-grade", "Pending", 0 },
        { "disputed", "approve", "Qualified +20.00", 20 },
        { "disputed", "reject", "Rejected", 0 },
        { "expired", "approve", "Qualified +20.00", 20 },
        { "expired", "approve-15", "Qualified +20.00 -5.00", 15 },
        { "expired", "reject", "Rejected", 0 },
        { "expired", "A", "Rejected", 0 },
        { "held", "approve", "Qualified 0.00", 20 },
        { "held", "approve-15", "Qualified -5.00", 15 },
        { "held", "approve-25", "Qualified 5.00", 25 },
        { "held", "reject", "Qualified -20.00", 0 },
        { "held", "A", "Qualified 0.00", 20 },
        { "held", "B", "Qualified -10.00", 10 },
        { "held", "C", "Qualified 0.00", 20 },
        { "held", "D", "Qualified -20.00", 0 },
        { "payable", "approve-15", "Qualified -5.00", 15 },
        { "payable", "reject", "Qualified -20.00", 0 },
        { "payable", "B", "Qualified -10.00", 10 },
        { "payable", "D", "Qualified -20.00", 0 },
        { "unknown", "approve", "", 20 },
        { "unknown", "approve-15", "", 15 },
        { "unknown", "reject", "", 0 },
        { "unknown", "B", "", 10 },
        { "unknown", "D", "", 0 },
        { "retracted", "approve", "Qualified 0.00", 0 },
        { "retracted", "approve-15", "Qualified 0.00", 0 },
        { "halved", "approve-15", "Qualified -2.50", 7.5 },
        { "halved", "B", "Qualified -5.00", 5 },
        { "test", "approve", "Rejected", 0 },
        { "uncredited", "approve", "Rejected", 0 },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void Ruling_does_in_each_state(string state, string what, string now, double then)
    {
        CampaignRun run = Run(
            Graded.ToCampaign(),
            state == "uncredited" ? [] : [Touch("p-blog", "2026-03-01T09:00:00Z")]);
        Outcome sale = Sale("o1", Sold, 200.Eur) with { IsTest = state == "test" };
        Instant at = At(state switch
        {
            "unknown" => "2026-03-02T12:00:00Z",
            "expired" => "2026-03-20T12:00:00Z",
            "payable" => "2026-05-20T12:00:00Z",
            _ => "2026-03-08T12:00:00Z",
        });
        Ruling ruling = Ruled(what, at);
        if (state == "unknown")
        {
            run.Process(Of(ruling)).Posted.Should().BeEmpty();
            now.Should().BeEmpty();
        }

        bool isProven = Begin(run, sale, state);
        if (state != "unknown")
        {
            Decision decision = run.Process(Of(ruling));
            Describe(decision).Should().Be(now);
            run.Process(Of(ruling)).Answer.Should().Be(DecisionAnswer.Replayed);
        }

        if (!isProven && state is not "disputed")
        {
            run.Process(Proof("o1", state == "expired" ? "2026-03-21T12:00:00Z" : "2026-03-09T12:00:00Z"));
        }

        run.Expire(At("2026-06-01T00:00:00Z"));
        run.State.Find(sale.Id)!.Earnings.Select(static e => e.Net).DefaultIfEmpty(0.Eur)
            .Should().Equal(Money.Of((decimal)then, Currency.Eur));
        run.Entries.Select(static e => e.Id).Should().OnlyHaveUniqueItems();
    }

    // Brings the outcome into a state; whether it is proven then.
    private static bool Begin(CampaignRun run, Outcome sale, string state)
    {
        if (state == "disputed")
        {
            var first = (CampaignInput.OfEvidence)Proof("o1", "2026-03-02T12:00:00Z");
            run.Process(first);
            run.Process(first with { Verdict = first.Verdict with { Content = EventDigest.Of(sale) } });
        }

        Qualification received = run.Process(Of(sale)).Outcome.Decision!.Qualification;
        (received is Qualification.Disputed).Should().Be(state == "disputed");
        bool isProven = state is "held" or "payable" or "retracted" or "halved";
        if (isProven)
        {
            run.Process(Proof("o1", "2026-03-04T12:00:00Z"));
        }

        if (state == "retracted")
        {
            run.Process(Of(Retracted("x1", "o1", "2026-03-05T12:00:00Z")));
        }

        if (state == "halved")
        {
            run.Process(Of(Returned("x1", "o1", "2026-03-05T12:00:00Z", 100.Eur)));
        }

        return isProven;
    }

    [Fact]
    public void Newest_decision_stands_and_an_approval_overrules_an_earlier_grade()
    {
        CampaignRun run = Earned();

        run.Process(Of(Ruled("B", At("2026-03-08T12:00:00Z"), "k1"))).Posted.Texts()
            .Should().Equal("p-blog -10.00 EUR");
        run.Process(Of(Ruled("A", At("2026-03-09T12:00:00Z"), "k2"))).Posted.Texts()
            .Should().Equal("p-blog 10.00 EUR");
        run.Process(Of(Ruled("D", At("2026-03-10T12:00:00Z"), "k3"))).Posted.Texts()
            .Should().Equal("p-blog -20.00 EUR");
        run.Process(Of(Ruled("approve-15", At("2026-03-11T12:00:00Z"), "k4"))).Posted.Texts()
            .Should().Equal("p-blog 15.00 EUR");
        run.Process(Of(Ruled("B", At("2026-03-12T12:00:00Z"), "k5"))).Posted.Texts()
            .Should().Equal("p-blog -7.50 EUR");
        run.Process(Of(Ruled("reject", At("2026-03-13T12:00:00Z"), "k6"))).Posted.Texts()
            .Should().Equal("p-blog -7.50 EUR");
        run.Process(Of(Ruled("approve", At("2026-03-14T12:00:00Z"), "k7"))).Posted.Texts()
            .Should().Equal("p-blog 20.00 EUR");
        run.Process(Of(Returned("x1", "o1", "2026-03-15T12:00:00Z", 50.Eur))).Posted.Texts()
            .Should().Equal("p-blog -5.00 EUR");
        run.Entries.OfType<Adjustment>().Select(static a => a.Reason.Code).Should().Equal(
            RulingReasons.GradeScaled,
            RulingReasons.GradeAccepted,
            RulingReasons.GradeReversed,
            RulingReasons.ApprovedAt,
            RulingReasons.GradeScaled,
            RulingReasons.Rejected,
            RulingReasons.Approved,
            SettlementReasons.Proportional);
    }

    [Fact]
    public void Ruling_that_is_replaced_no_longer_counts()
    {
        CampaignRun run = Earned();
        run.Process(Of(Ruled("approve-15", At("2026-03-08T12:00:00Z"), "k1")));
        run.Process(Of(Ruled("reject", At("2026-03-09T12:00:00Z"), "k2")));

        run.Process(Of(Ruled("A", At("2026-03-10T12:00:00Z"), "k3") with { Replaces = new("k2") })).Posted.Texts()
            .Should().Equal("p-blog 15.00 EUR");
    }

    [Fact]
    public void Rejection_may_be_reopened_by_an_approval_and_a_grade_by_a_grade()
    {
        CampaignRun rejected = Waiting();
        rejected.Process(Of(Ruled("reject", At("2026-03-08T12:00:00Z"), "k1")));
        CampaignRun reversed = Waiting();
        reversed.Process(Of(Ruled("D", At("2026-03-08T12:00:00Z"), "k1")));
        reversed.Process(Proof("o1", "2026-03-09T12:00:00Z")).Posted.Should().BeEmpty();

        rejected.Process(Of(Ruled("A", At("2026-03-09T12:00:00Z"), "k2"))).Posted.Should().BeEmpty();
        rejected.Process(Of(Ruled("approve", At("2026-03-10T12:00:00Z"), "k3"))).Posted.Texts()
            .Should().Equal("p-blog 20.00 EUR");
        reversed.Process(Of(Ruled("A", At("2026-03-10T12:00:00Z"), "k2"))).Posted.Texts()
            .Should().Equal("p-blog 20.00 EUR");
    }

    [Fact]
    public void Approval_is_paid_as_far_as_the_budget_has_room()
    {
        CampaignDraft capped = Graded.ToCampaign().BudgetedAt(30.Eur, PerfMarketing.Budgets.CapBehavior.StopAndReject);
        CampaignRun run = Run(capped, Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", Sold, 200.Eur)));
        run.Process(Of(Sale("o2", Sold, 200.Eur))).Outcome.Decision!.Qualification
            .Should().BeOfType<Qualification.Rejected>();
        run.Process(Of(Ruled("approve", At("2026-03-08T12:00:00Z"), "k1", "o2"))).Posted.Should().BeEmpty();
        run.Process(Of(Ruled("approve-25", At("2026-03-09T12:00:00Z"), "k2"))).Posted.Texts()
            .Should().Equal("p-blog 20.00 EUR", "p-blog 5.00 EUR");
        run.Process(Of(Ruled("approve-45", At("2026-03-10T12:00:00Z"), "k3"))).Posted.Texts()
            .Should().Equal("p-blog 5.00 EUR");
    }

    [Fact]
    public void Partners_share_an_approved_amount_and_lose_no_cent()
    {
        CampaignRun run = Run(
            Graded.AttributedBy(new Linear()),
            Touch("p-blog", "2026-03-01T09:00:00Z"),
            Touch("p-mail", "2026-03-02T09:00:00Z"));
        run.Process(Of(Sale("o1", Sold, 200.Eur)));

        run.Process(Of(Ruled("approve-15.01", At("2026-03-08T12:00:00Z"), "k1"))).Posted.Texts().Should().Equal(
            "p-blog 10.00 EUR", "p-mail 10.00 EUR", "p-blog -2.49 EUR", "p-mail -2.50 EUR");
    }

    [Fact]
    public void Approval_that_the_contract_cannot_pay_pays_nothing()
    {
        CampaignRun run = Waiting();
        Approval other = new()
        {
            Id = new("k1"),
            Outcome = new("o1"),
            At = At("2026-03-08T12:00:00Z"),
            Contract = new("acme-2026"),
            Amount = 15.Usd,
        };

        run.Process(Of(other)).Posted.Should().BeEmpty();
        run.Process(Proof("o1", "2026-03-09T12:00:00Z")).Posted.Texts().Should().Equal("p-blog 20.00 EUR");
        Decision again = run.Process(Of(other with { Id = new("k2"), At = At("2026-03-10T12:00:00Z") }));
        again.Posted.OfType<Adjustment>().Select(static a => (a.Amount, a.Reason.Code))
            .Should().Equal((0.Eur, RulingReasons.Unfit));
    }

    [Fact]
    public void Ruling_on_another_contract_is_nothing_to_this_one()
    {
        CampaignRun run = Earned();
        Rejection other = new()
        {
            Id = new("k1"),
            Outcome = new("o1"),
            At = At("2026-03-08T12:00:00Z"),
            Contract = new("acme-2025"),
        };

        run.Process(Of(other)).Posted.Should().BeEmpty();
        run.Process(Of(other with { Id = new("k2"), At = At("2026-03-09T12:00:00Z"), Contract = null })).Posted.Texts()
            .Should().Equal("p-blog -20.00 EUR");
    }

    [Fact]
    public void Rejection_takes_back_by_the_schedule_and_leaves_the_tally_as_a_correction_does()
    {
        CampaignRun run = Run(
            Contract(Pay.Volume(new Tier(10.Eur, UpTo: 2), new Tier(20.Eur)), static c => c
                .TalliedBy(new TallyTerms { Corrections = TallyCorrections.Reevaluated })).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", Sold)));
        run.Process(Of(Sale("o2", "2026-03-04T12:00:00Z"))).Posted.Texts()
            .Should().Equal("p-blog 20.00 EUR", "p-blog 10.00 EUR");

        run.Process(Of(Ruled("reject", At("2026-03-08T12:00:00Z")))).Posted.Sum(static e => e.Amount.MinorUnits)
            .Should().Be(-3000);

        CampaignRun half = Run(
            Contract(Pay.Fixed(20.Eur), static c => c.TakenBackBy(ClawbackSchedule.UpTo(30, 50.Percent))).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        half.Process(Of(Sale("o1", Sold)));
        half.Process(Of(Ruled("reject", At("2026-03-08T12:00:00Z")))).Posted.Texts()
            .Should().Equal("p-blog -10.00 EUR");
    }

    [Fact]
    public void What_is_ruled_after_a_statement_was_closed_is_in_the_next_one()
    {
        CampaignRun first = Earned();
        Instant april = At("2026-04-02T00:00:00Z");
        ValueList<Statement> march = first.Statements(april);
        CampaignRun again = Run(Graded.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        again.Restore(march, april);
        again.Process(Of(Sale("o1", Sold, 200.Eur)));
        again.Process(Proof("o1", "2026-03-04T12:00:00Z"));
        again.Process(Of(Ruled("approve-15", At("2026-03-08T12:00:00Z"))));
        again.Expire(At("2026-06-01T00:00:00Z"));

        Statement[] all = [.. again.Statements(At("2026-06-01T00:00:00Z"))];
        all[0].Should().Be(march[0]);
        all[1].Lines.Texts().Should().Equal("p-blog -5.00 EUR");
    }

    [Theory]
    [InlineData("approve-15")]
    [InlineData("B")]
    public void Ruling_is_read_as_it_was_written(string what)
    {
        Ruling ruling = Ruled(what, At(Sold)) with { Author = "ann", Note = "späte Freigabe ✓" };

        Correction? read = TermJson.Parse(TermJson.Write(ruling), Correction.Read);

        read.Should().Be(ruling);
        ruling.Check().Should().BeEmpty();
    }

    [Fact]
    public void Ruling_says_what_is_wrong_with_it()
    {
        Instant at = At(Sold);
        Ruling[] wrong =
        [
            new Approval { Id = new("k1"), Outcome = new("o1"), At = at, Amount = 5.Eur },
            new Approval { Id = new("k1"), Outcome = new("o1"), At = at, Contract = new("c"), Amount = -5.Eur },
            new Rejection { Id = new("k1"), Outcome = new("o1"), At = at, Clause = new("sale") },
            new Graded { Id = new("k1"), Outcome = new("o1"), At = at, Grade = string.Empty },
            new Rejection { Id = new("k1"), Outcome = new("o1"), At = at, Author = new('a', 65) },
        ];

        wrong.Select(static r => r.Check().Single().Code).Should().Equal(
            EventCodes.ContractMissing,
            EventCodes.AmountNegative,
            EventCodes.ContractMissing,
            EventCodes.Text,
            EventCodes.Text);
    }

    [Fact]
    public void Terms_of_grades_are_validated()
    {
        GradeTerms[] wrong =
        [
            GradeTerms.None,
            GradeTerms.None.Accept("A").Hold("A"),
            new([new("A", GradeAction.Scale)]),
            new([new("A", GradeAction.Accept, 50.Percent)]),
            GradeTerms.None.Scale("A", 101.Percent),
            GradeTerms.None.Accept("A") with { Others = GradeAction.Scale },
        ];

        wrong.SelectMany(static g => Contract(Pay.Fixed(20.Eur), c => c.GradedBy(g)).Validate().Errors)
            .Select(static f => f.ErrorCode).Should().Equal(
                GradeCodes.Rules,
                GradeCodes.Rules,
                GradeCodes.Part,
                GradeCodes.Part,
                GradeCodes.Part,
                GradeCodes.Action);
    }

    private static ContractDraft Graded => Contract(Pay.Fixed(20.Eur), static c => c
        .TrustingHost("order-paid", holdFor: Duration.FromDays(30), within: Duration.FromDays(10)).GradedBy(Grades));

    private static CampaignRun Waiting()
    {
        CampaignRun run = Run(Graded.ToCampaign(), Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", Sold, 200.Eur)));
        return run;
    }

    private static CampaignRun Earned()
    {
        CampaignRun run = Waiting();
        run.Process(Proof("o1", "2026-03-04T12:00:00Z"));
        return run;
    }

    private static Ruling Ruled(string what, Instant at, string id = "k1", string outcome = "o1") => what switch
    {
        "approve" => new Approval { Id = new(id), Outcome = new(outcome), At = at },
        "reject" => new Rejection { Id = new(id), Outcome = new(outcome), At = at, Reason = CorrectionReason.Fraud },
        _ when what.StartsWith("approve-", StringComparison.Ordinal) => new Approval
        {
            Id = new(id),
            Outcome = new(outcome),
            At = at,
            Contract = new("acme-2026"),
            Amount = Money.Of(decimal.Parse(what[8..], CultureInfo.InvariantCulture), Currency.Eur),
        },
        _ => new Graded { Id = new(id), Outcome = new(outcome), At = at, Grade = what },
    };

    private static string Describe(Decision decision) =>
        string.Join(' ', decision.Posted.Select(static e => e is Earning ? $"+{Text(e)}" : Text(e))
            .Prepend(decision.Outcome.Decision!.Qualification.GetType().Name));

    private static string Text(LedgerEntry entry) => entry.Amount.ToString()[..^4];
}
