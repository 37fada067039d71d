using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Testing;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Testing;

public sealed class ContractScenarioMonthsTests
{
    private static CampaignDraft Draft => Contract(
        Pay.RevenueShare(12.Percent),
        static c => c.TrustingHost("order-paid").GradedBy(GradeTerms.None.Accept("A").Scale("B", 50.Percent)))
        .AttributedBy(new Linear()).BudgetedAt(monthly: 100.Eur);

    [Fact]
    public void Persons_decide_and_credits_are_shared() => Sold()
        .ExpectCredit("p-blog", "1/2").ExpectCredit("p-mail", "1/2")
        .Approved().ExpectQualified().ExpectEarned("p-blog", "12.00 EUR")
        .Graded("B").ExpectEarned("p-blog", "6.00 EUR")
        .Approved(10.Eur).ExpectEarned("p-blog", "5.00 EUR")
        .Rejected().ExpectEarned("p-blog", "0.00 EUR");

    [Fact]
    public void Evidence_that_contradicts_itself_is_disputed()
    {
        EvidenceVerdict paid = EvidenceVerdict.Asserted("order-paid", new("psp-1"), At("2026-03-02T08:00:00Z"));

        Sold().Proven(paid).ExpectQualified()
            .Proven(paid with { Content = Digest.Of([7]) }).ExpectDisputed(ProofReasons.ReplayConflict)
            .Approved().ExpectQualified();
    }

    [Fact]
    public void Months_are_closed_and_paid() => Sold()
        .ExpectBudget("monthly", "76.00 EUR")
        .Proven("order-paid", "psp-1").ExpectBudget("monthly", "76.00 EUR")
        .At("2026-04-05 09:00").ExpectPayable("2026-03", "p-blog", "12.00 EUR")
        .Closed("2026-03").Remitted("p-blog", isRefused: true).ExpectRemitted("p-blog", "nothing")
        .Remitted("p-blog").Remitted("p-blog").ExpectRemitted("p-blog", "12.00 EUR")
        .CameBack("p-blog").ExpectRemitted("p-blog", "nothing")
        .Remitted("p-blog").ExpectRemitted("p-blog", "12.00 EUR")
        .ExpectRemitted("p-mail", "nothing")
        .Returned(100.Eur)
        .At("2026-05-05 09:00").ExpectStatement("2026-04", "p-blog", "-6.00 EUR")
        .Closed("2026-04").Remitted("p-blog").ExpectRemitted("p-blog", "12.00 EUR");

    [Fact]
    public void Claims_are_paid_back_or_taken_from_what_is_paid_again()
    {
        ContractScenario scenario = new ContractScenario(Contract(Pay.RevenueShare(10.Percent))
                .SettledBy(new() { Negative = NegativeBalance.Debt }))
            .At("2026-03-02 09:00").Click("p-blog", "c1").Outcome("sale", "c1", 1_000.Eur)
            .At("2026-04-05 09:00").Closed("2026-03").Remitted("p-blog").ExpectRemitted("p-blog", "100.00 EUR")
            .Returned(300.Eur)
            .At("2026-05-05 09:00").Closed("2026-04").PaidBack("2026-04", "p-blog", 10.Eur)
            .CameBack("p-blog").Remitted("p-blog").ExpectRemitted("p-blog", "80.00 EUR")
            .PaidBack("2026-04", "p-blog", 20.Eur).Remitted("p-blog").ExpectRemitted("p-blog", "100.00 EUR");

        scenario.Invoking(static s => s.PaidBack("2026-03", "p-blog", 1.Eur)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Failures_explain_the_statement_that_is_wrong()
    {
        ContractScenario scenario = Sold().Proven("order-paid", "psp-1").At("2026-04-05 09:00");

        MessageOf(() => scenario.ExpectPayable("2026-03", "p-blog", "10.00 EUR")).Should().Be("""
            payable to p-blog for 2026-03
              expected: 10.00 EUR
              actual:   12.00 EUR
                p-blog 2026-03: opening 0.00 EUR
                outcome-1 earning: p-blog 12.00 EUR
                p-blog 2026-03: payable 12.00 EUR, closing 0.00 EUR
            """.ReplaceLineEndings("\n"));
        MessageOf(() => scenario.Closed("2026-03").Remitted("p-blog").ExpectRemitted("p-blog", "10.00 EUR"))
            .Should().Be("""
            payments to p-blog
              expected: 10.00 EUR
              actual:   12.00 EUR
                2026-04-05T07:00:00Z: 12.00 EUR paid
                p-blog 2026-03: opening 0.00 EUR
                outcome-1 earning: p-blog 12.00 EUR
                p-blog 2026-03: payable 12.00 EUR, closing 0.00 EUR
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Failures_explain_the_budget_and_the_outcome()
    {
        ContractScenario scenario = Sold();

        MessageOf(() => scenario.ExpectBudget("monthly", "100.00 EUR")).Should().Be("""
            budget monthly in 2026-03
              expected: 100.00 EUR
              actual:   76.00 EUR
                limit 100.00 EUR
                committed 0.00 EUR
                reserved 24.00 EUR
            """.ReplaceLineEndings("\n"));
        MessageOf(() => scenario.ExpectCredit("p-blog", "1")).Should().StartWith("""
            credit of p-blog for outcome-1
              expected: 1
              actual:   1/2
                outcome-1: pending for order-paid
            """.ReplaceLineEndings("\n"));
        MessageOf(() => scenario.ExpectQualified()).Should().Contain("actual:   pending for order-paid");
        MessageOf(() => scenario.ExpectDisputed("any")).Should().Contain("expected: disputed for any");
    }

    [Fact]
    public void What_cannot_be_closed_is_an_error()
    {
        ContractScenario scenario = Sold();

        scenario.Invoking(static s => s.Closed("2026-03")).Should().Throw<InvalidOperationException>();
        scenario.Invoking(static s => s.Closed("2026-02")).Should().Throw<InvalidOperationException>();
        scenario.Invoking(static s => s.ExpectBudget("other", "1.00 EUR")).Should().Throw<ArgumentException>();
    }

    private static ContractScenario Sold() => new ContractScenario(Draft)
        .At("2026-03-01 09:00").Click("p-blog", "cust-1").Click("p-mail", "cust-1")
        .At("2026-03-02 09:00").Outcome("sale", "cust-1", 200.Eur);

    private static string MessageOf(Action wrong) =>
        wrong.Should().Throw<ScenarioFailedException>().Which.Message.ReplaceLineEndings("\n");
}
