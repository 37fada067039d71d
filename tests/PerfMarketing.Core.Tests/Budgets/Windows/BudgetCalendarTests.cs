using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Primitives;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Budgets.Windows.WindowSamples;

namespace PerfMarketing.Tests.Budgets.Windows;

public sealed class BudgetCalendarTests
{
    [Theory]
    [InlineData("Europe/Berlin", "America/New_York", "2026-11-23T23:00", "2026-11-25T05:00", 30)]
    [InlineData("America/New_York", "Europe/Berlin", "2026-11-24T05:00", "2026-11-24T23:00", 18)]
    [InlineData("Pacific/Auckland", "Pacific/Honolulu", "2026-11-23T11:00", "2026-11-25T10:00", 47)]
    public void The_day_of_a_change_of_zone_is_one_longer_or_shorter_day(
        string old, string zone, string start, string end, int hours)
    {
        ZoneChange change = new(At("2026-11-24T10:30"), zone);
        BudgetWindows windows = new(new(PeriodUnit.Day) { Zone = old, ZoneChanges = [change] });

        BudgetWindow day = windows.At(change.At)!.Value;

        day.Should().Be(new BudgetWindow("2026-11-24", At(start), At(end)));
        (day.End - day.Start).Should().Be(Duration.FromHours(hours));
        windows.At(day.Start).Should().Be(day);
        windows.At(day.End)!.Value.Start.Should().Be(day.End, "the next day follows without a gap");
        windows.At(day.Start - Duration.FromNanoseconds(1))!.Value.End.Should().Be(day.Start);
    }

    [Fact]
    public void What_is_over_stays_in_its_window_and_a_date_that_is_reached_already_is_left_out()
    {
        // On Monday 20:00 in Honolulu it is Tuesday 20:00 in Auckland: Monday lasts until Auckland's Wednesday.
        ZoneChange change = new(At("2026-11-24T06:00"), "Pacific/Auckland");
        BudgetWindowTerms terms = new(PeriodUnit.Month)
        {
            Zone = "Pacific/Honolulu", ZoneChanges = [change], Days = new() { IsAverage = true },
        };
        BudgetWindows windows = new(terms);

        windows.At(change.At).Should().Be(
            new BudgetWindow("2026-11-23", At("2026-11-23T10:00"), At("2026-11-24T11:00")));
        windows.Calendar.DateOf(At("2026-11-24T11:00")).Should().Be(new LocalDate(2026, 11, 25));
        windows.Calendar.StartOf(new(2026, 11, 24)).Should().Be(At("2026-11-24T11:00"), "the 24th has no length");
        BudgetWindows before = new(terms with { ZoneChanges = [] });
        Instant closed = At("2026-11-20T12:00");
        windows.At(closed).Should().Be(before.At(closed));
        windows.LimitAt(At("2026-11-24T11:00"), new(100), WindowUses.None).Base.Should().Be(200, "its share goes on");
        windows.LimitAt(closed, new(100), WindowUses.None).WholeLimit.Should().Be(3_000, "November keeps its 30 days");
    }

    [Fact]
    public void Months_end_with_their_last_date_in_the_zone_of_then()
    {
        ZoneChange change = new(At("2026-11-15T12:00"), "America/New_York");
        BudgetWindows months = new(new(PeriodUnit.Month) { Zone = "Europe/Berlin", ZoneChanges = [change] });

        months.At(change.At).Should().Be(new BudgetWindow("2026-11", At("2026-10-31T23:00"), At("2026-12-01T05:00")));
        months.At(At("2026-12-01T05:00"))!.Value.Key.Should().Be("2026-12");
    }

    [Fact]
    public void An_hour_that_a_change_cuts_goes_on_to_the_end_of_the_next()
    {
        ZoneChange change = new(At("2026-11-24T10:15"), "Asia/Kolkata");
        BudgetWindows hours = new(new(PeriodUnit.Hour) { ZoneChanges = [change] });

        hours.At(At("2026-11-24T10:10")).Should().Be(hours.At(At("2026-11-24T10:20")));
        BudgetWindow cut = hours.At(change.At)!.Value;
        (cut.Start, cut.End).Should().Be((At("2026-11-24T10:00"), At("2026-11-24T10:30")));
        hours.At(At("2026-11-24T10:30"))!.Value.End.Should().Be(At("2026-11-24T11:30"));
    }

    [Fact]
    public void Unknown_zones_and_changes_out_of_order_are_refused()
    {
        FluentActions.Invoking(static () => new BudgetCalendar("Mars/Olympus")).Should().Throw<ArgumentException>();
        ValueList<ZoneChange> unordered = [new(On(2026, 1, 2), "Europe/Berlin"), new(On(2026, 1, 1), "Etc/UTC")];
        FluentActions.Invoking(() => new BudgetCalendar("Etc/UTC", unordered)).Should().Throw<ArgumentException>();
    }
}
