using NodaTime;
using PerfMarketing.Budgets;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>One budget in one period, by the oracle.</summary>
internal sealed class OracleBudget(long limit, bool paysRest, CapBehavior atCap)
{
    private readonly Dictionary<string, Slot> slots = [];
    private Instant usedUpAt = Instant.MinValue;
    private Instant? reopenedAt;

    /// <summary>When what comes next is decided.</summary>
    public Instant Now { get; set; }

    public long Committed { get; private set; }

    public long Reserved { get; private set; }

    public long Room => Math.Max(0, limit - Committed - Reserved);

    /// <summary>Whether what was accepted is paid in full.</summary>
    public bool KeepsPromises => atCap != CapBehavior.StopAndReject;

    public bool IsHeldBy(string leg) => slots.TryGetValue(leg, out Slot? slot) && !slot.IsDone;

    public long HeldBy(string leg) => slots.TryGetValue(leg, out Slot? slot) && !slot.IsDone ? slot.Held : 0;

    /// <summary>Whether an amount may come in, touched when it was.</summary>
    public bool HasRoomFor(long amount, Instant touchedAt) =>
        amount <= Room || (paysRest && Room > 0) || Promises(touchedAt);

    public void Reserve(string leg, long amount)
    {
        long held = Math.Min(amount, Room);
        slots[leg] = new() { Held = held };
        Change(0, held);
    }

    public void Release(string leg)
    {
        if (IsHeldBy(leg))
        {
            long held = slots[leg].Held;
            slots.Remove(leg);
            Change(0, -held);
        }
    }

    /// <summary>What may be paid of an amount; null when nothing may.</summary>
    public long? Payable(string leg, long amount, Instant touchedAt)
    {
        if (IsHeldBy(leg))
        {
            return KeepsPromises ? amount : Math.Min(amount, HeldBy(leg) + Room);
        }

        return !HasRoomFor(amount, touchedAt) ? null
            : Promises(touchedAt) ? amount
            : Math.Min(amount, Room);
    }

    public void Commit(string leg, long amount)
    {
        Release(leg);
        slots[leg] = new() { IsDone = true };
        Change(amount, 0);
    }

    /// <summary>Changes what is committed, up or down, under whatever name.</summary>
    public void Move(string leg, long amount)
    {
        slots.TryAdd(leg, new() { IsDone = true });
        Change(amount, 0);
    }

    private bool Promises(Instant touchedAt) => atCap == CapBehavior.StopAdmission
        || (atCap == CapBehavior.StopAndHonorInFlight && (Room > 0 || touchedAt < usedUpAt));

    private void Change(long spent, long held)
    {
        bool wasOpen = Room > 0;
        Committed += spent;
        Reserved += held;
        if (!wasOpen && Room > 0)
        {
            reopenedAt = Now;
        }
        else if (wasOpen && Room == 0 && reopenedAt != Now)
        {
            usedUpAt = Now;
        }
    }

    private sealed class Slot
    {
        public bool IsDone { get; init; }

        public long Held { get; init; }
    }
}
