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
    private readonly Dictionary<Instant, long> ownLimits = [];
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

    /// <summary>The starts of the periods that have a limit of their own.</summary>
    internal IEnumerable<Instant> OwnPeriods
    {
        get
        {
            lock (changing)
            {
                return [.. ownLimits.Keys];
            }
        }
    }

    /// <summary>The most that the period which starts at an instant may use, flex included.</summary>
    internal decimal MostOf(Instant start)
    {
        lock (changing)
        {
            long units = ownLimits.TryGetValue(start, out long own) ? own : terms.Units ?? 0;
            return units * (1 + terms.Flex.Fraction);
        }
    }

    /// <summary>Gives one period a limit of its own.</summary>
    internal void ChangeLimit(LineWindow window, long units, Instant asOf)
    {
        lock (changing)
        {
            ownLimits[window.Period.Start] = units;
            window.ChangeLimit(units, asOf);
        }
    }

    /// <summary>The periods that are not over at an instant.</summary>
    internal IEnumerable<LineWindow> OpenAt(Instant at) =>
        windows.Values.Concat(wholes.Values).Where(w => w.Period.End > at).OrderBy(static w => w.Period.Start);

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

            if (changed.Units != before.Units || changed.Flex != before.Flex)
            {
                ownLimits.Clear();
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

    /// <summary>The periods that ended by an instant.</summary>
    internal IEnumerable<LineWindow> EndedBy(Instant before) =>
        windows.Values.Concat(wholes.Values).Where(w => w.Period.End <= before);

    /// <summary>Forgets periods that ended by an instant.</summary>
    /// <param name="before">The instant.</param>
    /// <param name="tryRetire">Whether a period is forgotten from now on: nothing is counted in it any more.</param>
    internal void Forget(Instant before, Func<LineWindow, bool> tryRetire)
    {
        foreach (LineWindow part in Book?.Settle(before) ?? [])
        {
            if (tryRetire(part))
            {
                Book!.Remove(part);
                windows.TryRemove(new(part.Period.Start, part));
            }
        }

        ConcurrentDictionary<Instant, LineWindow> others = Book is null ? windows : wholes;
        foreach (KeyValuePair<Instant, LineWindow> window in others)
        {
            if (window.Value.Period.End <= before && tryRetire(window.Value))
            {
                lock (changing)
                {
                    if (others.TryRemove(window))
                    {
                        ownLimits.Remove(window.Key);
                    }
                }
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
            : windows.TryGetValue(period.Start, out LineWindow? known) && !known.IsRetired ? known
            : Of(windows, new(period.Key, period.Start, period.End), isWhole: false, isKept);
    }

    // No period begins with terms of before a change that it does not see.
    private LineWindow Of(
        ConcurrentDictionary<Instant, LineWindow> all, BudgetWindow period, bool isWhole, bool isKept)
    {
        if (all.TryGetValue(period.Start, out LineWindow? known) && !known.IsRetired)
        {
            return known;
        }

        lock (changing)
        {
            if (all.TryGetValue(period.Start, out known) && !known.IsRetired)
            {
                return known;
            }

            LineWindow window = new(this, period, isWhole);
            if (!isKept)
            {
                return window;
            }

            if (known is not null)
            {
                ownLimits.Remove(period.Start); // With the one that is forgotten.
            }

            all[period.Start] = window;
            if (!isWhole)
            {
                Book?.Add(window);
            }

            return window;
        }
    }
}
