using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Time;

namespace PerfMarketing.Benchmarks.Budgets;

/// <summary>What a decision of a pace costs: alone, by two threads on one budget, and with a plan a minute.</summary>
[MemoryDiagnoser]
public class PacerBenchmarks
{
    private const int Count = 1_000;
    private const long Unit = 1_000_000_000;

    private static readonly CalendarPeriod Day = ContractCalendar.Utc.Day(new(2026, 3, 10));
    private static readonly Instant Noon = Day.Start + Duration.FromHours(12);
    private static readonly Instant Next = Day.Start + Pacer.Tick;

    private readonly double[] worths = new double[Count];
    private readonly Lock gate = new();
    private Pacer pacer = null!;
    private Pacer scarce = null!;
    private int minute;
    private long swapped;
    private Pacer blind = null!;
    private Pacer planned = null!;
    private BudgetCounter counter = null!;
    private decimal naiveUsed;

    [GlobalSetup]
    public void SetUp()
    {
        for (int i = 0; i < Count; i++)
        {
            worths[i] = Math.Exp(i * 7_919 % Count * 2d / Count);
        }

        const long Limit = BudgetCounter.AmountMax;
        pacer = new(new(), TrafficForecast.Even(Day, Limit * 3), new(Limit));
        blind = new(new(), TrafficForecast.Even(Day, Limit * 3), new(Limit));
        counter = new(Limit);

        // A budget of 30 % of the traffic: its first minute brings what was expected, at a cost that later ones do not
        // have, so that the budget never runs out.
        const long Expected = Unit * Count * 1_440;
        scarce = new(new(), TrafficForecast.Even(Day, Expected), new(Expected / 10 * 3));
        planned = new(new(), TrafficForecast.Even(Day, Unit * Count), new(Unit));
        for (int i = 0; i < Count; i++)
        {
            pacer.Decide(new(1) { Worth = worths[i] }, Day.Start);
            blind.Decide(new(1), Day.Start);
            scarce.Decide(new(Unit) { Worth = worths[i] * Unit }, Day.Start);
        }
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int By_worth()
    {
        int admitted = 0;
        foreach (double worth in worths)
        {
            admitted += pacer.Decide(new(1) { Worth = worth }, Noon).IsAdmitted ? 1 : 0;
        }

        return admitted;
    }

    // About 31 of 100 are admitted.
    [Benchmark(OperationsPerInvoke = Count)]
    public int By_worth_at_a_scarce_budget()
    {
        int admitted = 0;
        foreach (double worth in worths)
        {
            admitted += scarce.Decide(new(1) { Worth = worth }, Next).IsAdmitted ? 1 : 0;
        }

        return admitted;
    }

    // What no exact limit can do without.
    [Benchmark(OperationsPerInvoke = Count)]
    public long Compare_exchange_alone()
    {
        for (int i = 0; i < Count; i++)
        {
            long before = Volatile.Read(ref swapped);
            while (Interlocked.CompareExchange(ref swapped, before + 1, before) is var seen && seen != before)
            {
                before = seen;
            }
        }

        return swapped;
    }

    // A decision that plans a minute; each day begins with a new pacer.
    [Benchmark]
    public bool Plan_of_a_minute()
    {
        minute = (minute + 1) % 1_440;
        if (minute == 0)
        {
            planned = new(new(), TrafficForecast.Even(Day, Unit * Count), new(Unit), scarce.Save());
        }

        return planned.Decide(new(1) { Worth = 2 }, Day.Start + (Pacer.Tick * minute)).IsAdmitted;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int In_turn()
    {
        int admitted = 0;
        for (int i = 0; i < Count; i++)
        {
            admitted += blind.Decide(new(1), Noon).IsAdmitted ? 1 : 0;
        }

        return admitted;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public bool Reserve_only()
    {
        bool all = true;
        for (int i = 0; i < Count; i++)
        {
            all &= counter.TryReserve(1);
        }

        return all;
    }

    [Benchmark(OperationsPerInvoke = 2 * 100 * Count)]
    public void By_worth_with_two_threads() => Parallel.For(0, 2, _ =>
    {
        for (int i = 0; i < 100; i++)
        {
            By_worth();
        }
    });

    // What one writes first: a lock around two decimals.
    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public int Naive()
    {
        int admitted = 0;
        foreach (double worth in worths)
        {
            lock (gate)
            {
                if (worth > 3 && naiveUsed + 1 <= 1_000_000_000_000m)
                {
                    naiveUsed++;
                    admitted++;
                }
            }
        }

        return admitted;
    }
}
