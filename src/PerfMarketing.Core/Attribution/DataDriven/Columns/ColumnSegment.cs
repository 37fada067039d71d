using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Rows parted by blocks of customers, in their order within each block.</summary>
internal sealed class ColumnSegment
{
    /// <summary>The most rows: what is written to at random stays in the caches.</summary>
    internal const int RowsMax = 1 << 18;

    private readonly int[] starts;
    private readonly int[] valueStarts;
    private readonly long[]? values;

    internal ColumnSegment(in JourneyColumns columns)
    {
        Blocks = (Greatest(columns.Customers) >> TouchRow.BlockBits) + 1;
        Rows = GC.AllocateUninitializedArray<TouchRow>(columns.Count);
        Ids = columns.Ids.IsEmpty ? null : GC.AllocateUninitializedArray<long>(columns.Count);
        starts = new int[Blocks + 1];
        if (Blocks == 1)
        {
            starts[1] = columns.Count;
        }
        else
        {
            Count(columns.Customers);
        }

        Scatter(columns);
        (values, valueStarts) = ScatterValues(columns);
        FirstTick = columns.Ticks[0];
        LastTick = columns.Ticks[^1];
        IsInOrder = GroupedColumns.IsAscending(columns.Ticks);
    }

    internal int Blocks { get; }

    internal bool HasIds => Ids is not null;

    /// <summary>Whether no row is older than the one before it.</summary>
    internal bool IsInOrder { get; }

    internal long FirstTick { get; }

    internal long LastTick { get; }

    internal TouchRow[] Rows { get; }

    internal long[]? Ids { get; }

    internal bool HasValues => values is not null;

    internal (int Start, int Count) RowsOf(int block) =>
        block < Blocks ? (starts[block], starts[block + 1] - starts[block]) : (0, 0);

    /// <summary>The values of the block's outcomes, in the order of rows; empty when there are none.</summary>
    internal ReadOnlySpan<long> ValuesOf(int block) => values is null || block >= Blocks
        ? default
        : values.AsSpan(valueStarts[block], valueStarts[block + 1] - valueStarts[block]);

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

    private static void Sum(int[] counts)
    {
        for (int i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ReadOnlySpan<int> customers)
    {
        ref int counts = ref starts[1];
        foreach (int customer in customers)
        {
            ref int own = ref Unsafe.Add(ref counts, customer >> TouchRow.BlockBits);
            own = unchecked(own + 1);
        }

        Sum(starts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scatter(in JourneyColumns columns)
    {
        int[] next = starts.AsSpan(0, Blocks).ToArray();
        ref int places = ref MemoryMarshal.GetArrayDataReference(next);
        ref TouchRow rows = ref MemoryMarshal.GetArrayDataReference(Rows);
        ReadOnlySpan<int> customers = columns.Customers;
        ref ushort channels = ref MemoryMarshal.GetReference(columns.Channels);
        ref long ticks = ref MemoryMarshal.GetReference(columns.Ticks);
        ref bool conversions = ref MemoryMarshal.GetReference(columns.Conversions);
        for (int i = 0; i < customers.Length; i++)
        {
            int customer = customers[i];
            ref int place = ref Unsafe.Add(ref places, customer >> TouchRow.BlockBits);
            int at = place;
            place = unchecked(at + 1);
            Unsafe.Add(ref rows, at) = new(
                Unsafe.Add(ref ticks, i),
                TouchRow.TagOf(customer, Unsafe.Add(ref channels, i), Unsafe.Add(ref conversions, i)));
            if (Ids is not null)
            {
                Ids[at] = columns.Ids[i];
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
                counts[(columns.Customers[i] >> TouchRow.BlockBits) + 1]++;
            }
        }

        Sum(counts);
        var found = new long[counts[^1]];
        int[] next = counts.AsSpan(0, Blocks).ToArray();
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns.Conversions[i])
            {
                found[next[columns.Customers[i] >> TouchRow.BlockBits]++] = columns.Values[i];
            }
        }

        return (found, counts);
    }
}
