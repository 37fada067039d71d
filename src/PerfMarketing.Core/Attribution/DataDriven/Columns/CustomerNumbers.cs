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

    // So many customers in a row never stand between one and its place by chance: somebody has chosen their ids.
    private const int CrowdMax = 128;

    // A stamp holds the block and, below 32 bits, the customer's number; that of another block is a free place.
    private (long Id, ulong Stamp)[] entries = new (long, ulong)[1_024];
    private int shift = 64 - 10;
    private ulong block = 1UL << 32;

    // All customers of a block whose ids are chosen so that they fall on one place; otherwise empty.
    private readonly SortedDictionary<long, int> crowded = [];

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
        crowded.Clear();
    }

    /// <summary>Puts the numbers of customers, who are added when new, in the place of their ids.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void Number(Span<long> ids)
    {
        if (crowded.Count > 0)
        {
            NumberCrowded(ids);
            return;
        }

        (long Id, ulong Stamp)[] all = entries;
        ulong first = block;
        ulong next = first + (uint)Count;
        for (int i = 0; i < ids.Length; i++)
        {
            ref long id = ref ids[i];
            int slot = SlotOf(id, shift);
            int own = slot;
            while ((all[slot].Stamp >= first) & (all[slot].Id != id))
            {
                slot = (slot + 1) & (all.Length - 1);
                if (((slot - own) & (all.Length - 1)) > CrowdMax)
                {
                    Count = (int)(next - first);
                    NumberCrowded(ids[i..]);
                    return;
                }
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

    // In a tree, which is slower, but never takes more steps than the logarithm of how many customers there are.
    private void NumberCrowded(Span<long> ids)
    {
        if (crowded.Count == 0)
        {
            foreach ((long id, ulong stamp) in entries)
            {
                if (stamp >= block)
                {
                    crowded.Add(id, unchecked((int)(uint)stamp));
                }
            }
        }

        foreach (ref long id in ids)
        {
            if (!crowded.TryGetValue(id, out int number))
            {
                number = Count++;
                crowded.Add(id, number);
            }

            id = number;
        }
    }

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
