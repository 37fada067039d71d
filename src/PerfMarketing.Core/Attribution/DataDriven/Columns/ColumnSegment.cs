using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Rows parted by blocks of customers, in their order within each block.</summary>
internal sealed class ColumnSegment
{
    /// <summary>The most rows.</summary>
    internal const int RowsMax = 1 << 20;

    private readonly RowLayout layout;
    private readonly int[] starts;
    private readonly int[] valueStarts;
    private readonly ulong[] rows;
    private readonly uint[]? upper;
    private readonly long[]? customers;
    private readonly long[]? ids;
    private readonly long[]? values;

    internal ColumnSegment(in JourneyColumns columns, RowLayout layout)
    {
        this.layout = layout;
        (OldestTick, long newest, IsInOrder) = GroupedColumns.SpanOf(columns.Ticks);
        (FirstTick, LastTick) = (columns.Ticks[0], columns.Ticks[^1]);
        rows = ArrayPool<ulong>.Shared.Rent(columns.Count);
        if (columns.HasLargeCustomers)
        {
            Blocks = CustomerNumbers.Blocks;
            customers = ArrayPool<long>.Shared.Rent(columns.Count);
            starts = new int[Blocks + 1];
            CountLarge(columns.LargeCustomers);
            ScatterLarge(columns);
        }
        else
        {
            Blocks = (Greatest(columns.Customers) >> RowLayout.BlockBits) + 1;
            starts = new int[Blocks + 1];
            Count(columns.Customers);
            Scatter(columns);
        }

        if (unchecked((ulong)(newest - OldestTick)) >> layout.TickBits != 0)
        {
            upper = new uint[columns.Count];
        }

        if (!columns.Ids.IsEmpty)
        {
            ids = new long[columns.Count];
        }

        ScatterRest(columns);
        (values, valueStarts) = ScatterValues(columns);
    }

    internal int Blocks { get; }

    internal bool HasIds => ids is not null;

    internal bool HasLargeCustomers => customers is not null;

    internal bool HasValues => values is not null;

    /// <summary>Whether no row is older than the one before it.</summary>
    internal bool IsInOrder { get; }

    internal long FirstTick { get; }

    internal long LastTick { get; }

    private long OldestTick { get; }

    internal int CountOf(int block) => block < Blocks ? starts[block + 1] - starts[block] : 0;

    /// <summary>Asks for the first of a block's rows, which other segments' rows are about to be followed by.</summary>
    internal void Fetch(int block)
    {
        int count = CountOf(block);
        for (int i = 0; i < Math.Min(count, 4 * CacheLine.Longs); i += CacheLine.Longs)
        {
            CacheLine.Fetch(ref rows[0], starts[block] + i);
        }
    }

    internal BlockRows RowsOf(int block)
    {
        if (block >= Blocks)
        {
            return new() { Rows = [], Oldest = 0, TickShift = layout.TickShift };
        }

        int start = starts[block];
        int count = CountOf(block);
        return new()
        {
            Rows = rows.AsSpan(start, count),
            Upper = upper is null ? default : upper.AsSpan(start, count),
            Customers = customers is null ? default : customers.AsSpan(start, count),
            Ids = ids is null ? default : ids.AsSpan(start, count),
            Values = values is null
                ? default
                : values.AsSpan(valueStarts[block], valueStarts[block + 1] - valueStarts[block]),
            Oldest = OldestTick,
            TickShift = layout.TickShift,
        };
    }

    /// <summary>
    /// Gives the memory back, which is much: what is new costs as much as the work, since the system hands it out
    /// page by page. The segment is not used any more.
    /// </summary>
    internal void Return()
    {
        ArrayPool<ulong>.Shared.Return(rows);
        if (customers is not null)
        {
            ArrayPool<long>.Shared.Return(customers);
        }
    }

    private static int Greatest(ReadOnlySpan<int> customers)
    {
        ref int first = ref MemoryMarshal.GetReference(customers);
        Vector256<int> most = Vector256<int>.Zero;
        int i = 0;
        for (; i <= customers.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            most = Vector256.Max(most, Vector256.LoadUnsafe(ref first, (nuint)i));
        }

        int greatest = 0;
        for (int lane = 0; lane < Vector256<int>.Count; lane++)
        {
            greatest = Math.Max(greatest, most[lane]);
        }

        for (; i < customers.Length; i++)
        {
            greatest = Math.Max(greatest, customers[i]);
        }

        return greatest;
    }

    private static int BlockOf(in JourneyColumns columns, int row) => columns.HasLargeCustomers
        ? CustomerNumbers.BlockOf(columns.LargeCustomers[row])
        : columns.Customers[row] >> RowLayout.BlockBits;

    private static void Sum(int[] counts)
    {
        for (int i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Count(ReadOnlySpan<int> customers)
    {
        ref int counts = ref starts[1];
        foreach (int customer in customers)
        {
            ref int own = ref Unsafe.Add(ref counts, customer >> RowLayout.BlockBits);
            own = unchecked(own + 1);
        }

        Sum(starts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void CountLarge(ReadOnlySpan<long> customers)
    {
        ref int counts = ref starts[1];
        foreach (long customer in customers)
        {
            ref int own = ref Unsafe.Add(ref counts, CustomerNumbers.BlockOf(customer));
            own = unchecked(own + 1);
        }

        Sum(starts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Scatter(in JourneyColumns columns)
    {
        int[] next = starts.AsSpan(0, Blocks).ToArray();
        ref int places = ref MemoryMarshal.GetArrayDataReference(next);
        ref ulong to = ref MemoryMarshal.GetArrayDataReference(rows);
        ReadOnlySpan<int> customers = columns.Customers;
        ref ushort channels = ref MemoryMarshal.GetReference(columns.Channels);
        ref long ticks = ref MemoryMarshal.GetReference(columns.Ticks);
        ref bool conversions = ref MemoryMarshal.GetReference(columns.Conversions);
        long oldest = OldestTick;
        int shift = layout.TickShift;
        for (int i = 0; i < customers.Length; i++)
        {
            int customer = customers[i];
            ref int place = ref Unsafe.Add(ref places, customer >> RowLayout.BlockBits);
            int at = place;
            place = unchecked(at + 1);
            CacheLine.Fetch(ref to, at + CacheLine.Longs);
            ulong age = unchecked((ulong)(Unsafe.Add(ref ticks, i) - oldest));
            Unsafe.Add(ref to, at) = RowLayout.Pack(
                customer, Unsafe.Add(ref conversions, i), Unsafe.Add(ref channels, i), age, shift);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void ScatterLarge(in JourneyColumns columns)
    {
        int[] next = starts.AsSpan(0, Blocks).ToArray();
        ref int places = ref MemoryMarshal.GetArrayDataReference(next);
        ref ulong to = ref MemoryMarshal.GetArrayDataReference(rows);
        ref long toCustomers = ref MemoryMarshal.GetArrayDataReference(customers!);
        ReadOnlySpan<long> large = columns.LargeCustomers;
        ref ushort channels = ref MemoryMarshal.GetReference(columns.Channels);
        ref long ticks = ref MemoryMarshal.GetReference(columns.Ticks);
        ref bool conversions = ref MemoryMarshal.GetReference(columns.Conversions);
        long oldest = OldestTick;
        int shift = layout.TickShift;
        for (int i = 0; i < large.Length; i++)
        {
            long customer = large[i];
            ref int place = ref Unsafe.Add(ref places, CustomerNumbers.BlockOf(customer));
            int at = place;
            place = unchecked(at + 1);
            CacheLine.Fetch(ref to, at + CacheLine.Longs);
            CacheLine.Fetch(ref Unsafe.As<long, ulong>(ref toCustomers), at + CacheLine.Longs);
            ulong age = unchecked((ulong)(Unsafe.Add(ref ticks, i) - oldest));
            Unsafe.Add(ref to, at) = RowLayout.Pack(
                0, Unsafe.Add(ref conversions, i), Unsafe.Add(ref channels, i), age, shift);
            Unsafe.Add(ref toCustomers, at) = customer;
        }
    }

    // What most columns do not have.
    private void ScatterRest(in JourneyColumns columns)
    {
        if (upper is null && ids is null)
        {
            return;
        }

        int[] next = starts.AsSpan(0, Blocks).ToArray();
        for (int i = 0; i < columns.Count; i++)
        {
            int at = next[BlockOf(columns, i)]++;
            if (upper is not null)
            {
                upper[at] = (uint)(unchecked((ulong)(columns.Ticks[i] - OldestTick)) >> layout.TickBits);
            }

            if (ids is not null)
            {
                ids[at] = columns.Ids[i];
            }
        }
    }

    private (long[]? Values, int[] Starts) ScatterValues(in JourneyColumns columns)
    {
        if (columns.Values.IsEmpty)
        {
            return (null, []);
        }

        var counts = new int[Blocks + 1];
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns.Conversions[i])
            {
                counts[BlockOf(columns, i) + 1]++;
            }
        }

        Sum(counts);
        var found = new long[counts[^1]];
        int[] next = counts.AsSpan(0, Blocks).ToArray();
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns.Conversions[i])
            {
                found[next[BlockOf(columns, i)]++] = columns.Values[i];
            }
        }

        return (found, counts);
    }
}
