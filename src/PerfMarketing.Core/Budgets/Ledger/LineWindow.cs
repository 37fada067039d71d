using NodaTime;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>One line in one period: what is in use there, counted by many threads at once without a lock.</summary>
/// <remarks>
/// What takes several steps, on this line or on several, is bracketed by <see cref="Open"/> and <see cref="Close"/>. A
/// refusal and a reading wait until nobody is within brackets, so that neither rests on an amount that is about to be
/// given back. Reservations go from the highest line down and wait only for lines further down: nobody waits in a
/// circle. The same number counts who is within, how often something was done, and whether the period is forgotten: it
/// is forgotten in one step, and only when nothing was done since somebody looked who uses it.
/// </remarks>
internal sealed partial class LineWindow
{
    internal const long OpenMask = (1L << 15) - 1;
    internal const long Closed = Once - 1;
    private const long Retired = 1L << 15;
    private const long Once = 1L << 16;
    private const long Never = long.MaxValue;

    private readonly BudgetCounter counter;
    private readonly WindowBook? book;
    private long changes;
    private long limit;
    private long committed;
    private long reversed;
    private long kept;
    private long inFlight;
    private long stoppedAt = Never;
    private long raisedAt = long.MinValue;
    private AlertedShare? alerted;

    internal LineWindow(LedgerLine line, BudgetWindow period, bool isWhole = false)
    {
        Line = line;
        Period = period;
        IsWhole = isWhole;
        book = line.Book;
        BudgetLine terms = line.Terms;
        limit = terms.Units ?? 0;
        counter = new(book is null ? MostOf(terms, limit) : BudgetCounter.AmountMax);
    }

    internal LedgerLine Line { get; }

    internal BudgetWindow Period { get; }

    /// <summary>The first instant that counts in it: no earlier than the line holds.</summary>
    internal Instant Start => Line.Terms.Since is { } since ? Instant.Max(since, Period.Start) : Period.Start;

    /// <summary>Whether it is the window that days share, and not one of the days.</summary>
    internal bool IsWhole { get; }

    /// <summary>
    /// What it may use, where that follows from other windows; read and set under the lock of the book.
    /// </summary>
    internal WindowCut? Cut { get; set; }

    internal long Used => counter.Used;

    internal long Committed => Volatile.Read(ref committed);

    /// <summary>What is in use above the most that may be.</summary>
    internal bool IsOver => counter.Used > (book is null ? counter.Limit : Bounds().Most);

    /// <summary>What changes with everything that is done here; see <see cref="TryRetire"/>.</summary>
    internal long Stamp => Volatile.Read(ref changes);

    /// <summary>Whether it is forgotten: whoever found it before looks for its period again.</summary>
    internal bool IsRetired => (Volatile.Read(ref changes) & Retired) != 0;

    /// <summary>Whether nothing is set aside.</summary>
    internal bool IsUnheld => Read().Reserved == 0;

    /// <summary>When waiting helps: the end of the period, when it has one that comes again.</summary>
    internal Instant? ResetsAt()
    {
        if (book is null)
        {
            return Line.Terms.Per is PeriodUnit.Flight or PeriodUnit.Lifetime ? null : Period.End;
        }

        lock (book.Gate)
        {
            return book.ResetsAt(this);
        }
    }

    /// <summary>
    /// Whether a result that was bought at an instant, and never reserved, was in flight at the stop.
    /// </summary>
    internal bool WasOpenAt(Instant boughtAt) => boughtAt.ToUnixTimeTicks() <= Volatile.Read(ref stoppedAt);

    /// <summary>Says that something is done here; whether it counts, as the period is not forgotten.</summary>
    internal bool TryHold() => (Interlocked.Add(ref changes, Once) & Retired) == 0;

    /// <summary>Forgets the period if nothing was done since a stamp, and nobody is within brackets.</summary>
    /// <param name="stamp">What <see cref="Stamp"/> was.</param>
    internal bool TryRetire(long stamp) => (stamp & OpenMask) == 0
        && Interlocked.CompareExchange(ref changes, stamp | Retired, stamp) == stamp;

    /// <summary>Begins a change of several steps.</summary>
    internal void Open()
    {
        Interlocked.Increment(ref changes);
        if (!IsWhole)
        {
            book?.Open();
        }
    }

    /// <summary>Ends a change of several steps.</summary>
    internal void Close()
    {
        if (!IsWhole)
        {
            book?.Close();
        }

        Interlocked.Add(ref changes, Closed);
    }

    /// <summary>Takes units when they fit.</summary>
    /// <param name="units">How many.</param>
    /// <param name="isAlone">Whether the line is the only one; else it is open when this returns true.</param>
    /// <param name="left">What was left before, of a whole window for the part that is asked for.</param>
    /// <param name="part">The part of a whole window that is asked next; null where it has none.</param>
    internal bool TryTake(long units, bool isAlone, out long left, LineWindow? part = null)
    {
        SpinWait spin = default;
        while (true)
        {
            long before = Volatile.Read(ref changes);
            long others = book?.Changes ?? 0;
            if (TryTakeNow(units, isAlone, part, out left, out bool fits))
            {
                return true;
            }

            if (fits)
            {
                continue;
            }

            if (((before | others) & OpenMask) == 0 && Volatile.Read(ref changes) == before
                && (book is null || book.Changes == others))
            {
                return false;
            }

            spin.SpinOnce();
        }
    }

    /// <summary>Takes as many of some units as fit, whatever is expected in flight; within brackets.</summary>
    internal long TakeUpTo(long units)
    {
        if (book is null)
        {
            return Take(units, long.MaxValue);
        }

        lock (book.Gate)
        {
            long taken = Take(Math.Min(units, book.LeftLater(this)), MostOf(Line.Terms, book.UnitsOf(this)));
            book.Note(this);
            return taken;
        }
    }

    /// <summary>Takes units whether they fit or not; within brackets.</summary>
    internal void Take(long units)
    {
        if (book is null)
        {
            counter.Settle(0, units);
            return;
        }

        lock (book.Gate)
        {
            counter.Settle(0, units);
            book.Note(this);
        }
    }

    /// <summary>Gives units back.</summary>
    internal void Give(long units)
    {
        if (units <= 0)
        {
            return;
        }

        if (book is null)
        {
            counter.Release(units);
            return;
        }

        lock (book.Gate)
        {
            counter.Release(units);
            book.Note(this);
        }
    }

    /// <summary>Counts units as spent that were taken before; within brackets.</summary>
    internal void Commit(long units) => Interlocked.Add(ref committed, units);

    /// <summary>Counts units as taken back; within brackets.</summary>
    internal void Reverse(long units)
    {
        Interlocked.Add(ref committed, -units);
        AddReversed(units);
        if (Line.Terms.ReversalsGiveRoom)
        {
            Give(units);
        }
        else
        {
            Interlocked.Add(ref kept, units);
        }
    }

    /// <summary>Notes when the line refused; whether that is the earliest since its limit was raised.</summary>
    internal bool Stop(Instant asOf)
    {
        long ticks = asOf.ToUnixTimeTicks();
        if (ticks < Volatile.Read(ref raisedAt))
        {
            return false;
        }

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

    /// <summary>Sets what is expected to arrive without a reservation.</summary>
    internal void Expect(long units) => Volatile.Write(ref inFlight, units);

    /// <summary>Sets the limit without flex, or none.</summary>
    internal void ChangeLimit(long? units, Instant asOf)
    {
        Open();
        long before = counter.Limit;
        Volatile.Write(ref limit, units ?? 0);
        counter.ChangeLimit(MostOf(Line.Terms, units ?? 0));
        if (counter.Limit > before)
        {
            Raise(asOf);
        }

        Close();
    }

    /// <summary>The limit is higher: what is refused from now on is a stop of its own.</summary>
    internal void Raise(Instant asOf)
    {
        Volatile.Write(ref raisedAt, Math.Max(asOf.ToUnixTimeTicks(), Volatile.Read(ref raisedAt)));
        Volatile.Write(ref stoppedAt, Never);
    }

    /// <summary>What is left of some units, with the flex of the line; under the lock of the book.</summary>
    internal long LeftOf(long units) =>
        Math.Max(0, MostOf(Line.Terms, units) - counter.Used - Volatile.Read(ref inFlight));

    // What is taken back makes room for more of it, without an end: it is counted as far as can be.
    private void AddReversed(long units)
    {
        long known = Volatile.Read(ref reversed);
        while (true)
        {
            long sum = known + Math.Min(units, long.MaxValue - known);
            long before = Interlocked.CompareExchange(ref reversed, sum, known);
            if (before == known)
            {
                return;
            }

            known = before;
        }
    }

    // A promise of nothing is a promise too: it is not given any more when nothing is left.
    private bool Fits(long units, long left) => units <= left && (units > 0 || left > 0 || Line.Terms.IsCounted);

    private static long MostOf(BudgetLine terms, long limit) => terms.Units is null
        ? BudgetCounter.AmountMax
        : (long)decimal.Min(decimal.Floor(limit * (1 + terms.Flex.Fraction)), BudgetCounter.AmountMax);

    // The limit without flex, and the most with it.
    private (long Units, long Most) Bounds()
    {
        if (book is null)
        {
            return (Volatile.Read(ref limit), counter.Limit);
        }

        lock (book.Gate)
        {
            long units = book.UnitsOf(this);
            return (units, MostOf(Line.Terms, units));
        }
    }

    private bool TryTakeNow(long units, bool isAlone, LineWindow? part, out long left, out bool fits)
    {
        if (book is null)
        {
            long most = counter.Limit - Volatile.Read(ref inFlight);
            left = Math.Max(0, counter.Available - Volatile.Read(ref inFlight));
            fits = Fits(units, left);
            return fits && TryTakeWithin(units, most, isAlone);
        }

        lock (book.Gate)
        {
            long allowed = book.UnitsOf(this);
            left = Math.Min(LeftOf(allowed), book.LeftLater(this));
            fits = Fits(units, left);
            left = part is null ? left : Math.Min(left, part.LeftOf(book.UnitsOf(part)));
            if (!fits || !TryTakeWithin(units, MostOf(Line.Terms, allowed) - Volatile.Read(ref inFlight), isAlone))
            {
                return false;
            }

            book.Note(this);
            return true;
        }
    }

    private bool TryTakeWithin(long units, long most, bool isAlone)
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

        return false;
    }

    private long Take(long units, long most)
    {
        while (true)
        {
            long take = Math.Min(units, Math.Min(counter.Limit, most) - counter.Used);
            if (take <= 0 || counter.TryReserve(take, most))
            {
                return Math.Max(0, take);
            }
        }
    }
}
