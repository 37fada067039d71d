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
        while (true)
        {
            long swept = Volatile.Read(ref sweeps);
            LedgerDecision decision = TryReserve(asked, units, asOf, out LineWindow? full);
            if (full is not null && (Sweep(asOf) > 0 || Volatile.Read(ref sweeps) != swept))
            {
                continue; // What expired holds no room, whoever frees it.
            }

            if (asked.PromisedAt is not null
                && decision.Code is BudgetReasons.Exhausted or LedgerReasons.ParentCap or LedgerReasons.Expired
                    or LedgerReasons.Paused
                && Promise(asked, units, asOf) is { } kept)
            {
                return kept;
            }

            if (full is not null)
            {
                NoteStop(full, asked.At, asOf);
            }

            return decision;
        }
    }

    private LedgerDecision TryReserve(
        LedgerRequest.Reserve asked, LedgerUnits units, Instant asOf, out LineWindow? full)
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

            LedgerWindows windows = path.Find(asked.At, out _)!;
            long headroom = 0;
            full = lease is null ? windows.TryTake(units, out headroom) : null;
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

            ReservationId? drawn = lease is null ? null : asked.From;
            lease = null;
            Await(slot);
            Write(slot, LedgerEntryKind.Reserved, units, asOf, drawn);
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

    // What a node promised out of a lease that has expired since, and tells now: it stands, as one that expired.
    private LedgerDecision? Promise(LedgerRequest.Reserve asked, LedgerUnits units, Instant asOf)
    {
        if (asked.From is not { } from || from == asked.Id || !LedgerInstants.IsNear(asked.At, asOf)
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
        }

        LedgerSlot slot = Enter(asked.Id);
        try
        {
            if (slot.Phase is not null)
            {
                lock (lease.Gate)
                {
                    lease.Lost += units;
                }

                return ReserveAgain(slot, asked, units);
            }

            LedgerDecision decision = new() { Id = asked.Id, Requested = asked.Amount, Amount = asked.Amount };
            slot.Place(asked.Id, asked.Budgets, asked.At, windows);
            slot.Promise(units, asked.Expires, decision);
            slot.Touch(asOf);
            Write(slot, LedgerEntryKind.Promised, units, asOf, from);
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
