using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <content>Columns in the order of customers and instants, read where they are.</content>
internal sealed partial class ColumnTally
{
    // Where the next move of grouped columns is counted from.
    private int groupedFrom;

    /// <summary>Adds a part of grouped columns, those before it having been added.</summary>
    internal void AddGrouped(in JourneyColumns columns, int start, int length)
    {
        touches += length;
        ReserveEnds(length);
        ReadOnlySpan<int> outcomes = ends.AsSpan(0, Move(columns, start, length));
        foreach (int end in outcomes)
        {
            EndAt(columns.Channels[end], columns.Values.IsEmpty ? 0 : columns.Values[end]);
        }

        rules.AddGrouped(columns, outcomes);
    }

    // The moves of all journeys, and where outcomes are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int Move(in JourneyColumns columns, int start, int length)
    {
        ref int customers = ref MemoryMarshal.GetReference(columns.Customers);
        ref bool conversions = ref MemoryMarshal.GetReference(columns.Conversions);
        ref ushort channels = ref MemoryMarshal.GetReference(columns.Channels);
        ref long cells = ref MemoryMarshal.GetArrayDataReference(moves);
        ref int end = ref MemoryMarshal.GetArrayDataReference(ends);
        int from = groupedFrom;
        int before = Unsafe.Add(ref customers, Math.Max(0, start - 1));
        int outcomes = 0;
        for (int i = start; i < unchecked(start + length); i++)
        {
            int channel = Unsafe.Add(ref channels, i);
            int customer = Unsafe.Add(ref customers, i);
            int begins = unchecked(-Unsafe.BitCast<bool, byte>(customer != before));
            from &= ~begins;
            ref long cell = ref Unsafe.Add(ref cells, unchecked(from + channel));
            cell = unchecked(cell + 1);
            int converts = Unsafe.BitCast<bool, byte>(Unsafe.Add(ref conversions, i));
            Unsafe.Add(ref end, outcomes) = i;
            outcomes = unchecked(outcomes + converts);
            from = unchecked((channel + 1) * stride) & (converts - 1);
            before = customer;
        }

        groupedFrom = from;
        return outcomes;
    }
}
