using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <content>Rows in the order of time, customers mixed, as most logs have them: nothing is brought in order.</content>
internal sealed partial class ColumnTally
{
    // By customer of a block: the row after the newest of the open journey, and where its next move is counted from.
    private ulong[] open = [];
    private TouchRow[] linked = [];
    private int linkedCount;

    /// <summary>
    /// Whether rows need not be brought in order: with a lookback a journey is known by its outcome only.
    /// </summary>
    internal bool TakesMixed => window == ulong.MaxValue;

    /// <summary>Begins a block of customers, whose touches all come in the order of time.</summary>
    internal void BeginMixed(int customers, int rowCount)
    {
        if (open.Length < customers)
        {
            open = new ulong[customers];
        }

        Array.Clear(open, 0, customers);
        linkedCount = 0;
        if (linked.Length < rowCount)
        {
            linked = GC.AllocateUninitializedArray<TouchRow>(
                (int)Math.Min(Array.MaxLength, rowCount + (rowCount / 8L)));
        }
    }

    /// <summary>Adds rows of the block.</summary>
    internal void AddMixed(in BlockRows block)
    {
        ReserveEnds(block.Rows.Length);
        int outcomes = block.Upper.IsEmpty ? Link(block) : LinkAny(block);
        ReadOnlySpan<int> found = ends.AsSpan(0, outcomes);
        touches += block.Rows.Length;
        for (int i = 0; i < found.Length; i++)
        {
            EndAt(linked[found[i]].Channel, block.Values.IsEmpty ? 0 : block.Values[i]);
        }

        rules.AddLinked(linked, found, block.Values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int Link(in BlockRows block)
    {
        ref long large = ref MemoryMarshal.GetReference(block.Customers);
        bool isLarge = !block.Customers.IsEmpty;
        ref ulong customers = ref MemoryMarshal.GetArrayDataReference(open);
        ref TouchRow rows = ref MemoryMarshal.GetArrayDataReference(linked);
        ref long cells = ref MemoryMarshal.GetArrayDataReference(moves);
        ref int end = ref MemoryMarshal.GetArrayDataReference(ends);
        uint rowStride = (uint)stride;
        int shift = block.TickShift;
        uint tags = (uint)((1UL << shift) - 1);
        long oldest = block.Oldest;
        int at = linkedCount;
        nint outcomes = 0;
        ulong next = ((ulong)(uint)at << 32) | rowStride;
        ReadOnlySpan<ulong> source = block.Rows;
        for (int i = 0; i < source.Length; i++)
        {
            ulong packed = source[i];
            unchecked
            {
                uint tag = ((uint)packed & tags) >> RowLayout.BlockBits;
                uint channel = tag >> 1;
                uint converts = tag & 1;
                var number = isLarge ? (nint)Unsafe.Add(ref large, i) : (nint)(packed & RowLayout.CustomerMask);
                ref ulong customer = ref Unsafe.Add(ref customers, number);
                ulong last = customer;
                Unsafe.Add(ref rows, at) = new(oldest + (long)(packed >> shift), (last & TouchRow.LinkMask) | tag);
                Unsafe.Add(ref cells, (nint)((uint)last + channel))++;
                Unsafe.Add(ref end, outcomes) = at;
                outcomes += (nint)converts;
                at++;
                next += 1UL << 32;
                customer = (next + (channel * rowStride)) & ((ulong)converts - 1);
            }
        }

        linkedCount = at;
        return (int)outcomes;
    }

    // The times have bits elsewhere.
    private int LinkAny(in BlockRows block)
    {
        int outcomes = 0;
        for (int i = 0; i < block.Rows.Length; i++)
        {
            uint tag = block.TagOf(i);
            uint channel = tag >> 1;
            ref ulong customer = ref open[block.CustomerOf(i)];
            ulong last = customer;
            linked[linkedCount] = new(block.TicksOf(i), (last & TouchRow.LinkMask) | tag);
            moves[unchecked((uint)last) + channel]++;
            ends[outcomes] = linkedCount++;
            outcomes += (int)(tag & 1);
            ulong next = ((ulong)(uint)linkedCount << 32) + ((channel + 1) * (uint)stride);
            customer = (tag & 1) != 0 ? 0 : next;
        }

        return outcomes;
    }
}
