using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Rows parted by blocks of customers, in their order within each block.</summary>
internal sealed class ColumnSegment
{
    /// <summary>How many bits of a customer's number tell customers of one block apart.</summary>
    internal const int BlockBits = 14;

    /// <summary>A customer's number within its block.</summary>
    internal const uint CustomerMask = (1u << BlockBits) - 1;

    private readonly int[] starts;
    private readonly int[] valueStarts;

    internal ColumnSegment(in JourneyColumns columns)
    {
        int most = 0;
        foreach (int customer in columns.Customers)
        {
            most = Math.Max(most, customer);
        }

        Blocks = (most >> BlockBits) + 1;
        Ticks = GC.AllocateUninitializedArray<long>(columns.Count);
        Tags = GC.AllocateUninitializedArray<uint>(columns.Count);
        Ids = columns.Ids.IsEmpty ? null : GC.AllocateUninitializedArray<long>(columns.Count);
        starts = new int[Blocks + 1];
        foreach (int customer in columns.Customers)
        {
            starts[(customer >> BlockBits) + 1]++;
        }

        Sum(starts);
        Scatter(columns);
        (Values, valueStarts) = ScatterValues(columns);
    }

    internal int Blocks { get; }

    internal bool HasIds => Ids is not null;

    internal long[] Ticks { get; }

    /// <summary>The customer's number within the block, whether it is an outcome, and the channel.</summary>
    internal uint[] Tags { get; }

    internal long[]? Ids { get; }

    /// <summary>The values of outcomes, in the order of rows; null when there are none.</summary>
    internal long[]? Values { get; }

    internal static uint TagOf(int customer, ushort channel, bool isConversion) => unchecked(
        ((uint)customer & CustomerMask)
        | (uint)Unsafe.BitCast<bool, byte>(isConversion) << BlockBits
        | (uint)channel << (BlockBits + 1));

    internal static bool IsConversion(uint tag) => (tag >> BlockBits & 1) != 0;

    internal static ushort ChannelOf(uint tag) => (ushort)(tag >> (BlockBits + 1));

    internal (int Start, int Count) RowsOf(int block) =>
        block < Blocks ? (starts[block], starts[block + 1] - starts[block]) : (0, 0);

    internal int FirstValueOf(int block) => valueStarts[block];

    private static void Sum(int[] counts)
    {
        for (int i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }
    }

    private void Scatter(in JourneyColumns columns)
    {
        int[] next = starts.AsSpan(0, Blocks).ToArray();
        ref int places = ref MemoryMarshal.GetArrayDataReference(next);
        ref long ticks = ref MemoryMarshal.GetArrayDataReference(Ticks);
        ref uint tags = ref MemoryMarshal.GetArrayDataReference(Tags);
        ReadOnlySpan<int> customers = columns.Customers;
        ReadOnlySpan<ushort> channels = columns.Channels;
        ReadOnlySpan<long> instants = columns.Ticks;
        ReadOnlySpan<bool> conversions = columns.Conversions;
        ReadOnlySpan<long> ids = columns.Ids;
        for (int i = 0; i < customers.Length; i++)
        {
            int customer = customers[i];
            ref int place = ref Unsafe.Add(ref places, customer >> BlockBits);
            int at = place;
            place = unchecked(at + 1);
            Unsafe.Add(ref ticks, at) = instants[i];
            Unsafe.Add(ref tags, at) = TagOf(customer, channels[i], conversions[i]);
            if (Ids is not null)
            {
                Ids[at] = ids[i];
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
                counts[(columns.Customers[i] >> BlockBits) + 1]++;
            }
        }

        Sum(counts);
        var found = new long[counts[^1]];
        int[] next = counts.AsSpan(0, Blocks).ToArray();
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns.Conversions[i])
            {
                found[next[columns.Customers[i] >> BlockBits]++] = columns.Values[i];
            }
        }

        return (found, counts);
    }
}
