using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <content>Rows in the order of time, customers mixed, as most logs have them: nothing is brought in order.</content>
internal sealed partial class ColumnTally
{
    // By customer of a block: the row after the newest of the open journey, and where its next move is counted from.
    private readonly ulong[] open = new ulong[TouchRow.BlockCustomers];

    // By row: the row after the one before it in its journey; 0 for the first.
    private int[] links = [];
    private TouchRow[] path = new TouchRow[64];

    /// <summary>
    /// Whether rows need not be brought in order: with a lookback a journey is known by its outcome only.
    /// </summary>
    internal bool TakesMixed => window == ulong.MaxValue;

    /// <summary>Adds the touches of a block of customers, all in the order of time.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="values">What each outcome is worth, one after the other; empty when nothing is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void AddMixed(ReadOnlySpan<TouchRow> rows, ReadOnlySpan<long> values)
    {
        touches += rows.Length;
        if (links.Length < rows.Length)
        {
            links = GC.AllocateUninitializedArray<int>(
                (int)Math.Min(Array.MaxLength, rows.Length + (rows.Length / 8L)));
        }

        uint begin = (uint)(count * stride);
        Array.Fill(open, begin);
        ref ulong customers = ref MemoryMarshal.GetArrayDataReference(open);
        ref int link = ref MemoryMarshal.GetArrayDataReference(links);
        ref long cells = ref MemoryMarshal.GetArrayDataReference(moves);
        int outcomes = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            uint tag = rows[i].Tag;
            uint channel = tag >> (TouchRow.BlockBits + 1);
            ref ulong own = ref Unsafe.Add(ref customers, tag & TouchRow.CustomerMask);
            ulong last = own;
            Unsafe.Add(ref link, i) = unchecked((int)(last >> 32));
            ref long cell = ref Unsafe.Add(ref cells, unchecked((uint)last + channel));
            cell = unchecked(cell + 1);
            own = unchecked(((ulong)(uint)(i + 1) << 32) | (channel * (uint)stride));
            if ((tag & TouchRow.BlockCustomers) != 0)
            {
                own = begin;
                CreditLinked(rows, i, values.IsEmpty ? 0 : values[outcomes++]);
            }
        }
    }

    // Of a journey that is too long, only enough to see that it is.
    private void CreditLinked(ReadOnlySpan<TouchRow> rows, int last, long value)
    {
        int first = path.Length;
        for (int row = last + 1; row != 0 && path.Length - first <= ColumnCredits.TouchCountMax; row = links[row - 1])
        {
            first = RoomBefore(first);
            path[--first] = rows[row - 1];
        }

        Credit(path.AsSpan(first), value);
    }

    // The buffer of a path is filled from its end.
    private int RoomBefore(int first)
    {
        if (first > 0)
        {
            return first;
        }

        var longer = new TouchRow[2 * path.Length];
        path.CopyTo(longer, path.Length);
        path = longer;
        return path.Length / 2;
    }
}
