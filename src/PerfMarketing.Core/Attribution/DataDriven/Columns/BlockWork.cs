using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Brings the rows of one block of customers in order, customer by customer, and hands them on.</summary>
internal sealed class BlockWork(ColumnSegment[] segments, ColumnTally tally)
{
    // Where each customer's next row goes; in the end, where the next customer's begin.
    private readonly int[] places = new int[TouchRow.BlockCustomers + 1];
    private readonly bool hasIds = Array.Exists(segments, static segment => segment.HasIds);
    private readonly bool hasValues = Array.Exists(segments, static segment => segment.HasValues);
    private readonly bool isMixed = tally.TakesMixed && AreInOrder(segments);
    private TouchRow[] rows = [];
    private long[] values = [];
    private long[] ids = [];

    internal ColumnTally Tally => tally;

    /// <exception cref="InvalidOperationException">The customers have more rows than can be held at once.</exception>
    internal void Do(int block)
    {
        if (isMixed)
        {
            AddMixed(block);
            return;
        }

        int count = CountOf(block);
        if (count == 0)
        {
            return;
        }

        FindPlaces(block);
        Reserve(count);
        foreach (ColumnSegment segment in segments)
        {
            Place(segment, block);
        }

        Order(count);

        tally.Add(rows.AsSpan(0, count), hasValues ? values.AsSpan(0, count) : default);
    }

    private void AddMixed(int block)
    {
        int count = CountOf(block);
        if (segments.Length == 1)
        {
            (int start, int length) = segments[0].RowsOf(block);
            tally.AddMixed(segments[0].Rows.AsSpan(start, length), segments[0].ValuesOf(block));
            return;
        }

        Reserve(count);
        (int filled, int valued) = (0, 0);
        foreach (ColumnSegment segment in segments)
        {
            (int start, int length) = segment.RowsOf(block);
            segment.Rows.AsSpan(start, length).CopyTo(rows.AsSpan(filled));
            filled += length;
            if (hasValues)
            {
                ReadOnlySpan<long> own = segment.ValuesOf(block);
                own.CopyTo(values.AsSpan(valued));
                valued += own.Length;
            }
        }

        tally.AddMixed(rows.AsSpan(0, filled), values.AsSpan(0, valued));
    }

    private int CountOf(int block)
    {
        long count = 0;
        foreach (ColumnSegment segment in segments)
        {
            count += segment.RowsOf(block).Count;
        }

        return count <= Array.MaxLength ? (int)count : throw new InvalidOperationException(
            $"{TouchRow.BlockCustomers} customers have more than {Array.MaxLength} touches: part them into runs.");
    }

    // Rows of a log mostly stand in the order of time, and so do those of each customer: none has to be moved.
    private static bool AreInOrder(ColumnSegment[] segments)
    {
        for (int i = 0; i < segments.Length; i++)
        {
            if (!segments[i].IsInOrder || segments[i].HasIds || segments[i].HasValues != segments[0].HasValues
                || (i > 0 && segments[i].FirstTick < segments[i - 1].LastTick))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindPlaces(int block)
    {
        Array.Clear(places);
        ref int counts = ref places[1];
        foreach (ColumnSegment segment in segments)
        {
            (int start, int own) = segment.RowsOf(block);
            foreach (ref readonly TouchRow row in segment.Rows.AsSpan(start, own))
            {
                ref int customer = ref Unsafe.Add(ref counts, row.Tag & TouchRow.CustomerMask);
                customer = unchecked(customer + 1);
            }
        }

        int sum = 0;
        foreach (ref int place in places.AsSpan())
        {
            sum = unchecked(sum + place);
            place = sum;
        }
    }

    private void Reserve(int count)
    {
        if (rows.Length >= count)
        {
            return;
        }

        int size = (int)Math.Min(Array.MaxLength, count + (count / 8L));
        rows = GC.AllocateUninitializedArray<TouchRow>(size);
        values = hasValues ? new long[size] : [];
        ids = hasIds ? new long[size] : [];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(ColumnSegment segment, int block)
    {
        if (hasValues || hasIds)
        {
            PlaceMore(segment, block);
        }

        (int start, int count) = segment.RowsOf(block);
        ref int next = ref MemoryMarshal.GetArrayDataReference(places);
        ref TouchRow to = ref MemoryMarshal.GetArrayDataReference(rows);
        foreach (ref readonly TouchRow row in segment.Rows.AsSpan(start, count))
        {
            ref int place = ref Unsafe.Add(ref next, row.Tag & TouchRow.CustomerMask);
            Unsafe.Add(ref to, place) = row;
            place = unchecked(place + 1);
        }
    }

    // Leaves the places as they are.
    private void PlaceMore(ColumnSegment segment, int block)
    {
        (int start, int count) = segment.RowsOf(block);
        ReadOnlySpan<TouchRow> own = segment.Rows.AsSpan(start, count);
        ReadOnlySpan<long> worth = segment.ValuesOf(block);
        int value = 0;
        for (int i = 0; i < own.Length; i++)
        {
            int place = places[own[i].Tag & TouchRow.CustomerMask]++;
            if (hasValues && own[i].IsConversion)
            {
                values[place] = segment.HasValues ? worth[value++] : 0;
            }

            if (hasIds)
            {
                ids[place] = segment.Ids![start + i];
            }
        }

        foreach (ref readonly TouchRow row in own)
        {
            places[row.Tag & TouchRow.CustomerMask]--;
        }
    }

    // Stable. Most customers have few touches, and most of those are in order; the rest is inserted.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Order(int count)
    {
        for (int i = 1; i < count; i++)
        {
            if (!rows[i].IsSameCustomer(rows[i - 1]) || !IsBefore(i, i - 1))
            {
                continue;
            }

            int customer = (int)(rows[i].Tag & TouchRow.CustomerMask);
            (int first, int end) = (customer == 0 ? 0 : places[customer - 1], places[customer]);
            if (end - first > 64)
            {
                SortMany(first, end);
                i = end - 1;
            }
            else
            {
                Insert(first, i);
            }
        }
    }

    private bool IsBefore(int left, int right) =>
        rows[left].Ticks < rows[right].Ticks
        || (hasIds && rows[left].Ticks == rows[right].Ticks && ids[left] < ids[right]);

    private void Insert(int first, int at)
    {
        TouchRow row = rows[at];
        long value = hasValues ? values[at] : 0;
        long id = hasIds ? ids[at] : 0;
        int to = at;
        while (to > first && (row.Ticks < rows[to - 1].Ticks
            || (hasIds && row.Ticks == rows[to - 1].Ticks && id < ids[to - 1])))
        {
            rows[to] = rows[to - 1];
            if (hasValues)
            {
                values[to] = values[to - 1];
            }

            if (hasIds)
            {
                ids[to] = ids[to - 1];
            }

            to--;
        }

        rows[to] = row;
        if (hasValues)
        {
            values[to] = value;
        }

        if (hasIds)
        {
            ids[to] = id;
        }
    }

    private void SortMany(int first, int end)
    {
        int count = end - first;
        var order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = first + i;
        }

        Array.Sort(order, (left, right) =>
            IsBefore(left, right) ? -1 : IsBefore(right, left) ? 1 : left.CompareTo(right));
        Permute(rows, order, first);
        if (hasValues)
        {
            Permute(values, order, first);
        }

        if (hasIds)
        {
            Permute(ids, order, first);
        }
    }

    private static void Permute<T>(T[] column, int[] order, int first)
    {
        var sorted = new T[order.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = column[order[i]];
        }

        sorted.CopyTo(column.AsSpan(first));
    }
}
