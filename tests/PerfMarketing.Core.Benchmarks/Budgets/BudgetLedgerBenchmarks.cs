using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Benchmarks.Budgets;

/// <summary>What it costs to ask whether more may be bought: of a lease, of a counter, of a ledger by id.</summary>
[MemoryDiagnoser]
public class BudgetLedgerBenchmarks
{
    /// <summary>How many requests one call makes.</summary>
    public const int Count = 10_000;

    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly BudgetLine Top = new(new("top"), new(BudgetScopeKind.Account, "a"), PeriodUnit.Month)
    {
        Limit = Money.FromMinor(Money.MinorUnitsMax, Currency.Eur),
    };

    private static readonly BudgetLine Middle = Top with
    {
        Id = new("middle"),
        Scope = new(BudgetScopeKind.Campaign, "c"),
        Parent = Top.Id,
    };

    private static readonly BudgetLine Low = Middle with { Id = new("low"), Per = PeriodUnit.Day, Parent = Middle.Id };
    private static readonly BudgetPlan Plan = new(
        Currency.Eur, "Europe/Berlin", [Top, Middle, Low, Top with { Id = new("full"), Limit = 0.01m.Eur }]);

    private static readonly ValueList<BudgetId> OnOne = [Top.Id];
    private static readonly ValueList<BudgetId> OnThree = [Low.Id];
    private static readonly Money Amount = Money.FromMinor(50, Currency.Eur);

    private readonly ReservationId[] ids =
        [.. Enumerable.Range(0, Count).Select(static i => new ReservationId($"r{i}"))];

    private readonly Lock gate = new();
    private LeasedBudget lease = null!;
    private BudgetCounter counter = null!;
    private BudgetLedger full = null!;

    /// <summary>Makes what is asked.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        lease = new(new("lease"), long.MaxValue, Noon);
        counter = new(BudgetCounter.AmountMax);
        full = new(Plan);
        full.Decide(new LedgerRequest.Reserve(new("all"), [new("full")], 0.01m.Eur, Noon), Noon);
    }

    /// <summary>Taking from the part of one thread.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Lease()
    {
        int granted = 0;
        for (int i = 0; i < Count; i++)
        {
            granted += lease.TryReserve(50) ? 1 : 0;
        }

        return granted;
    }

    /// <summary>Taking from a counter that all threads share.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Counter()
    {
        int granted = 0;
        for (int i = 0; i < Count; i++)
        {
            granted += counter.TryReserve(50) ? 1 : 0;
        }

        counter.Release(50L * granted);
        return granted;
    }

    /// <summary>Reserving and committing by id on one line.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int One_line() => Buy(new(Plan), OnOne);

    /// <summary>Reserving and committing by id on three lines above each other.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Three_lines() => Buy(new(Plan), OnThree);

    /// <summary>Being refused by a line that has nothing left.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Refused()
    {
        int refused = 0;
        ValueList<BudgetId> line = [new("full")];
        foreach (ReservationId id in ids)
        {
            refused += full.Decide(new LedgerRequest.Reserve(id, line, Amount, Noon), Noon).IsDone ? 0 : 1;
        }

        return refused;
    }

    /// <summary>What one writes first, for three lines: a lock, a dictionary of ids and decimals; no periods.</summary>
    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public int Naive()
    {
        Dictionary<string, decimal> reserved = new(StringComparer.Ordinal);
        Dictionary<string, decimal> used = new(StringComparer.Ordinal) { ["low"] = 0, ["middle"] = 0, ["top"] = 0 };
        string[] path = ["top", "middle", "low"];
        int granted = 0;
        foreach (ReservationId id in ids)
        {
            lock (gate)
            {
                if (Array.TrueForAll(path, line => used[line] + 0.50m <= 1_000_000_000m))
                {
                    Array.ForEach(path, line => used[line] += 0.50m);
                    reserved[id.Value] = 0.50m;
                    granted++;
                }
            }

            lock (gate)
            {
                if (reserved.Remove(id.Value, out decimal held))
                {
                    Array.ForEach(path, line => used[line] += 0.40m - held);
                }
            }
        }

        return granted;
    }

    private int Buy(BudgetLedger ledger, ValueList<BudgetId> lines)
    {
        int granted = 0;
        foreach (ReservationId id in ids)
        {
            granted += ledger.Decide(new LedgerRequest.Reserve(id, lines, Amount, Noon), Noon).IsDone ? 1 : 0;
            ledger.Decide(new LedgerRequest.Commit(id, Amount), Noon);
        }

        return granted;
    }
}
