using NodaTime;
using NodaTime.Text;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Time;

public sealed class CalendarPeriodTests
{
    // Source: cases/budget-and-experiment-cases.json, area even-pace-dst; reference/budgets-and-pacing.md §8.
    public static TheoryData<string, string, string, Ratio, string> Pace => new()
    {
        { "even-pace-dst-1", "2026-03-08", "2026-03-08T16:00:00Z", new(11, 23), "114.78 EUR" },
        { "25 hours", "2026-11-01", "2026-11-01T17:00:00Z", new(13, 25), "124.80 EUR" },
        { "24 hours", "2026-07-01", "2026-07-01T16:00:00Z", new(1, 2), "120.00 EUR" },
    };

    [Theory]
    [MemberData(nameof(Pace))]
    public void Even_pace_goes_by_real_time(string id, string date, string at, Ratio elapsed, string target)
    {
        CalendarPeriod day = ContractCalendar.In("America/New_York").Day(LocalDatePattern.Iso.Parse(date).Value);
        Ratio found = day.Elapsed(InstantPattern.ExtendedIso.Parse(at).Value);

        found.Should().Be(elapsed, id);
        new Accrual(240m, Currency.Eur).Share(found).Round().ToString().Should().Be(target, id);
    }

    [Fact]
    public void Elapsed_time_stays_between_nothing_and_the_whole()
    {
        CalendarPeriod day = ContractCalendar.Utc.Day(new(2026, 3, 8));

        day.Elapsed(day.Start - Duration.FromHours(1)).Should().Be(Ratio.Zero);
        day.Elapsed(day.Start).Should().Be(Ratio.Zero);
        day.Elapsed(day.End).Should().Be(Ratio.One);
        day.Elapsed(day.End + Duration.FromHours(1)).Should().Be(Ratio.One);
        FluentActions.Invoking(() => CalendarPeriod.Lifetime.Elapsed(day.Start))
            .Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void The_default_is_empty()
    {
        CalendarPeriod none = default;

        none.Contains(none.Start).Should().BeFalse();
        none.Length.Should().Be(Duration.Zero);
        none.Elapsed(none.Start).Should().Be(Ratio.One);
    }

    [Fact]
    public void Periods_sort_by_start_then_end()
    {
        ContractCalendar utc = ContractCalendar.Utc;
        CalendarPeriod day = utc.Day(new(2026, 3, 1));
        CalendarPeriod month = utc.Month(new(2026, 3));

        (day < month && day <= month && month > day && month >= day).Should().BeTrue();
        (utc.Day(new(2026, 2, 28)) < day).Should().BeTrue();
    }
}
