namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>A copy of rows, until there are enough of them to be parted.</summary>
internal sealed class PendingRows
{
    private int[] customers = [];
    private long[] largeCustomers = [];
    private ushort[] channels = [];
    private long[] ticks = [];
    private bool[] conversions = [];
    private long[] values = [];
    private long[] ids = [];
    private bool hasLarge;
    private bool hasValues;
    private bool hasIds;

    internal int Count { get; private set; }

    internal JourneyColumns Columns
    {
        get
        {
            Span<ushort> channel = channels.AsSpan(0, Count);
            Span<long> tick = ticks.AsSpan(0, Count);
            Span<bool> conversion = conversions.AsSpan(0, Count);
            Span<long> value = hasValues ? values.AsSpan(0, Count) : default;
            Span<long> id = hasIds ? ids.AsSpan(0, Count) : default;
            return hasLarge
                ? new(largeCustomers.AsSpan(0, Count), channel, tick, conversion) { Values = value, Ids = id }
                : new(customers.AsSpan(0, Count), channel, tick, conversion) { Values = value, Ids = id };
        }
    }

    internal void Clear() => Count = 0;

    /// <summary>Whether rows like those can follow these.</summary>
    internal bool IsLike(in JourneyColumns columns) =>
        Count == 0 || (hasValues == !columns.Values.IsEmpty && hasIds == !columns.Ids.IsEmpty);

    /// <summary>Takes rows until there are so many.</summary>
    /// <returns>How many it took.</returns>
    internal int Take(in JourneyColumns columns, int rowsMax)
    {
        int taken = Math.Min(columns.Count, rowsMax - Count);
        JourneyColumns own = columns.Slice(0, taken);
        (hasLarge, hasValues, hasIds) = (columns.HasLargeCustomers, !columns.Values.IsEmpty, !columns.Ids.IsEmpty);
        Copy(own.Customers, ref customers);
        Copy(own.LargeCustomers, ref largeCustomers);
        Copy(own.Channels, ref channels);
        Copy(own.Ticks, ref ticks);
        Copy(own.Conversions, ref conversions);
        Copy(own.Values, ref values);
        Copy(own.Ids, ref ids);
        Count += taken;
        return taken;
    }

    private void Copy<T>(ReadOnlySpan<T> from, ref T[] to)
    {
        if (!from.IsEmpty && to.Length < Count + from.Length)
        {
            Array.Resize(ref to, Math.Min(ColumnSegment.RowsMax, Math.Max(2 * to.Length, Count + from.Length)));
        }

        from.CopyTo(to.AsSpan(Math.Min(Count, to.Length)));
    }
}
