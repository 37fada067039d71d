namespace PerfMarketing.Simulation.Oracle;

/// <summary>One budget in one period, by the oracle.</summary>
internal sealed class OracleBudget(long limit, bool paysRest)
{
    private readonly Dictionary<string, Slot> slots = [];

    public long Committed { get; private set; }

    public long Reserved { get; private set; }

    public long Room => Math.Max(0, limit - Committed - Reserved);

    public long HeldBy(string leg) => slots.TryGetValue(leg, out Slot? slot) && !slot.IsDone ? slot.Held : 0;

    public bool HasRoomFor(long amount) => amount <= Room || (paysRest && Room > 0);

    public void Reserve(string leg, long amount)
    {
        long held = Math.Min(amount, Room);
        slots[leg] = new() { Held = held };
        Reserved += held;
    }

    public void Release(string leg)
    {
        if (HeldBy(leg) > 0)
        {
            Reserved -= slots[leg].Held;
            slots.Remove(leg);
        }
    }

    /// <summary>What may be paid of an amount; null when nothing may.</summary>
    public long? Payable(string leg, long amount) => HeldBy(leg) is > 0 and var held
        ? Math.Min(amount, held + Room)
        : HasRoomFor(amount) ? Math.Min(amount, Room) : null;

    public void Commit(string leg, long amount)
    {
        Release(leg);
        slots[leg] = new() { IsDone = true };
        Committed += amount;
    }

    /// <summary>Changes what is committed, up or down, under whatever name.</summary>
    public void Move(string leg, long amount)
    {
        slots.TryAdd(leg, new() { IsDone = true });
        Committed += amount;
    }

    private sealed class Slot
    {
        public bool IsDone { get; init; }

        public long Held { get; init; }
    }
}
