using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Benchmarks.Time;

/// <summary>Finding the period of an instant; the naive way asks NodaTime for both bounds each time.</summary>
[MemoryDiagnoser]
public class ContractCalendarBenchmarks
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly Instant At = Instant.FromUtc(2026, 7, 15, 13, 45);
    private readonly ContractCalendar calendar = new(Zone);
    private CalendarPeriod month;

    /// <summary>The period that a caller keeps.</summary>
    [GlobalSetup]
    public void Keep() => month = calendar.Containing(PeriodUnit.Month, At);

    /// <summary>A date.</summary>
    [Benchmark]
    public CalendarPeriod Day() => calendar.Containing(PeriodUnit.Day, At);

    /// <summary>A month.</summary>
    [Benchmark]
    public CalendarPeriod Month() => calendar.Containing(PeriodUnit.Month, At);

    /// <summary>A month with NodaTime alone, which throws for skipped dates.</summary>
    [Benchmark(Baseline = true)]
    public Interval MonthNaively()
    {
        LocalDate date = At.InZone(Zone).Date;
        LocalDate first = new(date.Year, date.Month, 1);
        return new(
            first.AtStartOfDayInZone(Zone).ToInstant(),
            first.PlusMonths(1).AtStartOfDayInZone(Zone).ToInstant());
    }

    /// <summary>The kept period only compares.</summary>
    [Benchmark]
    public bool Kept() => month.Contains(At);
}
