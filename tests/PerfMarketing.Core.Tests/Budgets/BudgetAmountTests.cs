using PerfMarketing.Budgets;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets;

public sealed class BudgetAmountTests
{
    [Fact]
    public void Shares_of_an_outcome_add_up_to_it()
    {
        for (int parts = 1; parts <= 16; parts++)
        {
            BudgetAmount sum = Enumerable.Repeat(BudgetAmount.Outcomes(1m / parts), parts)
                .Aggregate(static (left, right) => left + right);
            sum.Should().Be(BudgetAmount.Outcomes(1));
        }

        (BudgetAmount.Outcomes(0.333m) + BudgetAmount.Outcomes(0.667m)).Count.Should().Be(1);
    }

    [Fact]
    public void Text_is_that_of_the_money_or_the_number()
    {
        ((BudgetAmount)4.50m.Eur).ToString().Should().Be("4.50 EUR");
        BudgetAmount.Outcomes(1.4m).ToString().Should().Be("1.4");
        BudgetAmount.Outcomes(500).ToString().Should().Be("500");
        (BudgetAmount.Outcomes(1m / 3).Count, BudgetAmount.Outcomes(1).Amount).Should().Be((0.333333333333m, null));
    }

    [Fact]
    public void Outcomes_and_money_never_mix()
    {
        BudgetAmount outcomes = BudgetAmount.Outcomes(1);
        BudgetAmount euros = 1.Eur;

        FluentActions.Invoking(() => outcomes + euros).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => outcomes < euros).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => euros - (BudgetAmount)Money.Of(1, Currency.Usd))
            .Should().Throw<CurrencyMismatchException>();
        (outcomes == euros).Should().BeFalse();
        FluentActions.Invoking(static () => BudgetAmount.Outcomes(BudgetAmount.CountMax + 1))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Terms_of_a_budget_of_outcomes_come_back()
    {
        Budget budget = new(new("leads"), BudgetAmount.Outcomes(500), PeriodUnit.Month)
        {
            Credit = TallyCredit.Involved,
            Tolerance = 5.Percent,
            Changes = [new(Settlement.Sample.At("2026-03-10T00:00:00Z"), BudgetAmount.Outcomes(600.5m))],
            Since = Settlement.Sample.At("2026-03-01T00:00:00Z"),
            UsedBefore = BudgetAmount.Outcomes(12),
        };

        TermNode node = TermNode.Of(budget);
        TermFailures failures = [];

        TermReader.Read(node, failures, Budget.Read).Should().Be(budget);
        failures.Should().BeEmpty();
        (node.Find("count")!.Text, node.Find("limit"), node.Find("countBefore")!.Text, node.Find("credit")!.Text)
            .Should().Be(("500", null, "12", "involved"));
        new BudgetValidator().Validate(budget).IsValid.Should().BeTrue();
        budget.Ceiling.Should().Be(BudgetAmount.Outcomes(525));
        (budget with { Limit = BudgetAmount.Outcomes(10) }).Ceiling.Should().Be(
            BudgetAmount.Outcomes(10), "a part of an outcome is none");
    }

    [Fact]
    public void What_makes_no_sense_of_outcomes_is_refused()
    {
        Budget leads = new(new("leads"), BudgetAmount.Outcomes(5), PeriodUnit.Month);

        Codes(leads with { OnExceeded = LimitOverflow.PayRemainder }).Should()
            .Equal(BudgetCodes.OverflowContradicts);
        Codes(leads with { Credit = (TallyCredit)9 }).Should().Equal(BudgetCodes.CreditInvalid);
        Codes(leads with { Limit = 5.Eur, Credit = TallyCredit.Involved }).Should().Equal(BudgetCodes.CreditInvalid);
        Codes(leads with { Limit = default }).Should().Equal(BudgetCodes.LimitNotPositive);
        Codes(leads with { Changes = [new(Settlement.Sample.At("2026-03-10T00:00:00Z"), 6.Eur)] })
            .Should().Equal(BudgetCodes.ChangesInvalid);
        Read("""{ "id": "b", "per": "day", "count": 5, "limit": "5.00 EUR" }""").Should()
            .Equal(BudgetCodes.MeasureTwice);
        Read("""{ "id": "b", "per": "day", "count": 1000000001 }""").Should().Equal(BudgetCodes.CountOutOfRange);
    }

    private static string[] Codes(Budget budget) =>
        [.. new BudgetValidator().Validate(budget).Errors.Select(static e => e.ErrorCode)];

    private static string[] Read(string json)
    {
        TermFailures failures = [];
        _ = TermJson.TryParse(json, Budget.Read, failures, out _);
        return [.. failures.Select(static f => f.Code)];
    }
}
