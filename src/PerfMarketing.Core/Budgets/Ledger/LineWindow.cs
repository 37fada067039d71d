using NodaTime;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>One line in one period: what is in use there, counted by many threads at once without a lock.</summary>
/// <remarks>
/// What takes several steps, on this line or on several, is bracketed by <see cref="Open"/> and <see cref="Close"/>. A
/// refusal and a reading wait until nobody is within brackets, so that neither rests on an amount that is about to be
/// given back. Reservations go from the highest line down and wait only for lines further down: nobody waits in a
/// circle.
/// </remarks>
internal sealed class LineWindow
{
    private const int OpenBits = 16;
    private const long OpenMask = (1L << OpenBits) - 1;
    private const long Never = long.MaxValue;

    private readonly BudgetCounter counter;
    private long changes;
    private long limit;
    private long committed;
    private long reversed;
    private long kept;
    private long inFlight;
    private long stoppedAt = Never;
    private AlertedShare? alerted;

    internal LineWindow(LedgerLine line, CalendarPeriod period)
    {
        Line = line;
        Period = period;
        BudgetLine terms = line.Terms;
        limit = terms.Units ?? 0;
        counter = new(MostOf(terms, limit));
    }

    internal LedgerLine Line { get; }

    internal CalendarPeriod Period { get; }

    /// <summary>What is in use above the most that may be.</summary>
    internal bool IsOver => counter.Used > counter.Limit;

    /// <summary>Whether nothing is set aside.</summary>
    internal bool IsUnheld => Read().Reserved == 0;

    /// <summary>When waiting helps: the end of the period, when it has one that comes again.</summary>
    internal Instant? ResetsAt =>
        Period.Unit is PeriodUnit.Flight or PeriodUnit.Lifetime ? null : Period.End;

    /// <summary>
    /// Whether a result that was bought at an instant, and never reserved, was in flight at the stop.
    /// </summary>
    internal bool WasOpenAt(Instant boughtAt) => boughtAt.ToUnixTimeTicks() <= Volatile.Read(ref stoppedAt);

    /// <summary>Begins a change of several steps.</summary>
    internal void Open() => Interlocked.Increment(ref changes);

    /// <summary>Ends a change of several steps.</summary>
    internal void Close() => Interlocked.Add(ref changes, OpenMask);

    /// <summary>Takes units when they fit.</summary>
    /// <param name="units">How many.</param>
    /// <param name="isAlone">Whether the line is the only one; else it is open when this returns true.</param>
    /// <param name="left">What was left before.</param>
    internal bool TryTake(long units, bool isAlone, out long left)
    {
        SpinWait spin = default;
        while (true)
        {
            long before = Volatile.Read(ref changes);
            long most = counter.Limit - Volatile.Read(ref inFlight);
            left = Left();
            if (Fits(units, left))
            {
                if (!isAlone)
                {
                    Open();
                }

                if (counter.TryReserve(units, most))
                {
                    return true;
                }

                if (!isAlone)
                {
                    Close();
                }
            }
            else if ((before & OpenMask) == 0 && Volatile.Read(ref changes) == before)
            {
                return false;
            }
            else
            {
                spin.SpinOnce();
            }
        }
    }

    /// <summary>Takes as many of some units as fit, whatever is expected in flight; within brackets.</summary>
    internal long TakeUpTo(long units)
    {
        while (true)
        {
            long take = Math.Min(units, counter.Available);
            if (take <= 0 || counter.TryReserve(take))
            {
                return Math.Max(0, take);
            }
        }
    }

    /// <summary>Takes units whether they fit or not; within brackets.</summary>
    internal void Take(long units) => counter.Settle(0, units);

    /// <summary>Gives units back.</summary>
    internal void Give(long units)
    {
        if (units > 0)
        {
            counter.Release(units);
        }
    }

    /// <summary>Counts units as spent that were taken before; within brackets.</summary>
    internal void Commit(long units) => Interlocked.Add(ref committed, units);

    /// <summary>Counts units as taken back; within brackets.</summary>
    internal void Reverse(long units)
    {
        Interlocked.Add(ref committed, -units);
        Interlocked.Add(ref reversed, units);
        if (Line.Terms.ReversalsGiveRoom)
        {
            Give(units);
        }
        else
        {
            Interlocked.Add(ref kept, units);
        }
    }

    /// <summary>Notes when the line refused; whether that is the earliest.</summary>
    internal bool Stop(Instant asOf)
    {
        long ticks = asOf.ToUnixTimeTicks();
        long known = Volatile.Read(ref stoppedAt);
        while (ticks < known)
        {
            long before = Interlocked.CompareExchange(ref stoppedAt, ticks, known);
            if (before == known)
            {
                return true;
            }

            known = before;
        }

        return false;
    }

    /// <summary>The next alert that is due, which is given once.</summary>
    internal bool TryAlert(out Percentage share)
    {
        BudgetLine terms = Line.Terms;
        while (terms.Units is not null)
        {
            AlertedShare? last = Volatile.Read(ref alerted);
            int next = 0;
            while (next < terms.Alerts.Count && terms.Alerts[next].Fraction <= last?.Share.Fraction)
            {
                next++;
            }

            if (next >= terms.Alerts.Count
                || Volatile.Read(ref committed) < Volatile.Read(ref limit) * terms.Alerts[next].Fraction)
            {
                break;
            }

            share = terms.Alerts[next];
            if (Interlocked.CompareExchange(ref alerted, new AlertedShare(share), last) == last)
            {
                return true;
            }
        }

        share = default;
        return false;
    }

    /// <summary>Sets what is expected to arrive without a reservation.</summary>
    internal void Expect(long units) => Volatile.Write(ref inFlight, units);

    /// <summary>Sets the limit without flex, or none.</summary>
    internal void ChangeLimit(long? units)
    {
        Open();
        Volatile.Write(ref limit, units ?? 0);
        counter.ChangeLimit(MostOf(Line.Terms, units ?? 0));
        Close();
    }

    /// <summary>How the line stands, at one instant within the call.</summary>
    internal BudgetSnapshot Read()
    {
        SpinWait spin = default;
        while (true)
        {
            long before = Volatile.Read(ref changes);
            bool isLimited = Line.Terms.Units is not null;
            long spent = Volatile.Read(ref committed);
            long used = counter.Used;
            long expected = Volatile.Read(ref inFlight);
            long stopped = Volatile.Read(ref stoppedAt);
            BudgetSnapshot read = new()
            {
                Budget = Line.Terms.Id,
                Window = Period.Key,
                From = Period.Unit == PeriodUnit.Lifetime ? null : Period.Start,
                To = Period.End == Instant.MaxValue ? null : Period.End,
                Limit = isLimited ? Volatile.Read(ref limit) : null,
                Most = isLimited ? counter.Limit : null,
                Committed = spent,
                Reserved = used - spent - Volatile.Read(ref kept),
                Reversed = Volatile.Read(ref reversed),
                InFlight = expected,
                Available = Math.Max(0, Math.Max(0, counter.Limit - used) - expected),
                StoppedAt = stopped == Never ? null : Instant.FromUnixTimeTicks(stopped),
            };
            if ((before & OpenMask) == 0 && Volatile.Read(ref changes) == before)
            {
                return read;
            }

            spin.SpinOnce();
        }
    }

    // A promise of nothing is a promise too: it is not given any more when nothing is left.
    private bool Fits(long units, long left) => units <= left && (units > 0 || left > 0 || Line.Terms.IsCounted);

    private static long MostOf(BudgetLine terms, long limit) => terms.Units is null
        ? BudgetCounter.AmountMax
        : (long)decimal.Floor(limit * (1 + terms.Flex.Fraction));

    private long Left() => Math.Max(0, counter.Available - Volatile.Read(ref inFlight));

    // The last share of which an alert was given; a reference, so that threads exchange it in one step.
    private sealed class AlertedShare(Percentage share)
    {
        internal Percentage Share => share;
    }
}
