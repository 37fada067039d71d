using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Time;

namespace PerfMarketing.Benchmarks.Budgets;

/// <summary>What it costs to ask what a window may use: the 24th of a month, by what the days before used.</summary>
[MemoryDiagnoser]
public class BudgetWindowsBenchmarks
{
    private const string Zone = "America/New_York";

    private static readonly Instant At = Instant.FromUtc(2026, 11, 24, 15, 0);
    private static readonly LimitHistory Limits = new(100_000);

    private readonly BudgetWindows day = new(new(PeriodUnit.Day) { Zone = Zone });
    private readonly BudgetWindows shared = new(
        new(PeriodUnit.Month) { Zone = Zone, Days = new() { IsAverage = true } });

    private readonly BudgetWindows rolling = new(new(PeriodUnit.Rolling) { Zone = Zone, RollingDays = 30 });
    private readonly BudgetWindows rolledOver = new(new(PeriodUnit.Month) { Zone = Zone, Rollover = Rollover.Whole });
    private WindowUses some = WindowUses.None;
    private WindowUses all = WindowUses.None;

    /// <summary>What the days before used: a part, or everything that the month may use.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        ContractCalendar calendar = ContractCalendar.In(Zone);
        WindowUse[] uses = [.. Enumerable.Range(1, 700)
            .Select(days => new WindowUse(calendar.StartOf(new LocalDate(2026, 11, 24).PlusDays(-days)), 90_000))];
        some = new(uses);
        all = new([.. uses, new(calendar.StartOf(new(2026, 11, 23)), 1_000_000_000)]);
    }

    [Benchmark(Baseline = true)]
    public long A_day() => day.LimitAt(At, Limits, some).Limit;

    [Benchmark]
    public long A_day_of_a_month() => shared.LimitAt(At, Limits, some).Limit;

    // Says too on which later day there is room again.
    [Benchmark]
    public long A_day_of_a_month_that_is_used_up() => shared.LimitAt(At, Limits, all).Limit;

    [Benchmark]
    public long Thirty_rolling_days() => rolling.LimitAt(At, Limits, some).Limit;

    [Benchmark]
    public long Two_years_rolled_over() => rolledOver.LimitAt(At, Limits, some).Limit;
}
