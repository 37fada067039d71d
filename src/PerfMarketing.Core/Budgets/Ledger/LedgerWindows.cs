using NodaTime;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>The periods that one reservation counts in, the highest line first.</summary>
internal sealed class LedgerWindows
{
    private readonly LineWindow[] windows;
    private readonly Instant start;
    private readonly Instant end;
    private readonly bool isMoney;

    internal LedgerWindows(LineWindow[] windows)
    {
        this.windows = windows;
        start = windows.Max(static w => w.Start);
        end = windows.Min(static w => w.Period.End);
        isMoney = windows.Any(static w => !w.Line.Terms.IsCounted);
    }

    internal ReadOnlySpan<LineWindow> Lines => windows;

    internal IEnumerable<LineWindow> All => windows;

    internal bool IsAlone => windows.Length == 1;

    /// <summary>Whether all periods are those of an instant.</summary>
    internal bool Contains(Instant at) => start <= at && at < end;

    /// <summary>Whether all periods are those of a result.</summary>
    internal bool Contains(LedgerInstants at)
    {
        foreach (LineWindow window in windows)
        {
            Instant instant = at.Of(window.Line.Terms.Recognition);
            if (instant < window.Start || instant >= window.Period.End)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The periods of one line: one, or two where days share one.</summary>
    internal IEnumerable<LineWindow> Of(LedgerLine line) => windows.Where(w => w.Line == line);

    internal bool IsSame(LedgerWindows other) => ReferenceEquals(this, other) || Lines.SequenceEqual(other.Lines);

    internal void Open()
    {
        foreach (LineWindow window in windows)
        {
            window.Open();
        }
    }

    internal void Close()
    {
        foreach (LineWindow window in windows)
        {
            window.Close();
        }
    }

    /// <summary>Takes an amount on all lines or on none.</summary>
    /// <param name="units">The amount.</param>
    /// <param name="headroom">What the tightest line had left, or the one that refused.</param>
    /// <returns>
    /// The line that refused; null when all is taken: then several lines are open until <see cref="Taken"/>.
    /// </returns>
    internal LineWindow? TryTake(LedgerUnits units, out long headroom)
    {
        headroom = long.MaxValue;
        for (int i = 0; i < windows.Length; i++)
        {
            LineWindow window = windows[i];
            LineWindow? part = window.IsWhole ? windows[i + 1] : null;
            if (!window.TryTake(units.Of(window), IsAlone, out long left, part))
            {
                for (int taken = i - 1; taken >= 0; taken--)
                {
                    windows[taken].Give(units.Of(windows[taken]));
                    windows[taken].Close();
                }

                headroom = left;
                return window;
            }

            if (window.Line.Terms.IsCounted != isMoney)
            {
                headroom = Math.Min(headroom, left);
            }
        }

        return null;
    }

    /// <summary>Whether none of the periods is forgotten, nor will be by who looked before.</summary>
    /// <param name="isOpen">Whether all are within brackets, which says enough.</param>
    /// <param name="known">Periods that a reservation keeps already; null when there is none.</param>
    internal bool TryHold(bool isOpen, LedgerWindows? known = null)
    {
        foreach (LineWindow window in windows)
        {
            if (known?.Has(window) != true && (isOpen ? window.IsRetired : !window.TryHold()))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends what <see cref="TryTake"/> began.</summary>
    internal void Taken()
    {
        if (!IsAlone)
        {
            Close();
        }
    }

    /// <summary>Gives an amount back on all lines.</summary>
    internal void Give(LedgerUnits units)
    {
        if (IsAlone)
        {
            windows[0].Give(units.Of(windows[0]));
            return;
        }

        Open();
        foreach (LineWindow window in windows)
        {
            window.Give(units.Of(window));
        }

        Close();
    }

    /// <summary>Takes an amount on all lines, whether it fits or not.</summary>
    internal void Take(LedgerUnits units)
    {
        foreach (LineWindow window in windows)
        {
            window.Take(units.Of(window));
        }
    }

    /// <summary>Takes what is held elsewhere, and says what is then held here on each line.</summary>
    internal void Take(LedgerUnits held, LedgerWindows before, long[] taken)
    {
        for (int i = 0; i < taken.Length; i++)
        {
            long units = held.Of(windows[i]);
            if (!before.Has(windows[i]))
            {
                windows[i].Take(units);
            }

            taken[i] = units;
        }
    }

    /// <summary>Gives back what is held elsewhere now.</summary>
    internal void GiveMoved(LedgerUnits held, LedgerWindows now)
    {
        if (ReferenceEquals(this, now))
        {
            return;
        }

        foreach (LineWindow window in windows)
        {
            if (!now.Has(window))
            {
                window.Give(held.Of(window));
            }
        }
    }

    internal bool Has(LineWindow window) => Array.IndexOf(windows, window) >= 0;

    /// <summary>Spends an amount on all lines, whether it fits or not.</summary>
    internal void Spend(LedgerUnits units)
    {
        Open();
        foreach (LineWindow window in windows)
        {
            window.Take(units.Of(window));
            window.Commit(units.Of(window));
        }

        Close();
    }
}
