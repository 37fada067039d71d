using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Budgets.Ledger;

/// <content>Changing lines: one change at a time, in the order in which they are journalled.</content>
public sealed partial class BudgetLedger
{
    private LedgerDecision ChangeLine(LedgerRequest asked, Instant asOf)
    {
        LedgerSlot slot = Enter(asked.Id);
        try
        {
            if (slot.Phase is not null)
            {
                return slot.Change is { } first && first.Request == asked
                    ? first.Decision with { IsRepeat = true }
                    : Conflict(asked.Id, Of(default), slot.Change?.Decision.Amount ?? Of(default));
            }

            lock (changing)
            {
                LedgerDecision decision = ChangeLine(asked, asOf, used: null, out LedgerEntry? entry);
                if (entry is not null)
                {
                    slot.ChangeLine(asked, entry.Kind, decision);
                    slot.Touch(asOf);
                    Journal?.Invoke(entry);
                    JournalAlerts(decision, entry.At);
                }

                return decision;
            }
        }
        finally
        {
            Leave(asked.Id, slot);
        }
    }

    // Does it; what is to be written of it, or null when it is refused.
    private LedgerDecision ChangeLine(LedgerRequest asked, Instant asOf, long? used, out LedgerEntry? entry)
    {
        entry = null;
        (BudgetId budget, Instant at, long units) = asked switch
        {
            LedgerRequest.Expect e => (e.Budget, e.At, Within(e.Units)),
            LedgerRequest.ChangeLimit c => (c.Budget, c.At, Within(c.Units)),
            LedgerRequest.Change c => (c.Line.Id, asOf, c.Line.Units ?? 0),
            _ => throw new ArgumentException("A request that changes no line.", nameof(asked)),
        };
        if (tree.Find(budget) is not { } line)
        {
            return Refuse(asked.Id, Of(default), LedgerReasons.NotLive) with { Binding = budget };
        }

        if (!LedgerInstants.IsNear(at, asOf))
        {
            return Refuse(asked.Id, Of(default), LedgerReasons.TooFar);
        }

        LedgerEntryKind kind = KindOf(asked);
        BudgetLine before = line.Terms;
        LedgerDecision? refused = asked is LedgerRequest.Change change
            ? ChangeTerms(change, line, asOf, ref used)
            : ChangePeriod(asked, line, at, units, asOf);
        if (refused is not null)
        {
            return refused;
        }

        Money amount = Of(new(before.IsCounted ? 0 : units, 0));
        entry = new()
        {
            Kind = kind,
            Reservation = asked.Id,
            Budgets = [budget],
            At = at,
            AsOf = asOf,
            Amount = amount,
            Count = before.IsCounted ? units : 0,
            Line = (asked as LedgerRequest.Change)?.Line,
            Used = used,
        };
        return new()
        {
            Id = asked.Id,
            Requested = amount,
            Amount = amount,
            Alerts = kind switch
            {
                LedgerEntryKind.Expected => [],
                LedgerEntryKind.Changed => AlertsOf(line.OpenAt(asOf), asOf),
                _ => AlertsOf(line.OpenAt(asOf).Where(w => w.Period.Contains(at)), asOf),
            },
        };
    }

    private LedgerDecision? ChangeTerms(LedgerRequest.Change asked, LedgerLine line, Instant asOf, ref long? used)
    {
        BudgetLine changed = asked.Line;
        if (!IsSame(line.Terms, changed) || !IsWithin(line.Parent?.Terms, changed) || !IsWithin(changed, changed)
            || !AreOwnWithin(line, changed))
        {
            return CannotChange(asked.Id, line.Terms);
        }

        used = line.Change(changed, asOf, used);
        return null;
    }

    private LedgerDecision? ChangePeriod(LedgerRequest asked, LedgerLine line, Instant at, long units, Instant asOf)
    {
        BudgetLine terms = line.Terms;
        bool isLimit = asked is LedgerRequest.ChangeLimit;
        if (isLimit && (terms.Units is null || terms.HasBook))
        {
            return CannotChange(asked.Id, terms);
        }

        if (Hold(line, at) is not { } window)
        {
            return Outside(asked.Id, Of(default), line, at);
        }

        if (!isLimit)
        {
            window.Expect(units);
            return null;
        }

        if (!IsWithin(line, window.Period.Start, terms, units))
        {
            return CannotChange(asked.Id, terms);
        }

        line.ChangeLimit(window, units, asOf);
        return null;
    }

    // The period that a change is about, which is not forgotten before it is made.
    private static LineWindow? Hold(LedgerLine line, Instant at)
    {
        LineWindow? window;
        do
        {
            window = line.FindWhole(at, isKept: true) ?? line.Find(at);
        }
        while (window?.TryHold() == false);

        return window;
    }

    private static LedgerEntryKind KindOf(LedgerRequest asked) => asked switch
    {
        LedgerRequest.Expect => LedgerEntryKind.Expected,
        LedgerRequest.ChangeLimit => LedgerEntryKind.LimitChanged,
        _ => LedgerEntryKind.Changed,
    };

    private LedgerDecision CannotChange(ReservationId id, BudgetLine line) =>
        Refuse(id, Of(default), LedgerReasons.ChangeInvalid) with { Binding = line.Id, Scope = line.Scope };

    // Whether it is the same line with a limit, policies and alerts that it may have.
    private static bool IsSame(BudgetLine before, BudgetLine line)
    {
        BudgetLine same = before with
        {
            Limit = line.Limit,
            Count = line.Count,
            Flex = line.Flex,
            AtCap = line.AtCap,
            ReversalsGiveRoom = line.ReversalsGiveRoom,
            IsPaused = line.IsPaused,
            Alerts = line.Alerts,
        };
        return same == line && line.IsCounted == before.IsCounted && line.Limit?.Currency == before.Limit?.Currency
            && new BudgetLineValidator().Validate(line).IsValid;
    }

    // Whether the parts of a partitioned line are within it when one line changes.
    private bool IsWithin(BudgetLine? whole, BudgetLine changed)
    {
        if (whole is not { Children: ChildBudgets.Partitioned })
        {
            return true;
        }

        IEnumerable<BudgetLine> parts = PartsOf(whole.Id)
            .Select(l => l.Terms.Id == changed.Id ? changed : l.Terms);
        return parts.Sum(static l => BudgetPlanValidator.Most(l)) <= BudgetPlanValidator.Most(whole);
    }

    // Whether the parts are within the whole, below a line and beside it, in a period in which it has a limit.
    private bool IsWithin(LedgerLine line, Instant start, BudgetLine terms, long units)
    {
        decimal most = units * (1 + terms.Flex.Fraction);
        return (terms.Children != ChildBudgets.Partitioned
                || PartsOf(terms.Id).Sum(part => part.MostOf(start)) <= most)
            && (line.Parent is not { Terms.Children: ChildBudgets.Partitioned } whole
                || PartsOf(whole.Terms.Id).Sum(part => part == line ? most : part.MostOf(start))
                    <= whole.MostOf(start));
    }

    // Whether new terms leave the parts within the whole in periods in which some have limits of their own.
    private bool AreOwnWithin(LedgerLine line, BudgetLine changed)
    {
        if (changed.Units is not { } units
            || (changed.Units == line.Terms.Units && changed.Flex == line.Terms.Flex))
        {
            return true;
        }

        IEnumerable<LedgerLine> others = changed.Children == ChildBudgets.Partitioned ? PartsOf(changed.Id) : [];
        if (line.Parent is { Terms.Children: ChildBudgets.Partitioned } whole)
        {
            others = others.Append(whole).Concat(PartsOf(whole.Terms.Id).Where(part => part != line));
        }

        return others.SelectMany(static other => other.OwnPeriods).Distinct()
            .All(start => IsWithin(line, start, changed, units));
    }

    private IEnumerable<LedgerLine> PartsOf(BudgetId whole) => tree.Lines.Where(l => l.Terms.Parent == whole);

    private static long Within(long units)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, Money.MinorUnitsMax);
        return units;
    }

    private void RestoreChange(LedgerEntry entry)
    {
        ReservationId id = entry.Reservation ?? throw new ArgumentException("A change has an id.", nameof(entry));
        BudgetId budget = entry.Budgets is [var only] ? only
            : throw new ArgumentException($"A change is of one line: {entry}", nameof(entry));
        long units = tree.Find(budget) is { Terms.IsCounted: true } ? entry.Count : entry.Amount.MinorUnits;
        LedgerRequest asked = entry.Kind switch
        {
            LedgerEntryKind.Expected => new LedgerRequest.Expect(id, budget, entry.At, units),
            LedgerEntryKind.LimitChanged => new LedgerRequest.ChangeLimit(id, budget, entry.At, units),
            _ => new LedgerRequest.Change(
                id, entry.Line ?? throw new ArgumentException("A changed line has its terms.", nameof(entry))),
        };
        LedgerSlot slot = slots.GetOrAdd(id, static _ => new());
        LedgerDecision decision = ChangeLine(asked, entry.AsOf, entry.Used, out LedgerEntry? done);
        if (slot.Phase is not null || done is null)
        {
            throw new ArgumentException($"An entry cannot follow those before it: {entry}", nameof(entry));
        }

        slot.ChangeLine(asked, entry.Kind, decision);
        slot.Touch(entry.AsOf);
    }
}
