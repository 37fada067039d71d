using NodaTime;
using PerfMarketing.Monetary;

namespace PerfMarketing.Budgets.Ledger;

/// <content>How a period stands, and what is said of it.</content>
internal sealed partial class LineWindow
{
    /// <summary>The next alert that is due, which is given once.</summary>
    internal bool TryAlert(out Percentage share)
    {
        BudgetLine terms = Line.Terms;
        share = default;
        if (terms.Units is null || terms.Alerts.Count == 0)
        {
            return false;
        }

        while (true)
        {
            if ((book is null ? (Committed, Volatile.Read(ref limit)) : book.SpentOf(this))
                is not (long spent, long most))
            {
                return false;
            }

            AlertedShare? last = Volatile.Read(ref alerted);
            int next = 0;
            while (next < terms.Alerts.Count && terms.Alerts[next].Fraction <= last?.Share.Fraction)
            {
                next++;
            }

            if (next >= terms.Alerts.Count || spent <= 0 || spent < most * terms.Alerts[next].Fraction)
            {
                return false;
            }

            share = terms.Alerts[next];
            if (Interlocked.CompareExchange(ref alerted, new AlertedShare(share), last) == last)
            {
                return true;
            }
        }
    }

    /// <summary>How the line stands, at one instant within the call.</summary>
    internal BudgetSnapshot Read()
    {
        SpinWait spin = default;
        while (true)
        {
            long before = Volatile.Read(ref changes);
            BudgetSnapshot read = ReadNow();
            if ((before & OpenMask) == 0 && Volatile.Read(ref changes) == before)
            {
                return read;
            }

            spin.SpinOnce();
        }
    }

    private BudgetSnapshot ReadNow()
    {
        bool isLimited = Line.Terms.Units is not null;
        (long units, long most) = Bounds();
        long spent = Volatile.Read(ref committed);
        long used = counter.Used;
        long expected = Volatile.Read(ref inFlight);
        long stopped = Volatile.Read(ref stoppedAt);
        BudgetSnapshot? whole = book is { IsShared: true } && !IsWhole ? Line.FindWhole(Period.Start)?.Read() : null;
        return new()
        {
            Budget = Line.Terms.Id,
            Window = Period.Key,
            From = Period.Start == Instant.MinValue ? null : Period.Start,
            To = Period.End == Instant.MaxValue ? null : Period.End,
            Limit = isLimited ? units : null,
            Most = isLimited ? most : null,
            Committed = spent,
            Reserved = used - spent - Volatile.Read(ref kept),
            Reversed = Volatile.Read(ref reversed),
            InFlight = expected,
            Available = Math.Min(Math.Max(0, Math.Max(0, most - used) - expected), whole?.Available ?? long.MaxValue),
            StoppedAt = stopped == Never ? null : Instant.FromUnixTimeTicks(stopped),
            Whole = whole,
        };
    }

    // The last share of which an alert was given; a reference, so that threads exchange it in one step.
    private sealed class AlertedShare(Percentage share)
    {
        internal Percentage Share => share;
    }
}
