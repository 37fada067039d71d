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

    /// <summary>Forgets ids and periods of long ago, so that memory does not grow for ever.</summary>
    /// <remarks>
    /// What comes later under a forgotten id is new, and cannot be reversed: choose the instant so that nothing is
    /// repeated or corrected after it, such as a year ago. What is still set aside is kept, with its periods; what is
    /// in use of all of time, or of a flight without an end, stays counted when its ids are forgotten. Keep the entries
    /// since then, and make the ledger again of all of them.
    /// </remarks>
    /// <param name="before">
    /// Reservations and changes are forgotten that nothing happened to since, and periods that ended by then.
    /// </param>
    /// <returns>How many reservations and changes were forgotten.</returns>
    public int Forget(Instant before)
    {
        int count = 0;
        Dictionary<LineWindow, long> over = tree.StampsBy(before);
        foreach ((ReservationId id, LedgerSlot slot) in slots)
        {
            lock (slot.Gate)
            {
                if (slot.Phase is not (null or LedgerEntryKind.Reserved) && slot.LastAt < before)
                {
                    slot.IsGone = true;
                    slots.TryRemove(id, out _);
                    count++;
                }
                else if (slot.Windows is not null)
                {
                    foreach (LineWindow window in slot.Windows.Lines)
                    {
                        over.Remove(window);
                    }
                }
            }
        }

        // Where something was done since, it may be by a reservation that was not there when they were looked through.
        tree.Forget(
            before,
            window => over.TryGetValue(window, out long stamp) && window.IsUnheld && window.TryRetire(stamp));
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
        slot.Lost = freed;
        slot.Phase = LedgerEntryKind.Expired;
        slot.Touch(slot.Expires ?? asOf);
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

    private void Write(LedgerSlot slot, LedgerEntryKind kind, LedgerUnits units, Instant asOf) =>
        Journal?.Invoke(EntryOf(slot, kind, units, asOf));

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
        Window = window.Period.Key,
        At = at,
        AsOf = asOf,
        Amount = Of(default),
    });
}
