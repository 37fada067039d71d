using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Brings the rows of one block of customers in order, customer by customer, and hands them on.</summary>
internal sealed class BlockWork(ColumnSegment[] segments, ColumnTally tally)
{
    private readonly bool hasIds = Array.Exists(segments, static segment => segment.HasIds);
    private readonly bool hasValues = Array.Exists(segments, static segment => segment.HasValues);
    private readonly bool isMixed = tally.TakesMixed && AreInOrder(segments);
    private readonly CustomerNumbers? numbers =
        Array.Exists(segments, static segment => segment.HasLargeCustomers) ? new() : null;

    // Where each customer's next row goes; in the end, where the next customer's begin.
    private int[] places = [];
    private TouchRow[] rows = [];
    private long[] values = [];
    private long[] ids = [];

    internal ColumnTally Tally => tally;

    /// <exception cref="InvalidOperationException">The customers have more rows than can be held at once.</exception>
    internal void Do(int block)
    {
        int count = CountOf(block);
        if (count == 0)
        {
            return;
        }

        int customers = CustomersOf(block);
        if (isMixed)
        {
            tally.BeginMixed(customers, count);
            for (int i = 0; i < segments.Length; i++)
            {
                if (i + 1 < segments.Length)
                {
                    segments[i + 1].Fetch(block);
                }

                tally.AddMixed(segments[i].RowsOf(block));
            }

            return;
        }

        FindPlaces(block, customers);
        Reserve(count);
        foreach (ColumnSegment segment in segments)
        {
            Place(segment.RowsOf(block));
        }

        Order(count);
        tally.Add(rows.AsSpan(0, count), hasValues ? values.AsSpan(0, count) : default);
    }

    private int CountOf(int block)
    {
        long count = 0;
        foreach (ColumnSegment segment in segments)
        {
            count += segment.CountOf(block);
        }

        return count <= Array.MaxLength ? (int)count : throw new InvalidOperationException(
            $"The customers of one block have more than {Array.MaxLength} touches: part them into runs.");
    }

    // Of customers with large ids, those that the block has get numbers.
    private int CustomersOf(int block)
    {
        if (numbers is null)
        {
            return RowLayout.BlockCustomers;
        }

        numbers.Clear();
        foreach (ColumnSegment segment in segments)
        {
            numbers.Number(segment.RowsOf(block).Customers);
        }

        return numbers.Count;
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

    private void FindPlaces(int block, int customers)
    {
        if (places.Length <= customers)
        {
            places = new int[customers + 1];
        }

        Array.Clear(places);
        foreach (ColumnSegment segment in segments)
        {
            CountCustomers(segment.RowsOf(block));
        }

        int sum = 0;
        foreach (ref int place in places.AsSpan())
        {
            sum = unchecked(sum + place);
            place = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void CountCustomers(in BlockRows own)
    {
        ref int counts = ref places[1];
        for (int i = 0; i < own.Rows.Length; i++)
        {
            ref int customer = ref Unsafe.Add(ref counts, own.CustomerOf(i));
            customer = unchecked(customer + 1);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Place(in BlockRows own)
    {
        ref int next = ref MemoryMarshal.GetArrayDataReference(places);
        ref TouchRow to = ref MemoryMarshal.GetArrayDataReference(rows);
        int value = 0;
        for (int i = 0; i < own.Rows.Length; i++)
        {
            int customer = own.CustomerOf(i);
            ref int place = ref Unsafe.Add(ref next, customer);
            int at = place;
            place = unchecked(at + 1);
            uint tag = own.TagOf(i);
            Unsafe.Add(ref to, at) = TouchRow.Of(customer, own.TicksOf(i), tag);
            if (hasValues && (tag & 1) != 0)
            {
                values[at] = own.Values.IsEmpty ? 0 : own.Values[value++];
            }

            if (hasIds)
            {
                ids[at] = own.Ids[i];
            }
        }
    }

    // Stable. Most customers have few touches, and most of those are in order; the rest is inserted.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Order(int count)
    {
        for (int i = 1; i < count; i++)
        {
            if (rows[i].Customer != rows[i - 1].Customer || !IsBefore(i, i - 1))
            {
                continue;
            }

            int customer = rows[i].Customer;
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
