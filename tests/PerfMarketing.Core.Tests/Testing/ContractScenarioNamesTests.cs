using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Testing;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Testing;

/// <summary>A name that is written wrongly never passes as <c>nothing</c>, and what fails is explained.</summary>
public sealed class ContractScenarioNamesTests
{
    [Fact]
    public void Outcome_that_there_is_not_fails_by_its_name()
    {
        Action[] wrong =
        [
            static () => Sold().About("outcome-9").ExpectEarned("p-blog", "nothing"),
            static () => Sold().About("outcome-9").ExpectCredit("p-blog", "nothing"),
            static () => Sold().About("outcome-9").ExpectLines("p-blog"),
        ];

        wrong.Should().AllSatisfy(static w => w.Should().Throw<ScenarioFailedException>()
            .WithMessage("*there is no outcome 'outcome-9'*outcome-1: qualified*"));
    }

    [Fact]
    public void Partner_whom_nobody_names_is_an_error()
    {
        Action<ContractScenario>[] wrong =
        [
            static s => s.ExpectEarned("p-blgo", "nothing"),
            static s => s.ExpectCredit("p-blgo", "nothing"),
            static s => s.ExpectLines("p-blgo"),
            static s => s.ExpectStatement("2026-03", "p-blgo", "nothing"),
            static s => s.ExpectPayable("2026-03", "p-blgo", "nothing"),
            static s => s.ExpectTraffic("p-blgo", "nothing"),
            static s => s.ExpectTraffic("2026-03", "p-blgo", "nothing"),
            static s => s.ExpectRemitted("p-blgo", "nothing"),
            static s => s.Remitted("p-blgo"),
            static s => s.CameBack("p-blgo"),
            static s => s.PaidBack("2026-03", "p-blgo", 1.Eur),
        ];

        wrong.Should().AllSatisfy(static w => Sold().Invoking(w)
            .Should().Throw<ArgumentException>().WithMessage("*'p-blgo'*"));
    }

    [Theory]
    [InlineData("March")]
    [InlineData("2026-3")]
    [InlineData("2026-13")]
    [InlineData("2026-Q1")]
    [InlineData("2026")]
    [InlineData("")]
    public void Month_that_no_contract_has_is_an_error(string month)
    {
        Action[] wrong =
        [
            () => Sold().ExpectStatement(month, "nothing"),
            () => Sold().ExpectStatement(month, "p-mail", "nothing"),
            () => Sold().ExpectPayable(month, "p-mail", "nothing"),
            () => Sold().PaidBack(month, "p-mail", 1.Eur),
            () => Sold().ExpectTraffic(month, "p-mail", "nothing"),
        ];

        wrong.Should().AllSatisfy(w => w.Should().Throw<ArgumentException>().WithMessage($"*'{month}'*2026-03*"));
    }

    [Fact]
    public void Names_that_there_are_pass_as_nothing() => Sold()
        .ExpectEarned("p-mail", "nothing").ExpectCredit("p-mail", "nothing").ExpectRemitted("p-mail", "nothing")
        .ExpectStatement("2026-05", "nothing").ExpectStatement("2025-12", "p-mail", "nothing");

    [Fact]
    public void Weeks_are_periods_where_contracts_settle_by_week() =>
        new ContractScenario(Contract(Pay.Fixed(2.Eur)).SettledBy(new() { Per = PeriodUnit.Week }))
            .At("2026-03-01 09:00").Click("p-blog", "cust-1").Outcome("sale", "cust-1")
            .ExpectStatement("2026-W09", "2.00 EUR").ExpectStatement("2026-W53", "nothing")
            .Invoking(static s => s.ExpectStatement("2026-03", "nothing")).Should().Throw<ArgumentException>();

    [Fact]
    public void What_came_to_nothing_is_explained()
    {
        Action<ContractScenario>[] wrong =
        [
            static s => s.ExpectStatement("2026-04", "1.00 EUR"),
            static s => s.ExpectPayable("2026-04", "p-blog", "1.00 EUR"),
            static s => s.ExpectRemitted("p-blog", "1.00 EUR"),
            static s => s.ExpectTraffic("2026-04", "p-blog", "1 gross"),
            static s => s.ExpectTraffic("p-mail", "1 gross"),
        ];

        wrong.Should().AllSatisfy(static w => Sold().Invoking(w).Should().Throw<ScenarioFailedException>()
            .WithMessage("*expected: 1*actual:   nothing*outcome-1: qualified*"));
    }

    private static ContractScenario Sold() => new ContractScenario(
        Contract(Pay.Fixed(2.Eur)).AttributedBy(new LastTouch()))
        .At("2026-03-01 09:00").Click("p-blog", "cust-1").Outcome("sale", "cust-1");
}
