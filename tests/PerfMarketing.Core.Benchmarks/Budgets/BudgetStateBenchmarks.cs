using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Benchmarks.Budgets;

/// <summary>What one budget costs when it holds many reservations: to decide, and to fold a whole period in.</summary>
[MemoryDiagnoser]
public class BudgetStateBenchmarks
{
    private const int Count = 1_000_000;

    private static readonly CalendarPeriod March = ContractCalendar.Utc.Month(new YearMonth(2026, 3));
    private static readonly Budget Budget = new(
        new("b"), Money.FromMinor(Money.MinorUnitsMax, Currency.Eur), PeriodUnit.Month);

    private static readonly Money Amount = Money.FromMinor(450, Currency.Eur);

    private readonly ReservationId[] ids = new ReservationId[Count];
    private readonly BudgetState full = new(Budget, March);
    private readonly ReservationId fresh = new("fresh");

    [GlobalSetup]
    public void SetUp()
    {
        for (int i = 0; i < Count; i++)
        {
            ids[i] = new($"sale-o{i}");
            full.Apply(full.Reserve(ids[i], Amount).Entry!, March.Start);
        }
    }

    [Benchmark]
    public BudgetAnswer Reserve_in_a_full_state() => full.Reserve(fresh, Amount);

    [Benchmark]
    public BudgetAnswer Commit_in_a_full_state() => full.Commit(ids[Count / 2], Amount);

    [Benchmark]
    public BudgetAmount Reserve_and_commit_a_million()
    {
        BudgetState state = new(Budget, March);
        foreach (ReservationId id in ids)
        {
            state.Apply(state.Reserve(id, Amount).Entry!, March.Start);
            state.Apply(state.Commit(id, Amount).Entry!, March.Start);
        }

        return state.Committed;
    }
}
