using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <content>Columns in the order of customers and instants, read where they are.</content>
internal sealed partial class ColumnTally
{
    /// <summary>Adds grouped columns.</summary>
    internal void AddGrouped(in JourneyColumns columns)
    {
        const int Part = 4_096;
        if (columns.Count == 0)
        {
            return;
        }

        touches += columns.Count;
        ReserveEnds(Part);
        int from = 0;
        for (int start = 0; start < columns.Count; start += Part)
        {
            int outcomes = Move(columns, start, Math.Min(Part, columns.Count - start), ref from);
            foreach (int end in ends.AsSpan(0, outcomes))
            {
                CreditGrouped(columns, end);
            }
        }
    }

    // The moves of all journeys, and where outcomes are.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Move(in JourneyColumns columns, int start, int length, ref int last)
    {
        ref int customers = ref MemoryMarshal.GetReference(columns.Customers);
        ref bool conversions = ref MemoryMarshal.GetReference(columns.Conversions);
        ref ushort channels = ref MemoryMarshal.GetReference(columns.Channels);
        ref long cells = ref MemoryMarshal.GetArrayDataReference(moves);
        ref int end = ref MemoryMarshal.GetArrayDataReference(ends);
        int from = last;
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

        last = from;
        return outcomes;
    }

    // Of a journey that is too long, only enough to see that it is.
    private void CreditGrouped(in JourneyColumns columns, int end)
    {
        int customer = columns.Customers[end];
        long newest = columns.Ticks[end];
        int row = end - 1;
        for (; row >= 0 && columns.Customers[row] == customer && !columns.Conversions[row]
                && end - row <= ColumnCredits.TouchCountMax;
            row--)
        {
            rules.Add(unchecked(newest - columns.Ticks[row]), columns.Channels[row]);
        }

        long value = columns.Values.IsEmpty ? 0 : columns.Values[end];
        EndAt(columns.Channels[end], value);
        rules.End(end - row, columns.Channels[row + 1], columns.Channels[end], value);
    }
}
