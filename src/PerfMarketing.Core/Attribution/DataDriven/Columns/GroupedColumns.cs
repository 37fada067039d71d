using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Columns that stand in the order of customers and instants, which are read where they are.</summary>
internal static class GroupedColumns
{
    private static bool IsAscending(ReadOnlySpan<long> ticks)
    {
        ref long all = ref MemoryMarshal.GetReference(ticks);
        Vector256<long> wrong = Vector256<long>.Zero;
        int i = 1;
        for (; i <= ticks.Length - Vector256<long>.Count; i += Vector256<long>.Count)
        {
            wrong |= Vector256.LessThan(
                Vector256.LoadUnsafe(ref all, (nuint)i), Vector256.LoadUnsafe(ref all, (nuint)(i - 1)));
        }

        bool isAscending = wrong == Vector256<long>.Zero;
        for (; i < ticks.Length; i++)
        {
            isAscending &= ticks[i] >= ticks[i - 1];
        }

        return isAscending;
    }

    /// <summary>The oldest and the newest instant, and whether none is before the one that stands before it.</summary>
    internal static (long Oldest, long Newest, bool IsAscending) SpanOf(ReadOnlySpan<long> ticks)
    {
        if (IsAscending(ticks))
        {
            return (ticks[0], ticks[^1], true);
        }

        (long oldest, long newest) = (long.MaxValue, long.MinValue);
        foreach (long tick in ticks)
        {
            oldest = Math.Min(oldest, tick);
            newest = Math.Max(newest, tick);
        }

        return (oldest, newest, false);
    }

    /// <summary>Whether customers never fall, nor instants, and ids of one instant, of a customer.</summary>
    internal static bool IsGrouped(in JourneyColumns columns)
    {
        ReadOnlySpan<int> customers = columns.Customers;
        ReadOnlySpan<long> ticks = columns.Ticks;
        int i = columns.Ids.IsEmpty ? AreGrouped(customers, ticks) : 1;
        for (; i > 0 && i < customers.Length; i++)
        {
            if (customers[i] < customers[i - 1] || (customers[i] == customers[i - 1]
                && (ticks[i] < ticks[i - 1] || (ticks[i] == ticks[i - 1] && !columns.Ids.IsEmpty
                    && columns.Ids[i] < columns.Ids[i - 1]))))
            {
                return false;
            }
        }

        return i > 0;
    }

    // The first row that was not looked at; 0 when a row that was is out of order.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int AreGrouped(ReadOnlySpan<int> customers, ReadOnlySpan<long> ticks)
    {
        ref int owners = ref MemoryMarshal.GetReference(customers);
        ref long all = ref MemoryMarshal.GetReference(ticks);
        int i = 1;
        for (; i <= customers.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            Vector256<int> owner = Vector256.LoadUnsafe(ref owners, (nuint)i);
            Vector256<int> before = Vector256.LoadUnsafe(ref owners, (nuint)(i - 1));
            (Vector256<long> low, Vector256<long> high) = Vector256.Widen(Vector256.Equals(owner, before));
            Vector256<long> wrong = (low & Falls(ref all, i)) | (high & Falls(ref all, i + Vector256<long>.Count));
            if ((Vector256.LessThan(owner, before).AsInt64() | wrong) != Vector256<long>.Zero)
            {
                return 0;
            }
        }

        return i;
    }

    private static Vector256<long> Falls(ref long ticks, int at) => Vector256.LessThan(
        Vector256.LoadUnsafe(ref ticks, (nuint)at), Vector256.LoadUnsafe(ref ticks, (nuint)(at - 1)));
}
