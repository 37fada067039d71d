using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>
/// Gives customers of 64-bit ids the small numbers that columns need, in the order in which they came.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class CustomerNumbers
{
    /// <summary>The most customers.</summary>
    public const int CountMax = 1 << 29;

    private const int Batch = 64;

    // A number of 0 is a free place. Places are in the order of hashes, so that one twice as large is filled from its
    // beginning to its end.
    private (long Id, int Number)[] entries = new (long, int)[1_024];
    private int shift = 64 - 10;

    /// <summary>How many customers there are.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers of customers, who are added when new.</summary>
    /// <param name="ids">The customers' ids.</param>
    /// <param name="found">Receives a number for each.</param>
    /// <exception cref="ArgumentException">There is less room than there are ids.</exception>
    /// <exception cref="InvalidOperationException">There are too many customers.</exception>
    public void Number(ReadOnlySpan<long> ids, Span<int> found)
    {
        if (found.Length < ids.Length)
        {
            throw new ArgumentException("There is less room than there are ids.", nameof(found));
        }

        for (int start = 0; start < ids.Length; start += Batch)
        {
            int count = Math.Min(Batch, ids.Length - start);
            NumberBatch(ids.Slice(start, count), found.Slice(start, count));
        }
    }

    // Most places are not in any cache: they are asked for one after another without waiting for an answer. Whoever is
    // not at the first place is looked for afterwards.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void NumberBatch(ReadOnlySpan<long> ids, Span<int> found)
    {
        ref (long Id, int Number) all = ref MemoryMarshal.GetArrayDataReference(entries);
        int own = shift;
        for (int i = 0; i < ids.Length; i++)
        {
            ref (long Id, int Number) entry = ref Unsafe.Add(ref all, SlotOf(ids[i], own));
            int isOther = unchecked(-Unsafe.BitCast<bool, byte>(entry.Id != ids[i]));
            found[i] = unchecked((entry.Number & ~isOther) - 1);
        }

        for (int i = 0; i < ids.Length; i++)
        {
            if (found[i] < 0)
            {
                found[i] = NumberOf(ids[i]);
            }
        }
    }

    private static int SlotOf(long id, int shift) => unchecked((int)(((ulong)id * 0x9E3779B97F4A7C15) >> shift));

    private int NumberOf(long id)
    {
        int mask = entries.Length - 1;
        int slot = SlotOf(id, shift);
        for (; entries[slot].Number != 0; slot = (slot + 1) & mask)
        {
            if (entries[slot].Id == id)
            {
                return entries[slot].Number - 1;
            }
        }

        if (Count == CountMax)
        {
            throw new InvalidOperationException($"There are more than {CountMax} customers.");
        }

        entries[slot] = (id, ++Count);
        if (2 * (long)Count > entries.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Grow()
    {
        var grown = new (long Id, int Number)[2 * entries.Length];
        int mask = grown.Length - 1;
        shift--;
        foreach ((long id, int number) in entries)
        {
            if (number == 0)
            {
                continue;
            }

            int slot = SlotOf(id, shift);
            while (grown[slot].Number != 0)
            {
                slot = (slot + 1) & mask;
            }

            grown[slot] = (id, number);
        }

        entries = grown;
    }
}
