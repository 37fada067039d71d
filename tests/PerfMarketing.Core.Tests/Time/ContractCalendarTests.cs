using NodaTime;
using NodaTime.Text;
using PerfMarketing.Time;
using Unit = PerfMarketing.Time.PeriodUnit;

namespace PerfMarketing.Tests.Time;

public sealed class ContractCalendarTests
{
    // Source: cases/budget-and-experiment-cases.json, area local-days; without an id: reference/budgets-and-pacing.md
    // (Havana a year earlier: newer zone data keeps Cuba on summer time in the winter of 2026).
    public static TheoryData<string, string, string, string, string> Days => new()
    {
        { "local-days-1", "America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z" },
        { "25 hours", "America/New_York", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z" },
        { "local-days-3", "Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z" },
        { "25 hours", "Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z" },
        { "local-days-5", "Europe/Kyiv", "2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z" },
        { "24.5 hours", "Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z" },
        { "local-days-7", "Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z" },
        { "22 hours", "Antarctica/Troll", "2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T22:00:00Z" },
        { "local-days-9", "Antarctica/Troll", "2026-10-25", "2026-10-24T22:00:00Z", "2026-10-26T00:00:00Z" },
        { "starts at 01:00", "Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z" },
        { "local-days-11", "Africa/Cairo", "2026-10-29", "2026-10-28T21:00:00Z", "2026-10-29T22:00:00Z" },
        { "local-days-13", "America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z" },
        { "two midnights", "America/Havana", "2025-11-02", "2025-11-02T04:00:00Z", "2025-11-03T05:00:00Z" },
        { "local-days-15", "Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z" },
        { "25 hours", "Asia/Beirut", "2026-10-24", "2026-10-23T21:00:00Z", "2026-10-24T22:00:00Z" },
        { "local-days-17", "America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z" },
        { "25 hours", "America/Santiago", "2026-04-04", "2026-04-04T03:00:00Z", "2026-04-05T04:00:00Z" },
        { "no midnight", "America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z" },
        { "local-days-19", "Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z" },
        { "skipped date", "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z" },
        { "local-days-21", "Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z" },
        { "local-days-23", "Asia/Kolkata", "2026-03-08", "2026-03-07T18:30:00Z", "2026-03-08T18:30:00Z" },
    };

    // Source: cases/budget-and-experiment-cases.json, area local-months; one without an id: its reference page.
    public static TheoryData<string, string, string, string, string, int> Months => new()
    {
        { "local-months-1", "America/New_York", "2026-03", "2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z", 743 },
        { "autumn", "America/New_York", "2026-11", "2026-11-01T04:00:00Z", "2026-12-01T05:00:00Z", 721 },
        { "local-months-3", "Europe/Berlin", "2026-10", "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z", 745 },
        { "local-months-5", "Africa/Cairo", "2026-04", "2026-03-31T22:00:00Z", "2026-04-30T21:00:00Z", 719 },
    };

    public static TheoryData<Unit, string, string, string, string> Units => new()
    {
        { Unit.Hour, "2026-03-09T13:45:00Z", "2026-03-09T13:00:00Z", "2026-03-09T14:00:00Z", "2026-03-09T13:00:00Z" },
        { Unit.Day, "2026-03-09T13:45:00Z", "2026-03-08T23:00:00Z", "2026-03-09T23:00:00Z", "2026-03-09" },
        { Unit.Day, "2026-03-09T23:00:00Z", "2026-03-09T23:00:00Z", "2026-03-10T23:00:00Z", "2026-03-10" },
        { Unit.Week, "2026-03-09T13:45:00Z", "2026-03-08T23:00:00Z", "2026-03-15T23:00:00Z", "2026-W11" },
        { Unit.Week, "2027-01-03T12:00:00Z", "2026-12-27T23:00:00Z", "2027-01-03T23:00:00Z", "2026-W53" },
        { Unit.HalfMonth, "2026-03-15T22:59:59Z", "2026-02-28T23:00:00Z", "2026-03-15T23:00:00Z", "2026-03-a" },
        { Unit.HalfMonth, "2026-03-15T23:00:00Z", "2026-03-15T23:00:00Z", "2026-03-31T22:00:00Z", "2026-03-b" },
        { Unit.Month, "2026-03-31T21:59:59Z", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", "2026-03" },
        { Unit.Month, "2026-12-31T23:00:00Z", "2026-12-31T23:00:00Z", "2027-01-31T23:00:00Z", "2027-01" },
        { Unit.Quarter, "2026-03-31T21:59:59Z", "2025-12-31T23:00:00Z", "2026-03-31T22:00:00Z", "2026-Q1" },
        { Unit.Year, "2026-12-31T22:59:59Z", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z", "2026" },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void A_date_starts_at_its_first_instant(string id, string zone, string date, string start, string end)
    {
        CalendarPeriod day = ContractCalendar.In(zone).Day(Date(date));

        day.Start.Should().Be(At(start), id);
        day.End.Should().Be(At(end), id);
        day.Key.Should().Be(date, id);
        day.Contains(day.Start).Should().Be(day.Start < day.End, id);
        day.Contains(day.End).Should().BeFalse(id);
    }

    [Theory]
    [MemberData(nameof(Months))]
    public void A_month_has_the_hours_its_clocks_give_it(
        string id, string zone, string month, string start, string end, int hours)
    {
        CalendarPeriod period = ContractCalendar.In(zone).Month(YearMonthPattern.Iso.Parse(month).Value);

        period.Start.Should().Be(At(start), id);
        period.End.Should().Be(At(end), id);
        period.Length.Should().Be(Duration.FromHours(hours), id);
        period.Key.Should().Be(month, id);
        ContractCalendar.In(zone).Containing(PeriodUnit.Month, At(end) - Duration.Epsilon).Should().Be(period, id);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Each_unit_has_its_bounds_and_its_key(Unit unit, string at, string start, string end, string key)
    {
        CalendarPeriod period = ContractCalendar.In("Europe/Berlin").Containing(unit, At(at));

        period.Start.Should().Be(At(start));
        period.End.Should().Be(At(end));
        period.Key.Should().Be(key);
        period.Unit.Should().Be(unit);
        period.Contains(At(at)).Should().BeTrue();
    }

    [Fact]
    public void The_end_of_a_date_that_is_shown_twice_lies_in_the_new_date()
    {
        // Clocks went back from 00:01 to 23:01 of the day before.
        ContractCalendar calendar = ContractCalendar.In("America/St_Johns");
        Instant secondShowing = At("2010-11-07T03:00:00Z");

        calendar.LocalOf(secondShowing).Should().Be(new LocalDateTime(2010, 11, 6, 23, 30));
        calendar.DateOf(secondShowing).Should().Be(new LocalDate(2010, 11, 7));
        calendar.Containing(PeriodUnit.Day, secondShowing).Should().Be(calendar.Day(new(2010, 11, 7)));
    }

    [Fact]
    public void Following_days_pass_over_a_date_that_never_was()
    {
        ContractCalendar apia = ContractCalendar.In("Pacific/Apia");

        apia.Next(apia.Day(new(2011, 12, 29))).Key.Should().Be("2011-12-31");
        apia.Day(new(2011, 12, 30)).Length.Should().Be(Duration.Zero);
        apia.Containing(PeriodUnit.Week, At("2011-12-30T10:00:00Z")).Length.Should().Be(Duration.FromDays(6));
    }

    [Fact]
    public void Hours_follow_the_local_clock_and_its_half_hour_changes()
    {
        ContractCalendar calendar = ContractCalendar.In("Australia/Lord_Howe");

        calendar.Containing(PeriodUnit.Hour, At("2026-04-04T14:59:00Z")).Start.Should().Be(At("2026-04-04T14:00:00Z"));
        CalendarPeriod doubled = calendar.Containing(PeriodUnit.Hour, At("2026-04-04T15:01:00Z"));
        doubled.Start.Should().Be(At("2026-04-04T15:00:00Z"));
        doubled.Length.Should().Be(Duration.FromMinutes(30));
        ContractCalendar.In("Asia/Kolkata").Containing(PeriodUnit.Hour, At("2026-03-08T18:29:00Z"))
            .Start.Should().Be(At("2026-03-08T17:30:00Z"));
    }

    [Fact]
    public void Rolling_days_end_with_the_date_of_the_instant()
    {
        ContractCalendar berlin = ContractCalendar.In("Europe/Berlin");
        CalendarPeriod week = berlin.Rolling(7, At("2026-03-29T12:00:00Z"));

        week.Start.Should().Be(At("2026-03-22T23:00:00Z"));
        week.End.Should().Be(At("2026-03-29T22:00:00Z"));
        week.Key.Should().Be("2026-03-23/P7D");
        berlin.Next(week).Key.Should().Be("2026-03-24/P7D");
    }

    [Fact]
    public void A_flight_lasts_from_its_first_date_to_its_end_or_for_ever()
    {
        ContractCalendar berlin = ContractCalendar.In("Europe/Berlin");
        CalendarPeriod march = berlin.Flight(new(new(2026, 3, 1), new LocalDate(2026, 4, 1)));
        CalendarPeriod open = berlin.Flight(new(new(2026, 3, 1)));

        march.Should().NotBe(berlin.Month(new(2026, 3)));
        (march.Start, march.End).Should().Be((berlin.Month(new(2026, 3)).Start, berlin.Month(new(2026, 3)).End));
        march.Key.Should().Be("2026-03-01/2026-04-01");
        open.Key.Should().Be("2026-03-01/..");
        open.Contains(At("9999-01-01T00:00:00Z")).Should().BeTrue();
        open.Contains(march.Start - Duration.Epsilon).Should().BeFalse();
        FluentActions.Invoking(() => open.Length).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void A_lifetime_is_all_of_time_and_nothing_follows_it()
    {
        ContractCalendar.Utc.Containing(PeriodUnit.Lifetime, At("2026-01-01T00:00:00Z"))
            .Should().Be(CalendarPeriod.Lifetime);
        CalendarPeriod.Lifetime.Key.Should().Be("lifetime");
        CalendarPeriod.Lifetime.Contains(Instant.MinValue).Should().BeTrue();
        FluentActions.Invoking(() => ContractCalendar.Utc.Next(CalendarPeriod.Lifetime))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(PeriodUnit.Flight)]
    [InlineData(PeriodUnit.Rolling)]
    [InlineData((PeriodUnit)99)]
    public void Units_that_need_more_than_an_instant_are_refused(PeriodUnit unit) =>
        FluentActions.Invoking(() => ContractCalendar.Utc.Containing(unit, default))
            .Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Instants_at_the_ends_of_time_are_refused_and_all_others_are_cut()
    {
        string[] zones = ["Pacific/Kiritimati", "Pacific/Niue", "Europe/Berlin"];
        foreach (ContractCalendar calendar in zones.Select(ContractCalendar.In))
        {
            foreach (Instant at in new[] { ContractCalendar.Earliest, ContractCalendar.Latest - Duration.Epsilon })
            {
                calendar.Containing(Unit.Year, at).Contains(at).Should().BeTrue();
                calendar.Rolling(ContractCalendar.RollingDaysMax, at).Contains(at).Should().BeTrue();
            }

            foreach (Instant at in new[] { Instant.MinValue, ContractCalendar.Latest, Instant.MaxValue })
            {
                ContractCalendar.Covers(at).Should().BeFalse();
                FluentActions.Invoking(() => calendar.Containing(Unit.Day, at))
                    .Should().Throw<ArgumentOutOfRangeException>();
                FluentActions.Invoking(() => calendar.DateOf(at)).Should().Throw<ArgumentOutOfRangeException>();
            }

            calendar.Flight(DateRange.Parse("1000-01-01/9000-01-01")).Length.Should().BeGreaterThan(Duration.Zero);
        }
    }

    [Fact]
    public void Before_the_first_change_of_clocks_days_are_cut_by_local_mean_time() =>
        ContractCalendar.In("Europe/Berlin").Day(new(1800, 1, 1)).Length.Should().Be(Duration.FromHours(24));

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
