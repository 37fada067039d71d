using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Testing;

public sealed class ContractScenarioTests
{
    private static ContractDraft Paid => Contract(
        Pay.RevenueShare(12.Percent),
        c => c.TrustingHost("order-paid", holdFor: Duration.FromDays(14), within: Duration.FromDays(30)));

    [Fact]
    public void Scenario_tells_a_sale_from_click_to_return() =>
        new ContractScenario(Paid.AttributedBy(new Linear()))
            .At("2026-03-01 09:00").Click("p-blog", "cust-1")
            .At("2026-03-02 09:00").View("p-mail", "cust-1").Click("p-mail", "cust-2")
            .At("2026-03-03 12:00").Outcome("sale", "cust-1", 200.Eur).ExpectPending("order-paid")
            .ExpectEarned("p-blog", "nothing")
            .At("2026-03-17 12:00").Proven("order-paid", "psp-991")
            .ExpectEarned("p-blog", "12.00 EUR").ExpectEarned("p-mail", "12.00 EUR")
            .ExpectStatement("2026-03", "24.00 EUR").ExpectStatement("2026-03", "p-mail", "12.00 EUR")
            .At("2026-04-02 12:00").Returned(50.Eur).ExpectEarned("p-blog", "9.00 EUR")
            .ExpectStatement("2026-03", "24.00 EUR").ExpectStatement("2026-04", "-6.00 EUR")
            .At("2026-04-03 12:00").Retracted().ExpectEarned("p-blog", "0.00 EUR");

    [Fact]
    public void Time_that_passes_rejects_what_waited_too_long() =>
        new ContractScenario(Paid)
            .At("2026-03-01 09:00").Click("p-blog", "cust-1").Outcome("sale", "cust-1", 200.Eur)
            .Outcome("sale", "cust-1", 100.Eur).ExpectPending("order-paid")
            .At("2026-03-31 10:00").ExpectRejected(ProofReasons.Expired)
            .About("outcome-1").ExpectRejected(ProofReasons.Expired)
            .ExpectStatement("2026-03", "nothing");

    [Fact]
    public void Lines_are_those_that_were_posted()
    {
        ContractScenario scenario = new ContractScenario(Contract(Pay.RevenueShare(12.Percent).CappedAt(80.Eur)))
            .At("2026-03-01 09:00").Click("p-blog", "cust-1").Outcome("sale", "cust-1", 1_000.Eur)
            .ExpectLines("p-blog", "revenue-share 120.00 EUR", "cap -40.00 EUR")
            .ExpectLines("p-mail");

        scenario.Invoking(static s => s.ExpectLines("p-blog", "revenue-share 120.00 EUR"))
            .Should().Throw<ScenarioFailedException>().WithMessage("*lines of p-blog for outcome-1*cap -40.00 EUR*");
        scenario.State.Find(new("outcome-1"))!.Earnings.Should().ContainSingle();
    }

    [Fact]
    public void Outcome_can_say_more_of_itself() =>
        new ContractScenario(Contract(Pay.Fixed(2.Eur)))
            .At("2026-03-01 09:00").Click("p-blog", "cust-1")
            .Outcome("sale", "cust-1", with: o => o with { Quantity = 3, OrderId = new("A-1") })
            .ExpectEarned("p-blog", "6.00 EUR")
            .Outcome("sale", "cust-1", with: o => o with { OrderId = new("A-1") })
            .ExpectRejected(SettlementReasons.DuplicateOrder);

    [Fact]
    public void Journeys_are_cut_in_the_order_of_the_story() =>
        new ContractScenario(Contract(Pay.Fixed(2.Eur)).AttributedBy(new Linear { CutAtConversion = true }))
            .At("2026-03-01 09:00")
            .Click("p-blog", "cust-1").Outcome("sale", "cust-1").ExpectEarned("p-blog", "2.00 EUR")
            .Click("p-mail", "cust-1").Outcome("sale", "cust-1").ExpectEarned("p-mail", "2.00 EUR");

    [Fact]
    public void Clocks_that_change_do_not_stop_the_story() =>
        new ContractScenario(Contract(Pay.Fixed(2.Eur)))
            .At("2026-03-29 02:30").Click("p-blog", "cust-1")
            .At("2026-03-29 03:30").Outcome("sale", "cust-1").ExpectEarned("p-blog", "2.00 EUR");

    [Fact]
    public void Failure_shows_expected_actual_and_lines()
    {
        ContractScenario scenario = new ContractScenario(Contract(Pay.RevenueShare(12.Percent).CappedAt(20.Eur)))
            .At("2026-03-01 09:00").Click("p-blog", "cust-1").Outcome("sale", "cust-1", 200.Eur);

        ScenarioFailedException failed = FluentActions.Invoking(() => scenario.ExpectEarned("p-blog", "24.00 EUR"))
            .Should().Throw<ScenarioFailedException>().Which;

        failed.Expected.Should().Be("24.00 EUR");
        failed.Actual.Should().Be("20.00 EUR");
        failed.Message.Should().Be("""
            p-blog earns by outcome-1
              expected: 24.00 EUR
              actual:   20.00 EUR
                outcome-1: qualified
                touch-1 of p-blog: weight 1
                p-blog: revenue-share 24.00 EUR
                p-blog: cap -4.00 EUR
                p-blog: net 20.00 EUR
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_expectation_can_fail()
    {
        ContractScenario scenario = new ContractScenario(Contract(Pay.Fixed(2.Eur)))
            .At("2026-03-01 09:00").Click("p-blog", "cust-1").Outcome("sale", "cust-1");

        Action[] wrong =
        [
            () => scenario.ExpectPending("order-paid"),
            () => scenario.ExpectRejected(SettlementReasons.NoClause),
            () => scenario.ExpectStatement("2026-03", "3.00 EUR"),
            () => scenario.ExpectStatement("2026-04", "2.00 EUR"),
            () => scenario.ExpectStatement("2026-03", "p-mail", "2.00 EUR"),
            () => scenario.About("outcome-9").ExpectEarned("p-blog", "2.00 EUR"),
        ];

        wrong.Should().AllSatisfy(w => w.Should().Throw<ScenarioFailedException>());
    }

    [Fact]
    public void Story_that_cannot_be_is_an_error()
    {
        ContractScenario scenario = new(Contract(Pay.Fixed(2.Eur)));

        FluentActions.Invoking(() => scenario.Click("p-blog", "cust-1")).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => scenario.At("soon")).Should().Throw<FormatException>();
        scenario.At("2026-03-01 09:00");
        FluentActions.Invoking(() => scenario.At("2026-03-01 08:59")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(static () => new ContractScenario(Contract(Pay.Fixed(2.Eur)) with { Clauses = [] }))
            .Should().Throw<ContractInvalidException>();
    }
}
