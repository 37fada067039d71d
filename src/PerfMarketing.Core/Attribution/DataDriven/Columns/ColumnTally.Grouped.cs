using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <content>Columns in the order of customers and instants, read where they are.</content>
internal sealed partial class ColumnTally
{
    /// <summary>Adds grouped columns.</summary>
    internal void AddGrouped(in JourneyColumns columns)
    {
        if (columns.Count == 0)
        {
            return;
        }

        touches += columns.Count;
        Move(columns);
        ReadOnlySpan<bool> conversions = columns.Conversions;
        for (int at = conversions.IndexOf(true); at >= 0;)
        {
            CreditGrouped(columns, at);
            int next = conversions[(at + 1)..].IndexOf(true);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    // The moves of all journeys. Nothing in it depends on where one begins, which no processor can guess.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(in JourneyColumns columns)
    {
        ref int customers = ref MemoryMarshal.GetReference(columns.Customers);
        ref bool conversions = ref MemoryMarshal.GetReference(columns.Conversions);
        ref long cells = ref MemoryMarshal.GetArrayDataReference(moves);
        ReadOnlySpan<ushort> channels = columns.Channels;
        int begin = count * stride;
        int from = begin;
        int before = customers;
        int ended = 0;
        for (int i = 0; i < channels.Length; i++)
        {
            int channel = channels[i];
            int customer = Unsafe.Add(ref customers, i);
            int begins = unchecked(-(ended | Unsafe.BitCast<bool, byte>(customer != before)));
            from ^= (from ^ begin) & begins;
            ref long cell = ref Unsafe.Add(ref cells, unchecked(from + channel));
            cell = unchecked(cell + 1);
            from = unchecked(channel * stride);
            before = customer;
            ended = Unsafe.BitCast<bool, byte>(Unsafe.Add(ref conversions, i));
        }
    }

    // Of a journey that is too long, only enough to see that it is.
    private void CreditGrouped(in JourneyColumns columns, int last)
    {
        int customer = columns.Customers[last];
        int first = path.Length;
        for (int row = last;
            row >= 0 && columns.Customers[row] == customer && (row == last || !columns.Conversions[row])
                && path.Length - first <= ColumnCredits.TouchCountMax;
            row--)
        {
            first = RoomBefore(first);
            path[--first] = new(columns.Ticks[row], TouchRow.TagOf(0, columns.Channels[row], false));
        }

        Credit(path.AsSpan(first), columns.Values.IsEmpty ? 0 : columns.Values[last]);
    }
}
