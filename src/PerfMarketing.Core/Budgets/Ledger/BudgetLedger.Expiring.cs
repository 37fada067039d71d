using System.Collections.Concurrent;
using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Budgets.Ledger;

/// <content>What time does, and what is written of changes.</content>
public sealed partial class BudgetLedger
{
    private readonly ConcurrentQueue<LedgerSlot> arrivals = [];
    private readonly Lock sweeping = new();
    private readonly PriorityQueue<LedgerSlot, Instant> expiring = new();
    private long sweeps;
    private long earliest = long.MaxValue;

    /// <summary>Forgets reservations and periods that are over, so that memory does not grow for ever.</summary>
    /// <remarks>
    /// What comes later under a forgotten id is new: choose the instant so that nothing is repeated or corrected after
    /// it. What is still set aside is kept.
    /// </remarks>
    /// <param name="before">
    /// Periods that ended by then are forgotten, and reservations of which one period did.
    /// </param>
    /// <returns>How many reservations were forgotten.</returns>
    public int Forget(Instant before)
    {
        int count = 0;
        foreach ((ReservationId id, LedgerSlot slot) in slots)
        {
            lock (slot.Gate)
            {
                if (slot.Phase is not (null or LedgerEntryKind.Reserved) && slot.Windows.EndBy(before))
                {
                    slot.IsGone = true;
                    slots.TryRemove(id, out _);
                    count++;
                }
            }
        }

        tree.Forget(before);
        return count;
    }

    private void Await(LedgerSlot slot)
    {
        if (slot.Expires is not null)
        {
            arrivals.Enqueue(slot);
        }
    }

    private int Sweep(Instant asOf)
    {
        if (arrivals.IsEmpty && asOf.ToUnixTimeTicks() < Volatile.Read(ref earliest))
        {
            return 0;
        }

        int count = 0;
        lock (sweeping)
        {
            // Whoever asks meanwhile waits for what is being freed.
            Volatile.Write(ref earliest, long.MinValue);
            while (arrivals.TryDequeue(out LedgerSlot? slot))
            {
                expiring.Enqueue(slot, slot.Expires!.Value);
            }

            while (expiring.TryPeek(out LedgerSlot? slot, out Instant at) && at <= asOf)
            {
                expiring.Dequeue();
                lock (slot.Gate)
                {
                    if (slot.IsDue(asOf))
                    {
                        Expire(slot, asOf);
                        count++;
                    }
                }
            }

            Volatile.Write(
                ref earliest, expiring.TryPeek(out _, out Instant next) ? next.ToUnixTimeTicks() : long.MaxValue);
        }

        return count;
    }

    // Under the lock of the slot.
    private void Expire(LedgerSlot slot, Instant asOf)
    {
        LedgerUnits freed = slot.Held;
        slot.Held = default;
        slot.Phase = LedgerEntryKind.Expired;
        slot.Windows.Give(freed);
        Interlocked.Increment(ref sweeps);
        Write(slot, LedgerEntryKind.Expired, freed, asOf);
    }

    private void NoteStop(LineWindow window, Instant at, Instant asOf)
    {
        if (window.Stop(asOf))
        {
            WriteOf(window, LedgerEntryKind.Stopped, at, asOf);
        }
    }

    private void Write(
        LedgerSlot slot, LedgerEntryKind kind, LedgerUnits units, Instant asOf, ReservationId? from = null)
    {
        if (Journal is not null)
        {
            Journal(EntryOf(slot, kind, units, asOf) with
            {
                Expires = kind == LedgerEntryKind.Reserved ? slot.Expires : null,
                From = from,
            });
        }
    }

    private LedgerEntry EntryOf(LedgerSlot slot, LedgerEntryKind kind, LedgerUnits units, Instant asOf) => new()
    {
        Kind = kind,
        Reservation = slot.Id,
        Budgets = slot.Budgets,
        At = slot.At,
        AsOf = asOf,
        Amount = Of(units),
        Count = units.Count,
    };

    private void WriteOf(LineWindow window, LedgerEntryKind kind, Instant at, Instant asOf) => Journal?.Invoke(new()
    {
        Kind = kind,
        Budgets = [window.Line.Terms.Id],
        At = at,
        AsOf = asOf,
        Amount = Of(default),
    });
}
