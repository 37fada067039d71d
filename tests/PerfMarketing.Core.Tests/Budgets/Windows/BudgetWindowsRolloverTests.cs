using PerfMarketing.Budgets.Windows;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Budgets.Windows.WindowSamples;

namespace PerfMarketing.Tests.Budgets.Windows;

public sealed class BudgetWindowsRolloverTests
{
    private static readonly BudgetWindowTerms Days = new(PeriodUnit.Day) { Rollover = Rollover.Whole };
    private static readonly LimitHistory Hundred = new(100) { Since = On(2026, 11, 1) };

    [Fact]
    public void What_a_window_leaves_over_comes_on_top_of_the_next()
    {
        WindowUses uses = November((1, 30), (2, 120));

        Limits(Days, uses, 1, 2, 3, 4).Should().Equal(100, 170, 150, 250);
        Limits(Days with { Rollover = Rollover.None }, uses, 1, 2, 3, 4).Should().Equal(100, 100, 100, 100);
        WindowLimit third = new BudgetWindows(Days).LimitAt(On(2026, 11, 3), Hundred, uses);
        (third.Base, third.RolledOver, third.Rule).Should().Be((100, 50, WindowRule.Limit));
    }

    [Fact]
    public void A_cap_bounds_what_comes_by_the_limit_of_the_window_it_comes_into()
    {
        BudgetWindowTerms capped = Days with { Rollover = Rollover.Capped, RolloverMax = 0.5m };

        Limits(capped, November((1, 30), (2, 120)), 1, 2, 3, 4).Should().Equal(100, 150, 130, 150);
        LimitHistory raised = Hundred.Change(On(2026, 11, 2), 400);
        new BudgetWindows(capped).LimitAt(On(2026, 11, 2), raised, WindowUses.None).RolledOver.Should().Be(100);
        LimitHistory lowered = Hundred.Change(On(2026, 11, 2), 40);
        new BudgetWindows(capped).LimitAt(On(2026, 11, 2), lowered, WindowUses.None).RolledOver.Should().Be(20);
    }

    [Fact]
    public void What_is_overspent_does_not_roll_over() =>
        Limits(Days, November((1, 180)), 2, 3).Should().Equal(100, 200);

    [Fact]
    public void What_came_into_a_window_may_be_kept_and_older_windows_forgotten()
    {
        BudgetWindows windows = new(Days);
        WindowUses uses = November((1, 30), (2, 120), (3, 10));

        WindowCarry kept = windows.CarryAt(On(2026, 11, 3), Hundred, uses)!.Value;

        kept.Should().Be(new WindowCarry(On(2026, 11, 3), 50));
        windows.LimitAt(On(2026, 11, 4), Hundred, November((3, 10)), kept).RolledOver
            .Should().Be(windows.LimitAt(On(2026, 11, 4), Hundred, uses).RolledOver).And.Be(140);
        FluentActions.Invoking(() => windows.LimitAt(On(2026, 11, 2), Hundred, uses, kept))
            .Should().Throw<ArgumentException>("it says nothing of earlier windows");
    }

    [Fact]
    public void A_month_rolls_over_into_the_days_of_the_next()
    {
        BudgetWindows windows = new(Average with { Rollover = Rollover.Whole });
        LimitHistory limits = new(100) { Since = On(2026, 11, 1) };
        WindowUses uses = November((1, 2_900));

        WindowLimit first = windows.LimitAt(On(2026, 12, 1), limits, uses);

        (first.RolledOver, first.Base, first.Limit, first.WholeLimit).Should().Be((100, 100, 200, 3_200));
        WindowUses more = new([new(On(2026, 11, 1), 2_900), new(On(2026, 12, 1), 150)]);
        (windows.LimitAt(On(2026, 12, 2), limits, more).Limit, windows.LimitAt(On(2026, 12, 2), limits, more).Flex)
            .Should().Be((150, 200));
        LimitHistory changed = limits.Change(On(2026, 12, 3), 50, 150);
        windows.LimitAt(On(2026, 12, 3), changed, more).WholeLimit.Should().Be(1_600, "150 used, and 29 days at 50");
        windows.LimitAt(On(2026, 12, 3), limits.Change(On(2026, 12, 3), 50), uses).RolledOver
            .Should().Be(100, "what rolled over and is not used stays");
    }

    [Fact]
    public void Too_many_windows_need_a_carry()
    {
        BudgetWindows hours = new(new(PeriodUnit.Hour) { Rollover = Rollover.Whole });
        LimitHistory limits = new(1) { Since = On(2000, 1, 1) };

        FluentActions.Invoking(() => hours.LimitAt(On(2026, 1, 1), limits, WindowUses.None))
            .Should().Throw<InvalidOperationException>();
        hours.LimitAt(On(2026, 1, 1), limits, WindowUses.None, new(On(2025, 12, 31), 7)).RolledOver
            .Should().Be(31);
    }

    private static IEnumerable<long> Limits(BudgetWindowTerms terms, WindowUses uses, params int[] days) =>
        days.Select(day => new BudgetWindows(terms).LimitAt(On(2026, 11, day), Hundred, uses).Limit);
}
