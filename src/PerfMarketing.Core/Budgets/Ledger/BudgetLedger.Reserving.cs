using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Budgets.Ledger;

/// <content>Setting amounts aside.</content>
public sealed partial class BudgetLedger
{
    private LedgerDecision Reserve(LedgerRequest.Reserve asked, Instant asOf)
    {
        LedgerUnits units = Check(asked.Amount, asked.Count);
        LedgerSlot? late = Claim(asked, units, asOf);
        LineWindow? full;
        LedgerDecision decision;
        long swept;
        do
        {
            swept = Volatile.Read(ref sweeps);
            decision = TryReserve(asked, units, asOf, late is not null, out full);
        }
        while (full is not null && (Sweep(asOf) > 0 || Volatile.Read(ref sweeps) != swept)); // What expired is free.

        if (late is not null && decision.Code is BudgetReasons.Exhausted or LedgerReasons.ParentCap
            or LedgerReasons.Expired or LedgerReasons.Paused)
        {
            (decision, full) = (Promise(asked, units, asOf), null);
        }

        if (late is not null && (!decision.IsDone || decision.IsRepeat))
        {
            lock (late.Gate)
            {
                late.Lost += units;
            }
        }

        if (full is not null)
        {
            NoteStop(full, asked.At, asOf);
        }

        return decision;
    }

    private LedgerDecision TryReserve(
        LedgerRequest.Reserve asked, LedgerUnits units, Instant asOf, bool isLate, out LineWindow? full)
    {
        full = null;
        if (tree.PathOf(asked.Budgets, out BudgetId? missing) is not { } path)
        {
            return Refuse(asked.Id, asked.Amount, LedgerReasons.NotLive) with { Binding = missing };
        }

        LedgerSlot? lease = asked.From is { } from && from != asked.Id && LedgerInstants.IsNear(asked.At, asOf)
            ? Draw(from, path, asked.At, units, asOf)
            : null;
        LedgerSlot slot = Enter(asked.Id);
        try
        {
            if (slot.Phase is not null)
            {
                return ReserveAgain(slot, asked, units);
            }

            if (lease is null && Stand(path, asked, asOf) is { } refused)
            {
                return refused;
            }

            LedgerWindows windows = Take(path, asked.At, units, lease is not null, out full, out long headroom);
            if (full is not null)
            {
                return Full(asked, path, full, headroom);
            }

            LedgerDecision decision = new()
            {
                Id = asked.Id,
                Requested = asked.Amount,
                Amount = asked.Amount,
                Headroom = headroom,
            };
            slot.Place(asked.Id, asked.Budgets, asked.At, windows);
            slot.Reserve(units, asked.Expires, decision);
            slot.Touch(asOf);
            if (lease is null)
            {
                windows.Taken();
            }

            ReservationId? drawn = lease is null && !isLate ? null : asked.From;
            lease = null;
            Await(slot);
            Journal?.Invoke(EntryOf(slot, LedgerEntryKind.Reserved, units, asOf) with
            {
                Expires = slot.Expires,
                From = drawn,
                Headroom = headroom,
                Marks = isLate ? CommitMarks.Late : CommitMarks.None,
            });
            return decision;
        }
        finally
        {
            Leave(asked.Id, slot);
            if (lease is not null)
            {
                Return(lease, units);
            }
        }
    }

    // Takes an amount in the periods of an instant, unless a lease has it already.
    private static LedgerWindows Take(
        LedgerPath path, Instant at, LedgerUnits units, bool isDrawn, out LineWindow? full, out long headroom)
    {
        while (true)
        {
            LedgerWindows windows = path.Find(at, out _)!;
            headroom = 0;
            full = isDrawn ? null : windows.TryTake(units, out headroom);
            if (windows.TryHold(isOpen: full is not null || !(isDrawn || windows.IsAlone)) || isDrawn)
            {
                return windows;
            }

            // A period was forgotten meanwhile.
            if (full is null)
            {
                windows.Give(units);
                windows.Taken();
            }

            path.Forget();
        }
    }

    private static LedgerDecision ReserveAgain(LedgerSlot slot, LedgerRequest.Reserve asked, LedgerUnits units)
    {
        if (slot.Change is { } change)
        {
            return Conflict(asked.Id, asked.Amount, change.Decision.Amount);
        }

        if (slot.Reserved is not { } first)
        {
            return Refuse(asked.Id, asked.Amount, BudgetReasons.AlreadyCommitted);
        }

        return slot.First == units && slot.At == asked.At && slot.Budgets == asked.Budgets
            ? first with { IsRepeat = true }
            : Conflict(asked.Id, asked.Amount, first.Amount);
    }

    // What is wrong whatever room there is; null when nothing is.
    private static LedgerDecision? Stand(LedgerPath path, LedgerRequest.Reserve asked, Instant asOf)
    {
        if (asked.Expires <= asOf)
        {
            return Refuse(asked.Id, asked.Amount, LedgerReasons.Expired);
        }

        if (!LedgerInstants.IsNear(asked.At, asOf))
        {
            return Refuse(asked.Id, asked.Amount, LedgerReasons.TooFar);
        }

        if (path.FindPaused() is { } paused)
        {
            return Refuse(asked.Id, asked.Amount, LedgerReasons.Paused) with
            {
                Binding = paused.Terms.Id,
                Scope = paused.Terms.Scope,
            };
        }

        return path.Find(asked.At, out LedgerLine? outside) is null
            ? Outside(asked.Id, asked.Amount, outside!, asked.At)
            : null;
    }

    private static LedgerDecision Outside(ReservationId id, Money amount, LedgerLine line, Instant at) =>
        Refuse(id, amount, LedgerReasons.OutsideWindow) with
        {
            Binding = line.Terms.Id,
            Scope = line.Terms.Scope,
            ResetsAt = line.BeginAfter(at),
        };

    private static LedgerDecision Full(LedgerRequest.Reserve asked, LedgerPath path, LineWindow full, long headroom) =>
        new()
        {
            Id = asked.Id,
            Code = path.IsOwn(full.Line) ? BudgetReasons.Exhausted : LedgerReasons.ParentCap,
            Requested = asked.Amount,
            Amount = asked.Amount - asked.Amount,
            Headroom = headroom,
            Binding = full.Line.Terms.Id,
            Scope = full.Line.Terms.Scope,
            ResetsAt = full.ResetsAt(),
        };

    private static LedgerDecision Refuse(ReservationId id, Money amount, string code) =>
        new() { Id = id, Code = code, Requested = amount, Amount = amount - amount };

    private static LedgerDecision Conflict(ReservationId id, Money amount, Money first) =>
        Refuse(id, amount, BudgetReasons.Conflict) with { Amount = first };

    // Takes an amount out of a lease; null when it has not as much, or is of other lines or periods.
    private LedgerSlot? Draw(ReservationId from, LedgerPath path, Instant at, LedgerUnits units, Instant asOf)
    {
        if (!slots.TryGetValue(from, out LedgerSlot? lease) || path.Find(at, out _) is not { } windows)
        {
            return null;
        }

        lock (lease.Gate)
        {
            if (lease.Phase != LedgerEntryKind.Reserved || lease.IsDue(asOf) || !lease.Held.Covers(units)
                || !lease.Windows.IsSame(windows))
            {
                return null;
            }

            lease.Held -= units;
            return lease;
        }
    }

    // What a node promised out of a lease that has expired since, and tells now, is a part of what the lease still had:
    // the lease, or null where it had not as much. Nobody who holds the lock of one reservation waits for another's.
    private LedgerSlot? Claim(LedgerRequest.Reserve asked, LedgerUnits units, Instant asOf)
    {
        if (asked.PromisedAt is null || asked.From is not { } from || from == asked.Id
            || !LedgerInstants.IsNear(asked.At, asOf)
            || !slots.TryGetValue(from, out LedgerSlot? lease)
            || tree.PathOf(asked.Budgets, out _)?.Find(asked.At, out _) is not { } windows)
        {
            return null;
        }

        lock (lease.Gate)
        {
            if (lease.IsDue(asOf))
            {
                Expire(lease, asOf);
            }

            if (lease.Phase != LedgerEntryKind.Expired || asked.PromisedAt >= lease.Expires
                || !lease.Lost.Covers(units) || !lease.Windows.IsSame(windows))
            {
                return null;
            }

            lease.Lost -= units;
            return lease;
        }
    }

    // What was claimed stands where there is no room for it, as a reservation that expired.
    private LedgerDecision Promise(LedgerRequest.Reserve asked, LedgerUnits units, Instant asOf)
    {
        LedgerSlot slot = Enter(asked.Id);
        try
        {
            if (slot.Phase is not null)
            {
                return ReserveAgain(slot, asked, units);
            }

            LedgerPath path = tree.PathOf(asked.Budgets, out _)!;
            LedgerWindows windows = Hold(path, LedgerInstants.At(asked.At), out _, null)!;
            LedgerDecision decision = new() { Id = asked.Id, Requested = asked.Amount, Amount = asked.Amount };
            slot.Place(asked.Id, asked.Budgets, asked.At, windows);
            slot.Promise(units, asked.Expires, decision);
            slot.Touch(asOf);
            Journal?.Invoke(EntryOf(slot, LedgerEntryKind.Promised, units, asOf) with { From = asked.From });
            return decision;
        }
        finally
        {
            Leave(asked.Id, slot);
        }
    }

    private static void Return(LedgerSlot lease, LedgerUnits units)
    {
        lock (lease.Gate)
        {
            if (lease.Phase == LedgerEntryKind.Reserved)
            {
                lease.Held += units;
            }
            else
            {
                lease.Windows.Give(units);
            }
        }
    }

    // The slot of an id, locked.
    private LedgerSlot Enter(ReservationId id)
    {
        while (true)
        {
            LedgerSlot slot = slots.GetOrAdd(id, static _ => new());
            slot.Gate.Enter();
            if (!slot.IsGone)
            {
                return slot;
            }

            slot.Gate.Exit();
        }
    }

    // A refusal leaves nothing behind.
    private void Leave(ReservationId id, LedgerSlot slot)
    {
        if (slot.Phase is null)
        {
            slot.IsGone = true;
            slots.TryRemove(id, out _);
        }

        slot.Gate.Exit();
    }
}
