namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Brings the rows of one block of customers in order, customer by customer, and hands them on.</summary>
internal sealed class BlockWork(List<ColumnSegment> segments, ColumnTally tally)
{
    private readonly int[] places = new int[(int)ColumnSegment.CustomerMask + 2];
    private readonly bool hasIds = segments.Exists(static segment => segment.HasIds);
    private readonly bool hasValues = segments.Exists(static segment => segment.Values is not null);
    private long[] ticks = [];
    private ushort[] channels = [];
    private bool[] conversions = [];
    private long[] values = [];
    private long[] ids = [];

    internal ColumnTally Tally => tally;

    internal void Do(int block)
    {
        int count = 0;
        Array.Clear(places);
        foreach (ColumnSegment segment in segments)
        {
            (int start, int rows) = segment.RowsOf(block);
            foreach (uint tag in segment.Tags.AsSpan(start, rows))
            {
                places[(tag & ColumnSegment.CustomerMask) + 1]++;
            }

            count += rows;
        }

        for (int i = 1; i < places.Length; i++)
        {
            places[i] += places[i - 1];
        }

        Reserve(count);
        foreach (ColumnSegment segment in segments)
        {
            Place(segment, block);
        }

        // Each place is now the end of its customer.
        int first = 0;
        foreach (int end in places.AsSpan(0, places.Length - 1))
        {
            if (end > first)
            {
                Order(first, end);
                tally.AddCustomer(new(
                    channels.AsSpan(first, end - first),
                    ticks.AsSpan(first, end - first),
                    conversions.AsSpan(first, end - first),
                    hasValues ? values.AsSpan(first, end - first) : default));
                first = end;
            }
        }
    }

    private void Reserve(int count)
    {
        if (ticks.Length >= count)
        {
            return;
        }

        int size = count + (count / 8);
        ticks = GC.AllocateUninitializedArray<long>(size);
        channels = GC.AllocateUninitializedArray<ushort>(size);
        conversions = GC.AllocateUninitializedArray<bool>(size);
        values = hasValues ? new long[size] : [];
        ids = hasIds ? new long[size] : [];
    }

    private void Place(ColumnSegment segment, int block)
    {
        (int start, int rows) = segment.RowsOf(block);
        ReadOnlySpan<uint> tags = segment.Tags.AsSpan(start, rows);
        ReadOnlySpan<long> from = segment.Ticks.AsSpan(start, rows);
        int value = segment.Values is null || rows == 0 ? 0 : segment.FirstValueOf(block);
        for (int i = 0; i < tags.Length; i++)
        {
            uint tag = tags[i];
            int at = places[tag & ColumnSegment.CustomerMask]++;
            ticks[at] = from[i];
            channels[at] = ColumnSegment.ChannelOf(tag);
            bool isConversion = ColumnSegment.IsConversion(tag);
            conversions[at] = isConversion;
            if (isConversion && hasValues)
            {
                values[at] = segment.Values is { } all ? all[value++] : 0;
            }

            if (hasIds)
            {
                ids[at] = segment.Ids![start + i];
            }
        }
    }

    // Stable. Most customers have few touches, and most of those are in order; the rest is inserted.
    private void Order(int first, int end)
    {
        for (int i = first + 1; i < end; i++)
        {
            if (IsBefore(i, i - 1))
            {
                if (end - first > 64)
                {
                    SortMany(first, end);
                    return;
                }

                Insert(first, i);
            }
        }
    }

    private bool IsBefore(int left, int right) =>
        ticks[left] < ticks[right] || (hasIds && ticks[left] == ticks[right] && ids[left] < ids[right]);

    private void Insert(int first, int at)
    {
        (long tick, ushort channel, bool isConversion) = (ticks[at], channels[at], conversions[at]);
        long value = hasValues ? values[at] : 0;
        long id = hasIds ? ids[at] : 0;
        int to = at;
        while (to > first && (tick < ticks[to - 1] || (hasIds && tick == ticks[to - 1] && id < ids[to - 1])))
        {
            (ticks[to], channels[to], conversions[to]) = (ticks[to - 1], channels[to - 1], conversions[to - 1]);
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

        (ticks[to], channels[to], conversions[to]) = (tick, channel, isConversion);
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
        Permute(ticks, order, first);
        Permute(channels, order, first);
        Permute(conversions, order, first);
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
