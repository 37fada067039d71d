using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Time;

public sealed class ContractCalendarPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20_180_722, 1);

    private static readonly PeriodUnit[] Cut =
    [
        PeriodUnit.Hour, PeriodUnit.Day, PeriodUnit.Week, PeriodUnit.HalfMonth, PeriodUnit.Month, PeriodUnit.Quarter,
        PeriodUnit.Year,
    ];

    // Changes of half an hour, one and two; at night, at midnight and at 00:01; a skipped date; none at all.
    public static TheoryData<string, int> Zones => new()
    {
        { "Europe/Berlin", 2026 },
        { "America/New_York", 2026 },
        { "Australia/Lord_Howe", 2026 },
        { "Antarctica/Troll", 2026 },
        { "Africa/Cairo", 2026 },
        { "America/Havana", 2025 },
        { "America/Santiago", 2026 },
        { "Pacific/Apia", 2011 },
        { "Asia/Kolkata", 2026 },
        { "America/St_Johns", 2010 },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public void Periods_tile_a_year_without_gap_or_overlap(string zone, int year)
    {
        ContractCalendar calendar = ContractCalendar.In(zone);
        Instant from = calendar.StartOf(new(year, 1, 1));
        Instant to = calendar.StartOf(new(year + 1, 1, 1));
        foreach (PeriodUnit unit in Cut)
        {
            HashSet<string> keys = [];
            CalendarPeriod period = calendar.Containing(unit, from);
            while (period.End < to)
            {
                keys.Add(period.Key).Should().BeTrue(period.Key);
                CalendarPeriod next = calendar.Next(period);
                next.Start.Should().Be(period.End, $"{unit} after {period.Key}");
                (next.End > next.Start && next > period).Should().BeTrue($"{unit} {next.Key}");
                calendar.Containing(unit, period.End - Duration.Epsilon).Should().Be(period);
                period = next;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Dates_in_order_tile_a_year_with_the_empty_ones(string zone, int year)
    {
        ContractCalendar calendar = ContractCalendar.In(zone);
        Duration sum = Duration.Zero;
        for (LocalDate date = new(year, 1, 1); date.Year == year; date = date.PlusDays(1))
        {
            CalendarPeriod day = calendar.Day(date);
            day.End.Should().Be(calendar.Day(date.PlusDays(1)).Start);
            sum += day.Length;
        }

        sum.Should().Be(calendar.StartOf(new(year + 1, 1, 1)) - calendar.StartOf(new(year, 1, 1)));
    }

    [Fact]
    public void Every_instant_lies_in_the_period_found_for_it()
    {
        string[] zones = [.. DateTimeZoneProviders.Tzdb.Ids];
        Gen<(string Zone, PeriodUnit Unit, Instant At)> cases =
            from zone in Gen.Elements(zones)
            from unit in Gen.Elements(Cut)
            from second in Gen.Choose(-2_000_000_000, int.MaxValue)
            select (zone, unit, Instant.FromUnixTimeSeconds(second));

        Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            ContractCalendar calendar = ContractCalendar.In(c.Zone);
            CalendarPeriod period = calendar.Containing(c.Unit, c.At);
            return period.Contains(c.At)
                && calendar.Containing(c.Unit, period.Start) == period
                && calendar.Containing(c.Unit, period.End - Duration.Epsilon) == period;
        }).Check(Seeded);
    }

    [Fact]
    public void The_start_of_a_date_is_its_first_instant_in_every_zone()
    {
        string[] zones = [.. DateTimeZoneProviders.Tzdb.Ids];
        Gen<(string Zone, LocalDate Date)> cases =
            from zone in Gen.Elements(zones)
            from day in Gen.Choose(-20_000, 30_000)
            select (zone, new LocalDate(1970, 1, 1).PlusDays(day));

        Prop.ForAll(cases.ToArbitrary(), static c =>
        {
            ContractCalendar calendar = ContractCalendar.In(c.Zone);
            Instant start = calendar.StartOf(c.Date);
            return calendar.LocalOf(start).Date >= c.Date && calendar.LocalOf(start - Duration.Epsilon).Date < c.Date;
        }).Check(Seeded);
    }
}
