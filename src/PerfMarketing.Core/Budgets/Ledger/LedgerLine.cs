using System.Collections.Concurrent;
using NodaTime;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>One line of a plan, with its place in the tree and its periods.</summary>
internal sealed class LedgerLine
{
    private readonly ContractCalendar calendar;
    private readonly ConcurrentDictionary<Instant, LineWindow> windows = [];
    private readonly Lock changing = new();
    private BudgetLine terms;

    internal LedgerLine(BudgetLine terms, LedgerLine? parent, ContractCalendar calendar)
    {
        this.terms = terms;
        this.calendar = calendar;
        Parent = parent;
    }

    internal LedgerLine? Parent { get; }

    internal BudgetLine Terms => Volatile.Read(ref terms);

    /// <summary>How many periods are remembered.</summary>
    internal int WindowCount => windows.Count;

    /// <summary>How many lines stand above.</summary>
    internal int Depth => Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>The period of an instant; null when it is outside of a flight.</summary>
    internal LineWindow? Find(Instant at)
    {
        CalendarPeriod period = PeriodOf(at);
        return !period.Contains(at) ? null
            : windows.TryGetValue(period.Start, out LineWindow? known) ? known
            : Begin(period);
    }

    /// <summary>When the line's flight begins, if that is after an instant.</summary>
    internal Instant? BeginAfter(Instant at) => PeriodOf(at).Start is var start && start > at ? start : null;

    /// <summary>Takes new terms of the same line; what is used stays.</summary>
    internal void Change(BudgetLine changed)
    {
        lock (changing)
        {
            bool isLimit = changed.Units != Terms.Units || changed.Flex != Terms.Flex;
            Volatile.Write(ref terms, changed);
            foreach (LineWindow window in isLimit ? windows.Values : [])
            {
                window.ChangeLimit(changed.Units);
            }
        }
    }

    /// <summary>Forgets periods that ended by an instant.</summary>
    internal void Forget(Instant before)
    {
        foreach ((Instant start, LineWindow window) in windows)
        {
            if (window.Period.End <= before && window.IsUnheld)
            {
                windows.TryRemove(start, out _);
            }
        }
    }

    // No period begins with terms of before a change that it does not see.
    private LineWindow Begin(CalendarPeriod period)
    {
        lock (changing)
        {
            return windows.GetOrAdd(
                period.Start, static (_, made) => new(made.Line, made.period), (Line: this, period));
        }
    }

    private CalendarPeriod PeriodOf(Instant at) => Terms.Flight is { } flight
        ? calendar.Flight(flight)
        : calendar.Containing(Terms.Per, at);
}
