using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Budgets;

public sealed class BudgetStatePropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(20_260_307, 1);

    private static readonly CalendarPeriod March = ContractCalendar.Utc.Month(new YearMonth(2026, 3));

    // A step: what (0 reserve, 1 commit, 2 release, 3 reverse, 4 increase, 5 return), which of six ids, how much,
    // whether it is applied.
    private static readonly Gen<(int What, int Id, int Amount, bool IsApplied)> Steps =
        from what in Gen.Choose(0, 5)
        from id in Gen.Choose(0, 5)
        from amount in Gen.Choose(0, 9)
        from lost in Gen.Choose(0, 9)
        select (what, id, amount, lost > 0);

    [Fact]
    public void Committed_and_reserved_never_exceed_the_limit() =>
        Check(static (state, steps) =>
        {
            List<BudgetEntry> entries = [];
            foreach ((int What, int Id, int Amount, bool IsApplied) step in steps)
            {
                Do(state, step, entries);
                bool takesBack = entries.Exists(static e => e.Kind == BudgetEntryKind.Returned);
                if (state.Committed + state.Reserved > state.Budget.Limit
                    || (state.Committed.Units < 0 && !takesBack)
                    || state.Reserved.Units < 0
                    || state.Available != state.Budget.Limit - state.Committed - state.Reserved)
                {
                    return false;
                }
            }

            return true;
        });

    [Fact]
    public void Entries_alone_make_the_totals()
    {
        Check(static (state, steps) =>
        {
            List<BudgetEntry> entries = [];
            foreach ((int What, int Id, int Amount, bool IsApplied) step in steps)
            {
                Do(state, step, entries);
            }

            BudgetState again = new(state.Budget, March);
            foreach (BudgetEntry entry in entries)
            {
                TermFailures failures = [];
                again.Apply(TermReader.Read(TermNode.Of(entry), failures, BudgetEntry.Read)!, March.Start);
            }

            return Naive(entries) == (state.Committed.Units, state.Reserved.Units)
                && again.Committed == state.Committed && again.Reserved == state.Reserved
                && steps.All(step => Ask(again, step) == Ask(state, step));
        });
    }

    [Fact]
    public void Every_question_repeated_gets_its_answer_and_nothing_to_append() =>
        Check(static (state, steps) =>
        {
            Dictionary<(int What, int Id, int Amount), BudgetDecision> first = [];
            foreach ((int What, int Id, int Amount, bool IsApplied) step in steps)
            {
                BudgetAnswer answer = Ask(state, step);
                if (answer.Entry is { } entry)
                {
                    if (!first.TryAdd((step.What, step.Id, step.Amount), answer.Decision))
                    {
                        return false;
                    }

                    state.Apply(entry, March.Start);
                }

                if (first.Any(f => Ask(state, (f.Key.What, f.Key.Id, f.Key.Amount, true)) != new BudgetAnswer(
                    f.Value, null)))
                {
                    return false;
                }
            }

            return true;
        });

    private static void Do(
        BudgetState state, (int What, int Id, int Amount, bool IsApplied) step, List<BudgetEntry> entries)
    {
        if (Ask(state, step).Entry is { } entry && step.IsApplied)
        {
            entries.Add(entry);
            state.Apply(entry, March.Start);
        }
    }

    private static BudgetAnswer Ask(BudgetState state, (int What, int Id, int Amount, bool IsApplied) step)
    {
        ReservationId id = new($"r{step.Id}");
        BudgetAmount amount = state.Budget.Limit.Count is null
            ? Money.FromMinor(step.Amount, Currency.Eur)
            : BudgetAmount.Outcomes(step.Amount / 3m);
        return step.What switch
        {
            0 => state.Reserve(id, amount),
            1 => state.Commit(id, amount),
            2 => state.Release(id),
            3 => state.Reverse(id, new($"c{step.Amount % 3}"), amount),
            4 => state.Increase(id, new($"c{step.Amount % 3}"), amount),
            _ => state.Return(id, new($"c{step.Amount % 3}"), amount),
        };
    }

    // Recomputed from nothing, by looking through all entries for each id.
    private static (long Committed, long Reserved) Naive(List<BudgetEntry> entries)
    {
        long Sum(BudgetEntryKind kind) =>
            entries.Where(e => e.Kind == kind).Sum(static e => e.Amount.Units);
        bool IsClosed(ReservationId id) => entries.Any(e =>
            e.Reservation == id
                && e.Kind is BudgetEntryKind.Committed or BudgetEntryKind.CommitRefused or BudgetEntryKind.Released
                    or BudgetEntryKind.Returned);
        long open = entries.Where(e => e.Kind == BudgetEntryKind.Reserved && !IsClosed(e.Reservation))
            .Sum(static e => e.Amount.Units);
        long spent = Sum(BudgetEntryKind.Committed) + Sum(BudgetEntryKind.Increased);
        return (spent - Sum(BudgetEntryKind.Reversed) - Sum(BudgetEntryKind.Returned), open);
    }

    private static void Check(Func<BudgetState, (int What, int Id, int Amount, bool IsApplied)[], bool> law)
    {
        Gen<(BudgetAmount Limit, LimitOverflow Overflow, (int What, int Id, int Amount, bool IsApplied)[] Steps)> cases
            =
            from limit in Gen.Choose(1, 30)
            from counts in Gen.Elements(false, true)
            from overflow in Gen.Elements(Enum.GetValues<LimitOverflow>())
                .Where(o => !counts || o != LimitOverflow.PayRemainder)
            from count in Gen.Choose(0, 40)
            from steps in Steps.ArrayOf(count)
            select (
                counts ? BudgetAmount.Outcomes(limit / 3m) : (BudgetAmount)Money.FromMinor(limit, Currency.Eur),
                overflow,
                steps);
        Prop.ForAll(cases.ToArbitrary(), c => law(State(c.Limit, c.Overflow), c.Steps)).Check(Seeded);
    }

    private static BudgetState State(BudgetAmount limit, LimitOverflow overflow) => new(
        new(new("b"), limit, PeriodUnit.Month)
        {
            OnExceeded = overflow,
            AtCap = CapBehavior.StopAndReject,
        },
        March);
}
