using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/time.md.</summary>
public sealed class TimeSnippets
{
    [Fact]
    public void Cut_time_into_periods()
    {
        #region calendar
        ContractCalendar berlin = ContractCalendar.In("Europe/Berlin");
        Instant at = Instant.FromUtc(2026, 10, 25, 12, 0);

        CalendarPeriod day = berlin.Containing(PeriodUnit.Day, at);        // 2026-10-25, 25 hours
        CalendarPeriod month = berlin.Month(new YearMonth(2026, 10));      // 2026-10, 745 hours
        CalendarPeriod week = berlin.Rolling(7, at);                       // 2026-10-19/P7D
        CalendarPeriod flight = berlin.Flight(DateRange.Parse("2026-10-01/2027-01-01"));

        bool inside = month.Contains(at);                                  // only compares: keep and ask it often
        #endregion

        (day.Key, day.Length).Should().Be(("2026-10-25", Duration.FromHours(25)));
        (month.Key, month.Length).Should().Be(("2026-10", Duration.FromHours(745)));
        week.Key.Should().Be("2026-10-19/P7D");
        flight.Key.Should().Be("2026-10-01/2027-01-01");
        inside.Should().BeTrue();
    }

    [Fact]
    public void Pace_by_real_time()
    {
        #region elapsed
        CalendarPeriod day = ContractCalendar.In("America/New_York").Day(new LocalDate(2026, 3, 8));
        Ratio elapsed = day.Elapsed(Instant.FromUtc(2026, 3, 8, 16, 0));   // local noon of a day of 23 hours
        Money planned = new Accrual(240m, Currency.Eur).Share(elapsed).Round();
        #endregion

        elapsed.Should().Be(new Ratio(11, 23));
        planned.ToString().Should().Be("114.78 EUR");
    }

    [Fact]
    public void Prorate_a_period()
    {
        #region proration
        DateRange cycle = Proration.CycleOf(new LocalDate(2023, 6, 1), cycleDay: 23);
        DateRange used = new(new LocalDate(2023, 5, 23), new LocalDate(2023, 6, 15));

        Ratio actual = Proration.Share(used, cycle);
        Ratio fixed30 = Proration.Share(used, cycle, ProrationConvention.Fixed30);
        #endregion

        cycle.ToString().Should().Be("2023-05-23/2023-06-23");
        actual.Should().Be(new Ratio(23, 31));
        fixed30.Should().Be(new Ratio(22, 30));
    }
}
