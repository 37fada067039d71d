namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Rows of small chunks, until there are enough of them to be parted.</summary>
internal sealed class PendingRows(int capacity)
{
    private int[] customers = [];
    private ushort[] channels = [];
    private long[] ticks = [];
    private bool[] conversions = [];
    private long[] values = [];
    private long[] ids = [];
    private bool hasValues;
    private bool hasIds;

    internal int Count { get; private set; }

    internal JourneyColumns Columns => new(
        customers.AsSpan(0, Count),
        channels.AsSpan(0, Count),
        ticks.AsSpan(0, Count),
        conversions.AsSpan(0, Count))
    {
        Values = hasValues ? values.AsSpan(0, Count) : default,
        Ids = hasIds ? ids.AsSpan(0, Count) : default,
    };

    internal void Clear() => Count = 0;

    /// <summary>Takes a chunk that there is room for.</summary>
    internal bool TryAdd(in JourneyColumns columns)
    {
        bool isAlike = Count == 0 || (hasValues == !columns.Values.IsEmpty && hasIds == !columns.Ids.IsEmpty);
        if (columns.Count > capacity - Count || columns.Count == capacity || !isAlike)
        {
            return columns.Count == 0;
        }

        if (customers.Length == 0)
        {
            customers = new int[capacity];
            channels = new ushort[capacity];
            ticks = new long[capacity];
            conversions = new bool[capacity];
            values = new long[capacity];
            ids = new long[capacity];
        }

        (hasValues, hasIds) = (!columns.Values.IsEmpty, !columns.Ids.IsEmpty);
        columns.Customers.CopyTo(customers.AsSpan(Count));
        columns.Channels.CopyTo(channels.AsSpan(Count));
        columns.Ticks.CopyTo(ticks.AsSpan(Count));
        columns.Conversions.CopyTo(conversions.AsSpan(Count));
        columns.Values.CopyTo(values.AsSpan(Count));
        columns.Ids.CopyTo(ids.AsSpan(Count));
        Count += columns.Count;
        return true;
    }
}
