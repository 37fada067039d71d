using System.Runtime.CompilerServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>
/// Gives the customers of one block, whose ids have 64 bits, small numbers in the order in which they came.
/// </summary>
internal sealed class CustomerNumbers
{
    /// <summary>Into how many blocks customers of large ids are parted.</summary>
    internal const int Blocks = 1 << BlockBits;

    private const int BlockBits = 9;

    // A stamp holds the block and, below 32 bits, the customer's number; that of another block is a free place.
    private (long Id, ulong Stamp)[] entries = new (long, ulong)[1_024];
    private int shift = 64 - 10;
    private ulong block = 1UL << 32;

    /// <summary>How many customers there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The block of a customer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int BlockOf(long id) => unchecked((int)(HashOf(id) >> (64 - BlockBits)));

    /// <summary>Forgets all customers.</summary>
    internal void Clear()
    {
        block += 1UL << 32;
        Count = 0;
    }

    /// <summary>Puts the numbers of customers, who are added when new, in the place of their ids.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void Number(Span<long> ids)
    {
        (long Id, ulong Stamp)[] all = entries;
        ulong first = block;
        ulong next = first + (uint)Count;
        foreach (ref long id in ids)
        {
            int slot = SlotOf(id, shift);
            while ((all[slot].Stamp >= first) & (all[slot].Id != id))
            {
                slot = (slot + 1) & (all.Length - 1);
            }

            // Whether a customer is new is as good as chance: no branch depends on it.
            ref (long Id, ulong Stamp) entry = ref all[slot];
            ulong free = Unsafe.BitCast<bool, byte>(entry.Stamp < first);
            ulong stamp = entry.Stamp ^ ((entry.Stamp ^ next) & unchecked(0 - free));
            next += free;
            entry.Id = id;
            entry.Stamp = stamp;
            id = unchecked((uint)stamp);
            if (4 * (next - first) > (ulong)all.Length)
            {
                Grow();
                all = entries;
            }
        }

        Count = (int)(next - first);
    }

    // Neighbouring ids go to blocks far apart, and those of one block to places far apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong HashOf(long id)
    {
        ulong mixed = unchecked((ulong)id * 0x9E3779B97F4A7C15);
        return unchecked((mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SlotOf(long id, int shift) => unchecked((int)((HashOf(id) << BlockBits) >> shift));

    private void Grow()
    {
        var grown = new (long Id, ulong Stamp)[2 * entries.Length];
        int mask = grown.Length - 1;
        shift--;
        foreach ((long id, ulong stamp) in entries)
        {
            if (stamp < block)
            {
                continue;
            }

            int slot = SlotOf(id, shift);
            while (grown[slot].Stamp != 0)
            {
                slot = (slot + 1) & mask;
            }

            grown[slot] = (id, stamp);
        }

        entries = grown;
    }
}
