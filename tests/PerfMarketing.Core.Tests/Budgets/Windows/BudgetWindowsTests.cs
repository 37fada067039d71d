using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Primitives;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Budgets.Windows.WindowSamples;

namespace PerfMarketing.Tests.Budgets.Windows;

public sealed class BudgetWindowsTests
{
    [Theory]
    [InlineData(PeriodUnit.Hour, "2026-11-24T09:00:00Z", "2026-11-24T09:00", "2026-11-24T10:00")]
    [InlineData(PeriodUnit.Day, "2026-11-24", "2026-11-23T23:00", "2026-11-24T23:00")]
    [InlineData(PeriodUnit.Week, "2026-W48", "2026-11-22T23:00", "2026-11-29T23:00")]
    [InlineData(PeriodUnit.Month, "2026-11", "2026-10-31T23:00", "2026-11-30T23:00")]
    [InlineData(PeriodUnit.Quarter, "2026-Q4", "2026-09-30T22:00", "2026-12-31T23:00")]
    public void An_instant_lies_in_a_window_of_the_money_zone(PeriodUnit per, string key, string start, string end)
    {
        BudgetWindows windows = new(new(per) { Zone = "Europe/Berlin" });

        windows.At(At("2026-11-24T09:30")).Should().Be(new BudgetWindow(key, At(start), At(end)));
        windows.WholeAt(At("2026-11-24T09:30")).Should().Be(windows.At(At("2026-11-24T09:30")));
    }

    [Fact]
    public void A_week_begins_on_Monday_or_on_Sunday()
    {
        BudgetWindows sunday = new(new(PeriodUnit.Week) { WeekStart = WeekStart.Sunday });

        sunday.At(On(2026, 11, 7)).Should().Be(
            new BudgetWindow("2026-11-01/P7D", On(2026, 11, 1), On(2026, 11, 8)), "meta-limits-1: Sunday to Saturday");
        BudgetWindows monday = new(new(PeriodUnit.Week));
        monday.At(On(2026, 11, 8))!.Value.Key.Should().Be("2026-W45", "a Sunday ends it");
    }

    // Source: cases/platform-cases.json, area caps/calendar-window.
    [Fact]
    public void A_limit_that_is_added_within_a_window_counts_what_was_used_in_it_before()
    {
        BudgetWindows months = new(new(PeriodUnit.Month));
        LimitHistory limits = new(500) { Since = At("2026-11-15T12:00") };
        WindowUses uses = new([new(On(2026, 11, 1), 480)]);

        WindowLimit found = months.LimitAt(At("2026-11-15T12:00"), limits, uses);

        (found.Window.Start, found.Window.End, found.ResetsAt).Should().Be(
            (On(2026, 11, 1), On(2026, 12, 1), On(2026, 12, 1)), "affise-cap-month-boundary");
        (found.Limit, found.Used, found.Left).Should().Be((500, 480, 20));
        WindowLimit before = months.LimitAt(At("2026-11-15T11:59"), limits, uses);
        (before.Rule, before.Left, before.ResetsAt).Should().Be((WindowRule.NotBegun, 0, limits.Since));
        before.Why.Code.Should().Be(BudgetWindowReasons.NotBegun);
    }

    [Fact]
    public void A_higher_limit_counts_at_once_and_a_lower_one_stops_without_going_below_zero()
    {
        BudgetWindows days = new(new(PeriodUnit.Day));
        LimitHistory limits = new LimitHistory(100).Change(At("2026-11-24T10:00"), 150, 90)
            .Change(At("2026-11-24T12:00"), 60, 90).Change(At("2026-11-25T00:00"), 80, 0);
        WindowUses uses = November((24, 90));

        long[] left =
        [
            .. new[] { "2026-11-24T09:59", "2026-11-24T10:00", "2026-11-24T12:00", "2026-11-25T00:00" }
                .Select(at => days.LimitAt(At(at), limits, uses).Left),
        ];

        left.Should().Equal(10, 60, 0, 80);
        limits.Changes.Select(static c => (c.Before, c.After)).Should().Equal((100, 150), (150, 60), (60, 80));
        WindowLimit stopped = days.LimitAt(At("2026-11-24T12:00"), limits, uses);
        (stopped.Limit, stopped.Used, stopped.ResetsAt).Should().Be((60, 90, On(2026, 11, 25)));
    }

    [Fact]
    public void The_last_of_two_changes_at_one_instant_counts()
    {
        Instant at = At("2026-11-24T10:00");
        LimitHistory limits = new LimitHistory(100).Change(at, 500).Change(at, 50);

        limits.At(at).Should().Be(50);
        limits.At(at - Duration.FromNanoseconds(1)).Should().Be(100);
        FluentActions.Invoking(() => limits.Change(at - Duration.FromSeconds(1), 10))
            .Should().Throw<ArgumentOutOfRangeException>("history is only added to");
    }

    [Fact]
    public void Rolling_days_leave_what_the_days_before_did_not_use()
    {
        BudgetWindows rolling = new(new(PeriodUnit.Rolling) { RollingDays = 7 });
        LimitHistory limits = new(700);
        WindowUses uses = November((17, 600), (18, 300), (20, 200), (24, 150));

        WindowLimit found = rolling.LimitAt(At("2026-11-24T09:00"), limits, uses);

        found.Window.Key.Should().Be("2026-11-24");
        found.Whole.Should().Be(new BudgetWindow("2026-11-18/P7D", On(2026, 11, 18), On(2026, 11, 25)));
        (found.Limit, found.Used, found.Left, found.WholeUsed).Should().Be((200, 150, 50, 650));
        (found.Rule, found.ResetsAt).Should().Be((WindowRule.Whole, On(2026, 11, 25)));
        WindowLimit full = rolling.LimitAt(
            At("2026-11-24T09:00"), limits, November((19, 300), (20, 200), (24, 200)));
        (full.Left, full.ResetsAt).Should().Be((0, On(2026, 11, 26)), "the 19th leaves the seven days on the 26th");
    }

    [Fact]
    public void A_flight_has_one_limit_and_nothing_around_it()
    {
        BudgetWindows flight = new(new(PeriodUnit.Flight) { Dates = DateRange.Parse("2026-11-10/2026-11-20") });
        LimitHistory limits = new(100);

        WindowLimit before = flight.LimitAt(At("2026-11-09T23:59"), limits, WindowUses.None);
        WindowLimit within = flight.LimitAt(At("2026-11-19T23:59"), limits, November((9, 5), (10, 70)));
        WindowLimit after = flight.LimitAt(At("2026-11-20T00:00"), limits, WindowUses.None);

        (before.Rule, before.Left, before.ResetsAt).Should().Be((WindowRule.OutsideFlight, 0, On(2026, 11, 10)));
        (within.Window.Key, within.Left, within.ResetsAt).Should().Be(
            ("2026-11-10/2026-11-20", 30, On(2026, 11, 20)));
        (after.Rule, after.ResetsAt).Should().Be((WindowRule.OutsideFlight, null));
        flight.At(At("2026-11-20T00:00")).Should().BeNull();
    }

    [Fact]
    public void A_flight_without_an_end_and_all_of_time_never_begin_anew()
    {
        BudgetWindowTerms open = new(PeriodUnit.Flight) { Dates = DateRange.Parse("2026-11-10/..") };
        WindowLimit flight = new BudgetWindows(open).LimitAt(On(2030, 1, 1), new(100), WindowUses.None);
        BudgetWindows always = new(new(PeriodUnit.Lifetime));
        WindowLimit ever = always.LimitAt(On(2030, 1, 1), new(100), WindowUses.None);

        (flight.Window.Key, flight.ResetsAt, flight.Left).Should().Be(("2026-11-10/..", null, 100));
        (ever.Window.Key, ever.ResetsAt, ever.Left).Should().Be(("lifetime", null, 100));
    }

    [Fact]
    public void A_limit_says_which_rule_decides_and_by_what_numbers()
    {
        WindowLimit found = new BudgetWindows(new(PeriodUnit.Day))
            .LimitAt(At("2026-11-24T09:00"), new(100), November((24, 30)));

        found.Why.Should().Be(Reason.Of(
            BudgetWindowReasons.Limit, ("limit", 100), ("base", 100), ("rolled-over", 0), ("used", 30)));
    }
}
