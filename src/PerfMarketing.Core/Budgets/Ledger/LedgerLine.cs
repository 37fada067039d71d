using System.Collections.Concurrent;
using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>One line of a plan, with its place in the tree and its periods.</summary>
internal sealed class LedgerLine
{
    private readonly ContractCalendar calendar;
    private readonly BudgetWindows? cutting;
    private readonly ConcurrentDictionary<Instant, LineWindow> windows = [];
    private readonly ConcurrentDictionary<Instant, LineWindow> wholes = [];
    private readonly Lock changing = new();
    private BudgetLine terms;
    private LimitHistory limits;

    internal LedgerLine(BudgetLine terms, LedgerLine? parent, ContractCalendar calendar)
    {
        this.terms = terms;
        this.calendar = calendar;
        limits = new(terms.Units ?? 0) { Since = terms.Since };
        cutting = terms.Windows is { } cut ? new(cut) : null;
        Book = cutting is not null && terms.HasBook ? new(this, cutting) : null;
        Parent = parent;
    }

    internal LedgerLine? Parent { get; }

    internal BudgetLine Terms => Volatile.Read(ref terms);

    /// <summary>
    /// What its windows may use where that follows from each other; null where each has the whole limit.
    /// </summary>
    internal WindowBook? Book { get; }

    /// <summary>The limit and its changes.</summary>
    internal LimitHistory Limits => Volatile.Read(ref limits);

    /// <summary>How many periods are remembered.</summary>
    internal int WindowCount => windows.Count + wholes.Count;

    /// <summary>How many lines stand above.</summary>
    internal int Depth => Parent is null ? 0 : Parent.Depth + 1;

    /// <summary>The period of an instant: the day where days share one. Null when it is outside of a flight.</summary>
    internal LineWindow? Find(Instant at) => Find(at, isKept: true);

    /// <summary>The period of an instant, which is not begun by looking at it.</summary>
    internal LineWindow? Peek(Instant at) => ContractCalendar.Covers(at) ? Find(at, isKept: false) : null;

    /// <summary>The window whose days share the limit; null where days do not share one.</summary>
    internal LineWindow? FindWhole(Instant at, bool isKept = false) =>
        Book is { IsShared: true } && cutting!.WholeAt(at) is { } whole
            ? Of(wholes, whole, isWhole: true, isKept)
            : null;

    /// <summary>When the line's flight begins, if that is after an instant.</summary>
    internal Instant? BeginAfter(Instant at) =>
        Terms.Since is { } since && since > at ? since
        : Terms.Flight is { } flight && calendar.Flight(flight).Start is var start && start > at ? start
        : null;

    /// <summary>Takes new terms of the same line; what is used stays.</summary>
    /// <param name="changed">The terms.</param>
    /// <param name="asOf">From when they hold.</param>
    /// <param name="used">What was in use then; null when it is to be counted.</param>
    /// <returns>What was in use then.</returns>
    internal long Change(BudgetLine changed, Instant asOf, long? used)
    {
        lock (changing)
        {
            BudgetLine before = Terms;
            Instant at = Instant.Max(asOf, limits.Changes is [.., var last] ? last.At : limits.Since ?? asOf);
            long inUse = used ?? (FindWhole(at) ?? Peek(at))?.Used ?? 0;
            Volatile.Write(ref terms, changed);
            if (changed.Units != before.Units)
            {
                ChangeLimits(limits.Shortened().Change(at, changed.Units ?? 0, inUse));
            }

            bool isRaised = changed.Units > before.Units || changed.Flex.Fraction > before.Flex.Fraction;
            foreach (LineWindow window in windows.Values.Concat(wholes.Values))
            {
                if (Book is null && (changed.Units != before.Units || changed.Flex != before.Flex))
                {
                    window.ChangeLimit(changed.Units, asOf);
                }
                else if (Book is not null && isRaised)
                {
                    window.Raise(asOf);
                }
            }

            return inUse;
        }
    }

    /// <summary>Forgets periods that ended by an instant.</summary>
    internal void Forget(Instant before, Func<LineWindow, bool> isKept)
    {
        foreach (LineWindow part in Book?.Settle(before) ?? [])
        {
            if (!isKept(part) && part.IsUnheld)
            {
                Book!.Remove(part);
                windows.TryRemove(part.Period.Start, out _);
            }
        }

        ConcurrentDictionary<Instant, LineWindow> others = Book is null ? windows : wholes;
        foreach ((Instant start, LineWindow window) in others)
        {
            if (window.Period.End <= before && !isKept(window) && window.IsUnheld)
            {
                others.TryRemove(start, out _);
            }
        }
    }

    private void ChangeLimits(LimitHistory changed)
    {
        if (Book is null)
        {
            Volatile.Write(ref limits, changed);
            return;
        }

        lock (Book.Gate)
        {
            Volatile.Write(ref limits, changed);
            Book.Renew();
        }
    }

    private LineWindow? Find(Instant at, bool isKept)
    {
        if (at < Terms.Since)
        {
            return null;
        }

        if (cutting is not null)
        {
            return cutting.At(at) is { } part ? Of(windows, part, isWhole: false, isKept) : null;
        }

        CalendarPeriod period = Terms.Flight is { } flight
            ? calendar.Flight(flight)
            : calendar.Containing(Terms.Per, at);
        return !period.Contains(at) ? null
            : windows.TryGetValue(period.Start, out LineWindow? known) ? known
            : Of(windows, new(period.Key, period.Start, period.End), isWhole: false, isKept);
    }

    // No period begins with terms of before a change that it does not see.
    private LineWindow Of(
        ConcurrentDictionary<Instant, LineWindow> all, BudgetWindow period, bool isWhole, bool isKept)
    {
        if (all.TryGetValue(period.Start, out LineWindow? known))
        {
            return known;
        }

        lock (changing)
        {
            LineWindow window = new(this, period, isWhole);
            if (!isKept)
            {
                return window;
            }

            window = all.GetOrAdd(period.Start, window);
            if (!isWhole)
            {
                Book?.Add(window);
            }

            return window;
        }
    }
}
