using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Budgets.Windows.WindowSamples;

namespace PerfMarketing.Tests.Budgets.Windows;

public sealed class BudgetWindowsPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(120).WithReplay(20_261_122, 1);

    // Zones whose clocks do something special in the year that they come with.
    private static readonly (string Zone, int Year)[] Places =
    [
        ("Etc/UTC", 2026), ("America/New_York", 2026), ("Europe/Berlin", 2026), ("Australia/Lord_Howe", 2026),
        ("Antarctica/Troll", 2026), ("Africa/Cairo", 2026), ("America/Havana", 2026), ("Asia/Beirut", 2026),
        ("America/Santiago", 2026), ("America/Sao_Paulo", 2018), ("Pacific/Apia", 2011), ("Asia/Kolkata", 2026),
        ("America/St_Johns", 2010), ("Asia/Pyongyang", 2015), ("Pacific/Kwajalein", 1993),
    ];

    private static readonly BudgetWindowTerms[] Kinds =
    [
        new(PeriodUnit.Hour), new(PeriodUnit.Day), new(PeriodUnit.Week),
        new(PeriodUnit.Week) { WeekStart = WeekStart.Sunday }, new(PeriodUnit.HalfMonth), new(PeriodUnit.Month),
        new(PeriodUnit.Quarter), new(PeriodUnit.Year), Month, Average, BudgetWindowTerms.Meta,
        new(PeriodUnit.Rolling) { RollingDays = 9 },
    ];

    private static readonly Gen<Made> Mades =
        from place in Gen.Elements(Places)
        from kind in Gen.Elements(Kinds)
        from others in Gen.Elements(Places).ListOf().Resize(3)
        from minutes in Gen.Choose(1, 500_000).ArrayOf(others.Count)
        let changes = minutes.Distinct().Order().Zip(others, (minute, other) =>
            new ZoneChange(On(place.Year, 1, 2) + Duration.FromMinutes(minute), other.Zone))
        select new Made(kind with { Zone = place.Zone, ZoneChanges = [.. changes] }, place.Year);

    // Days of a year, or of a flight of two, that are used up: what is used on days before and after, other limits, all
    // ways in which days share.
    private static readonly Gen<UsedUp> UsedUps =
        from made in Mades
        from days in Gen.Elements(
            new DaySpread(), new() { CarryUnused = false }, new() { BorrowAhead = true }, new() { Flex = null },
            new() { IsAverage = true }, new() { Flex = 0.5m }, new() { IsAverage = true, Flex = 1m })
        from isFlight in Gen.Elements(true, false)
        from rollover in Gen.Elements(Rollover.None, Rollover.Whole)
        from limit in Gen.Elements(0L, 3, 100, 364, 365, 730, 10_000)
        from at in Gen.Choose(1, 300)
        from used in Gen.Choose(0, 20_000)
        from others in Gen.Choose(0, 400).ListOf().Resize(6)
        from amounts in Gen.Choose(-300, 300).ListOf().Resize(6)
        from changes in Gen.Choose(1, 15_000).ListOf().Resize(3)
        from limits in Gen.Elements(0L, 5, 400, 20_000).ListOf().Resize(3)
        let start = On(made.Year, 1, 1)
        let history = changes.Order().Zip(limits).Aggregate(
            new LimitHistory(limit), (known, change) => known.Change(
                start + Duration.FromHours(change.First), change.Second, change.First % 50))
        let calendar = new BudgetCalendar(made.Terms.Zone, made.Terms.ZoneChanges)
        let uses = new WindowUses([
            new(calendar.StartOf(new LocalDate(made.Year, 1, 1).PlusDays(at)), used),
            .. others.Zip(amounts, (day, amount) => new WindowUse(
                calendar.StartOf(new LocalDate(made.Year, 1, 1).PlusDays(day)), amount))])
        select new UsedUp(
            new(new BudgetWindowTerms(isFlight ? PeriodUnit.Flight : PeriodUnit.Year)
            {
                Zone = made.Terms.Zone,
                ZoneChanges = made.Terms.ZoneChanges,
                Days = days,
                Dates = isFlight ? new(new(made.Year, 1, 1), new LocalDate(made.Year + 2, 1, 1)) : null,
                Rollover = isFlight ? Rollover.None : rollover,
            }),
            history,
            uses,
            calendar.StartOf(new LocalDate(made.Year, 1, 1).PlusDays(at)));

    [Fact]
    public void The_day_on_which_there_is_room_again_is_the_first_that_has_room() => Prop.ForAll(
        UsedUps.ToArbitrary(),
        static made =>
        {
            WindowLimit found = made.Windows.LimitAt(made.At, made.Limits, made.Uses);
            if (found.Left > 0)
            {
                return;
            }

            Instant next = found.Window.End;
            while (next < found.Whole.End && made.Windows.LimitAt(next, made.Limits, made.Uses).Left <= 0)
            {
                next = made.Windows.At(next)!.Value.End;
            }

            if (next < found.Whole.End || found.ResetsAt < found.Whole.End)
            {
                found.ResetsAt.Should().Be(next);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20_261_122, 3));

    [Fact]
    public void Windows_tile_any_year_of_any_zone_also_where_the_zone_changes() => Prop.ForAll(
        Mades.ToArbitrary(),
        static made =>
        {
            BudgetWindows windows = new(made.Terms);
            Instant at = On(made.Year, 1, 1);
            Instant end = made.Terms.Per == PeriodUnit.Hour ? at + Duration.FromDays(12) : On(made.Year + 1, 1, 1);
            BudgetWindow window = windows.At(at)!.Value;
            HashSet<string> keys = [];
            while (window.Start < end)
            {
                BudgetWindow next = windows.At(window.End)!.Value;
                bool isSound = window.Start < window.End && next.Start == window.End && keys.Add(window.Key)
                    && windows.At(window.Start) == window
                    && windows.At(window.End - Duration.FromNanoseconds(1)) == window
                    && windows.At(window.Start + ((window.End - window.Start) / 2)) == window
                    && (made.Terms.Per == PeriodUnit.Rolling
                        || windows.WholeAt(window.Start) == windows.WholeAt(window.End - Duration.FromNanoseconds(1)));
                if (!isSound)
                {
                    return false;
                }

                window = next;
            }

            return true;
        }).Check(Seeded);

    [Fact]
    public void What_windows_use_adds_up_to_all_that_is_used_over_any_year() => Prop.ForAll(
        Mades.Zip(Gen.Choose(0, 525_599).Zip(Gen.Choose(-50, 500)).ListOf().Resize(200)).ToArbitrary(),
        static pair =>
        {
            ((BudgetWindowTerms terms, int year), IEnumerable<(int Minute, int Amount)> spends) = pair;
            BudgetWindows windows = new(terms);
            Instant start = On(year, 1, 1);
            Dictionary<BudgetWindow, long> used = [];
            foreach ((int minute, int amount) in spends)
            {
                BudgetWindow window = windows.At(start + Duration.FromMinutes(minute))!.Value;
                used[window] = used.GetValueOrDefault(window) + amount;
            }

            WindowUses uses = new(used.Select(static u => new WindowUse(u.Key.Start, u.Value)));
            return uses.Sum(Instant.MinValue, Instant.MaxValue) == spends.Sum(static s => (long)s.Amount)
                && used.All(u => windows.LimitAt(u.Key.Start, new(1_000), uses).Used == u.Value);
        }).Check(Seeded);

    [Fact]
    public void What_a_window_leaves_over_is_what_the_next_one_gets() => Prop.ForAll(
        Gen.Choose(0, 250).ArrayOf(40)
            .Zip(Gen.Elements(Rollover.Whole, Rollover.Capped))
            .Zip(Gen.Elements(PeriodUnit.Day, PeriodUnit.Week))
            .ToArbitrary(),
        static made =>
        {
            ((int[] wanted, Rollover rollover), PeriodUnit per) = made;
            BudgetWindowTerms terms = new(per)
            {
                Zone = "America/Havana",
                Rollover = rollover,
                RolloverMax = rollover == Rollover.Capped ? 0.4m : null,
            };
            BudgetWindows windows = new(terms);
            Instant at = Instant.FromUtc(2026, 2, 20, 12, 0);
            LimitHistory limits = new LimitHistory(100) { Since = at }.Change(at + Duration.FromDays(12), 180);
            List<WindowUse> uses = [];
            long? left = null;
            foreach (int want in wanted)
            {
                WindowLimit found = windows.LimitAt(at, limits, new(uses));
                long expected = rollover == Rollover.Capped && left is { } most
                    ? Math.Min(most, found.Base * 2 / 5)
                    : left ?? 0;
                if (found.RolledOver != expected || found.Limit != found.Base + found.RolledOver)
                {
                    return false;
                }

                uses.Add(new(found.Window.Start, Math.Min(want, found.Limit)));
                left = windows.LimitAt(found.Window.End - Duration.FromNanoseconds(1), limits, new(uses)).Left;
                at = found.Window.End;
            }

            return true;
        }).Check(Seeded);

    [Fact]
    public void Days_that_keep_to_their_limits_never_use_more_than_the_window_has() => Prop.ForAll(
        Gen.Choose(0, 400).ArrayOf(62)
            .Zip(Gen.Elements(
                Month, Average, BudgetWindowTerms.Google, BudgetWindowTerms.GoogleConversions, BudgetWindowTerms.Meta,
                BudgetWindowTerms.Amazon, Average with { Rollover = Rollover.Whole }))
            .Zip(Gen.Choose(50, 6_000).Zip(Gen.Choose(0, 86_000)).ListOf().Resize(3))
            .ToArbitrary(),
        static made =>
        {
            ((int[] wanted, BudgetWindowTerms terms), IEnumerable<(int Limit, int Minute)> changes) = made;
            BudgetWindows windows = new(terms with { Zone = "America/New_York" });
            Instant start = Instant.FromUtc(2026, 10, 1, 4, 0);
            LimitHistory limits = new(terms.Days!.IsAverage ? 100 : 3_000) { Since = start };
            Instant at = start;
            List<WindowUse> uses = [];
            Queue<(int Limit, int Minute)> open = new(changes.OrderBy(static c => c.Minute));
            foreach (int want in wanted)
            {
                while (open.TryPeek(out (int Limit, int Minute) next)
                    && start + Duration.FromMinutes(next.Minute) <= at)
                {
                    open.Dequeue();
                    long used = windows.LimitAt(at, limits, new(uses)).WholeUsed;
                    limits = limits.Change(at, terms.Days.IsAverage ? next.Limit / 30 : next.Limit, used);
                }

                WindowLimit found = windows.LimitAt(at, limits, new(uses));
                uses.Add(new(found.Window.Start, Math.Min(want, found.Left)));
                WindowLimit after = windows.LimitAt(at, limits, new(uses));
                bool isSound = found.Limit >= 0 && after.Left >= 0 && !(found.Flex < found.Limit)
                    && (after.Used == 0 || after.WholeUsed <= after.WholeLimit);
                if (!isSound)
                {
                    return false;
                }

                at = found.Window.End;
            }

            return true;
        }).Check(Seeded);

    private sealed record Made(BudgetWindowTerms Terms, int Year);

    private sealed record UsedUp(BudgetWindows Windows, LimitHistory Limits, WindowUses Uses, Instant At);
}
