using NodaTime;
using NodaTime.Text;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Payouts.Models;

public sealed class DripTests
{
    private static readonly ContractCalendar Berlin = ContractCalendar.In("Europe/Berlin");

    [Fact]
    public void Amount_is_earned_whole() =>
        Pay.Fixed(10.Eur).DrippedOver(12).Compute(new(0.Eur)).Explain().Should()
            .Be("fixed 10.00 EUR\ntotal 10.00 EUR");

    [Theory]
    [InlineData("10.00 EUR", 12, "4 x 0.84 EUR, 8 x 0.83 EUR")]
    [InlineData("0.10 EUR", 12, "10 x 0.01 EUR, 2 x 0.00 EUR")]
    [InlineData("9.00 EUR", 1, "1 x 9.00 EUR")]
    [InlineData("0.00 EUR", 2, "2 x 0.00 EUR")]
    public void Parts_are_whole_minor_units_that_sum_to_the_amount(string amount, int instalments, string expected)
    {
        ValueList<Instalment> parts = Schedule(amount, instalments, PeriodUnit.Month, 0, "2026-01-15T09:00:00Z");

        string.Join(", ", parts.GroupBy(static p => p.Amount).Select(static g => $"{g.Count()} x {g.Key}"))
            .Should().Be(expected);
        parts.Aggregate(0m, static (sum, p) => sum + p.Amount.Amount).Should().Be(Money.Parse(amount).Amount);
    }

    [Theory]
    [InlineData("a month's last day is not carried on", PeriodUnit.Month, 0, "2026-01-31T09:00:00Z",
        "2026-01-31T09:00:00Z 2026-02-28T09:00:00Z 2026-03-31T08:00:00Z")]
    [InlineData("delayed by one period", PeriodUnit.Month, 1, "2026-01-15T09:00:00Z",
        "2026-02-15T09:00:00Z 2026-03-15T09:00:00Z 2026-04-15T08:00:00Z")]
    [InlineData("a quarter is three months", PeriodUnit.Quarter, 0, "2026-11-30T09:00:00Z",
        "2026-11-30T09:00:00Z 2027-02-28T09:00:00Z 2027-05-30T08:00:00Z")]
    [InlineData("leap day", PeriodUnit.Year, 0, "2028-02-29T09:00:00Z",
        "2028-02-29T09:00:00Z 2029-02-28T09:00:00Z 2030-02-28T09:00:00Z")]
    [InlineData("the local time stays through a change of clocks", PeriodUnit.Week, 0, "2026-03-22T09:00:00Z",
        "2026-03-22T09:00:00Z 2026-03-29T08:00:00Z 2026-04-05T08:00:00Z")]
    [InlineData("a time that clocks skip is moved on", PeriodUnit.Day, 0, "2026-03-28T01:30:00Z",
        "2026-03-28T01:30:00Z 2026-03-29T01:30:00Z 2026-03-30T00:30:00Z")]
    public void Parts_are_payable_at_the_same_local_time(
        string because, PeriodUnit every, int delay, string payableAt, string expected)
    {
        ValueList<Instalment> parts = Schedule("3.00 EUR", 3, every, delay, payableAt);

        string.Join(' ', parts.Select(static p => InstantPattern.ExtendedIso.Format(p.PayableAt)))
            .Should().Be(expected, because);
    }

    [Fact]
    public void Clause_without_instalments_has_no_schedule()
    {
        Contract contract = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p1")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.Fixed(1.Eur))
            .Pays("subscription-start", Pay.Fixed(12.Eur).DrippedOver(12))
            .Build();

        contract.Clauses[0].InstalmentsOf(12.Eur, Instant.FromUtc(2026, 1, 1, 0, 0)).Should().BeEmpty();
        contract.Clauses[1].InstalmentsOf(12.Eur, Instant.FromUtc(2026, 1, 1, 0, 0)).Should().HaveCount(12);
    }

    private static ValueList<Instalment> Schedule(
        string amount, int instalments, PeriodUnit every, int delay, string payableAt) =>
        new Drip(Pay.Fixed(1.Eur), instalments, every, delay)
            .Schedule(Money.Parse(amount), InstantPattern.ExtendedIso.Parse(payableAt).Value, Berlin);
}
