using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>
/// What the windows of one line may use that depend on each other: days that share a month, rolling days, and what
/// rolls over.
/// </summary>
/// <remarks>
/// Everything here, and what is in use in these windows, changes under <see cref="Gate"/>, which is held for one step
/// and while nothing else is waited for. A limit is computed again when something changed that it follows from; what
/// the newest window uses is not such a thing, so that the present is asked without computing.
/// </remarks>
internal sealed class WindowBook(LedgerLine line, BudgetWindows windows)
{
    private static readonly Duration Instantly = Duration.FromNanoseconds(1);

    private readonly SortedDictionary<Instant, LineWindow> parts = [];
    private WindowCarry? carry;
    private Instant newest = Instant.MinValue;
    private long version;
    private long changes;

    internal Lock Gate { get; } = new();

    /// <summary>Whether days share a larger window, which is counted too.</summary>
    internal bool IsShared => windows.Terms.Days is not null;

    /// <summary>How often parts were opened and closed; see <see cref="LineWindow.Open"/>.</summary>
    internal long Changes => Volatile.Read(ref changes);

    internal void Open() => Interlocked.Increment(ref changes);

    internal void Close() => Interlocked.Add(ref changes, LineWindow.Closed);

    /// <summary>A part is counted from now on.</summary>
    internal void Add(LineWindow part)
    {
        lock (Gate)
        {
            parts[part.Period.Start] = part;
            newest = Instant.Max(newest, part.Period.Start);
        }
    }

    /// <summary>The limit changed; under the lock.</summary>
    internal void Renew() => version++;

    /// <summary>What is in use in a window changed; under the lock.</summary>
    internal void Note(LineWindow window)
    {
        if (!window.IsWhole && window.Period.Start < newest)
        {
            version++;
        }
    }

    /// <summary>What a window may use, as of the last change of what it follows from; under the lock.</summary>
    internal WindowLimit LimitOf(LineWindow window)
    {
        if (window.Cut is not { } cut || cut.Version != version)
        {
            window.Cut = cut = new(version, Compute(window));
        }

        return cut.Limit;
    }

    /// <summary>How many units a window may use in all; under the lock.</summary>
    internal long UnitsOf(LineWindow window) => window.IsWhole ? LimitOf(window).WholeLimit : LimitOf(window).Limit;

    /// <summary>What later rolling days leave for one that is not the last; under the lock.</summary>
    internal long LeftLater(LineWindow window)
    {
        long left = long.MaxValue;
        if (windows.Terms.Per == PeriodUnit.Rolling && window.Period.Start < newest)
        {
            foreach (LineWindow later in parts.Values)
            {
                if (later.Period.Start > window.Period.Start && WholeStart(later) <= window.Period.Start)
                {
                    left = Math.Min(left, later.LeftOf(UnitsOf(later)));
                }
            }
        }

        return left;
    }

    /// <summary>When a window, or one after it, has something to use; under the lock.</summary>
    internal Instant? ResetsAt(LineWindow window) =>
        !window.IsWhole ? Compute(window).ResetsAt
        : windows.Terms.Per == PeriodUnit.Flight ? null
        : window.Period.End;

    /// <summary>What is committed of a limit that alerts are about: of a whole window, or of rolling days.</summary>
    internal (long Committed, long Units)? SpentOf(LineWindow window)
    {
        lock (Gate)
        {
            if (IsShared && !window.IsWhole)
            {
                return null;
            }

            WindowLimit limit = LimitOf(window);
            if (windows.Terms.Per != PeriodUnit.Rolling)
            {
                return (window.Committed, limit.WholeLimit);
            }

            // As far as can be counted, as below.
            Instant start = limit.Whole.Start;
            long committed = 0;
            foreach (LineWindow part in parts.Values
                .Where(p => p.Period.Start >= start && p.Period.Start <= window.Period.Start))
            {
                committed += Math.Min(part.Committed, long.MaxValue - committed);
            }

            return (committed, limit.WholeLimit);
        }
    }

    /// <summary>Keeps what rolls over, and says which parts no later limit follows from any more.</summary>
    /// <param name="before">The instant whose window is the first that is still needed.</param>
    internal List<LineWindow> Settle(Instant before)
    {
        lock (Gate)
        {
            Instant over = windows.WholeAt(before)?.Start ?? before;
            if (windows.Terms.Rollover != Rollover.None && over > (carry?.Start ?? line.Limits.Since))
            {
                carry = windows.CarryAt(before, line.Limits, UsesFrom(carry?.Start), carry);
                version++;
            }

            return [.. parts.Values.Where(p => p.Period.End <= over)];
        }
    }

    /// <summary>A part is counted no more.</summary>
    internal void Remove(LineWindow part)
    {
        lock (Gate)
        {
            if (parts.TryGetValue(part.Period.Start, out LineWindow? known) && known == part)
            {
                parts.Remove(part.Period.Start);
            }
        }
    }

    private Instant WholeStart(LineWindow part) => windows.WholeAt(part.Period.Start)!.Value.Start;

    // By the limit that holds last in it: a change counts for the window that it is made in, and for all after it.
    private WindowLimit Compute(LineWindow window)
    {
        LimitHistory limits = line.Limits;
        Instant last = limits.Changes.Count > 0 ? limits.Changes[^1].At : limits.Since ?? window.Period.Start;
        Instant at = Instant.Max(window.Period.Start, Instant.Min(last, window.Period.End - Instantly));
        Instant whole = windows.WholeAt(at)!.Value.Start;
        WindowCarry? into = carry is { } kept && kept.Start <= whole ? kept : null;
        Instant? from = windows.Terms.Rollover == Rollover.None || (carry is not null && into is null)
            ? whole
            : into?.Start;
        return windows.LimitAt(at, limits, UsesFrom(from), into ?? (from is null ? null : new(whole, 0)));
    }

    // All together within what can be counted: nothing throws while a line is open.
    private WindowUses UsesFrom(Instant? from)
    {
        List<WindowUse> uses = [];
        long rest = long.MaxValue;
        foreach (LineWindow part in parts.Values.Where(p => from is null || p.Period.Start >= from))
        {
            long used = Math.Min(part.Used, rest);
            rest -= Math.Max(0, used);
            uses.Add(new(part.Period.Start, used));
        }

        return new(uses);
    }
}
