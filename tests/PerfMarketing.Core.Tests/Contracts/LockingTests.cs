using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts;

public sealed class LockingTests
{
    // impact: January locks when 28 February is over; "27 days after the end of the month" is the day before
    // (reference/partner-platforms.md 7, "Two clocks").
    [Theory]
    [InlineData("January, one month later", "month", 1, 0, "2026-01-15T10:00:00Z", "2026-02-28T23:00:00Z")]
    [InlineData("first instant of January", "month", 1, 0, "2025-12-31T23:00:00Z", "2026-02-28T23:00:00Z")]
    [InlineData("last instant of December", "month", 1, 0, "2025-12-31T22:59:59Z", "2026-01-31T23:00:00Z")]
    [InlineData("27 days", "month", 0, 27, "2026-01-15T10:00:00Z", "2026-02-27T23:00:00Z")]
    [InlineData("summer time begins", "month", 0, 30, "2026-02-10T10:00:00Z", "2026-03-30T22:00:00Z")]
    [InlineData("at the end of the half month", "half-month", 0, 0, "2026-03-15T10:00:00Z", "2026-03-15T23:00:00Z")]
    [InlineData("week", "week", 0, 3, "2026-03-03T10:00:00Z", "2026-03-11T23:00:00Z")]
    public void Earning_is_payable_after_its_period(
        string why, string per, int months, int days, string occurred, string payable)
    {
        Locking locking = new(
            Enum.GetValues<PeriodUnit>().Single(u => EnumText.Of(u) == per), months, days);

        locking.EndOf(Sample.At(occurred), ContractCalendar.In("Europe/Berlin"))
            .Should().Be(Sample.At(payable), why);
    }

    [Fact]
    public void Last_year_that_has_periods_locks_too() =>
        new Locking(PeriodUnit.Year, 120, 3_650).EndOf(Sample.At("8999-06-01T00:00:00Z"), ContractCalendar.Utc)
            .Should().BeGreaterThan(ContractCalendar.Latest);

    [Fact]
    public void Later_of_hold_and_locking_counts()
    {
        Clause clause = Draft(c => c.LockedAfter(months: 1).HeldFor(Duration.FromDays(45))).Build().Clauses[0];

        clause.PayableAt(Sample.At("2026-01-02T10:00:00Z")).Should().Be(Sample.At("2026-02-28T23:00:00Z"));
        clause.PayableAt(Sample.At("2026-01-31T10:00:00Z")).Should().Be(Sample.At("2026-03-17T10:00:00Z"));
    }

    [Fact]
    public void Earning_of_a_locked_clause_waits()
    {
        var run = Sample.Run(
            Sample.Contract(Pay.Fixed(10.Eur), c => c.LockedAfter(months: 1)).ToCampaign(),
            Sample.Touch("p-blog", "2026-01-01T09:00:00Z"));

        run.Process(Sample.Of(Sample.Sale("o1", "2026-01-03T09:00:00Z", 100.Eur)));

        run.Entries.Should().ContainSingle().Which.PayableAt.Should().Be(Sample.At("2026-02-28T23:00:00Z"));
    }

    [Fact]
    public void Locking_survives_json_and_is_checked()
    {
        ContractDraft draft = Draft(c => c.LockedAfter(1, 3, PeriodUnit.Quarter));

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        foreach (Locking wrong in new Locking[] { new(PeriodUnit.Hour, 1, 1), new(PeriodUnit.Month, -1, 0),
            new(PeriodUnit.Month, 0, 3_651), new(PeriodUnit.Lifetime, 0, 0) })
        {
            Draft(c => c with { Locking = wrong }).Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}")
                .Should().Equal("Clauses[0].Locking contract.locking-out-of-range");
        }
    }

    private static ContractDraft Draft(Func<ClauseDraft, ClauseDraft> terms) =>
        Sample.Contract(Pay.Fixed(1.Eur), terms);
}
