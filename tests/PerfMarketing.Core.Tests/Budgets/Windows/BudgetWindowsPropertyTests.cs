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
}
