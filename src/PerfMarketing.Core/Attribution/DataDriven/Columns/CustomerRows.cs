namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>One customer's touches in their order.</summary>
internal readonly ref struct CustomerRows
{
    internal readonly ReadOnlySpan<ushort> Channels;
    internal readonly ReadOnlySpan<long> Ticks;
    internal readonly ReadOnlySpan<bool> Conversions;
    internal readonly ReadOnlySpan<long> Values;

    internal CustomerRows(
        ReadOnlySpan<ushort> channels,
        ReadOnlySpan<long> ticks,
        ReadOnlySpan<bool> conversions,
        ReadOnlySpan<long> values)
    {
        Channels = channels;
        Ticks = ticks;
        Conversions = conversions;
        Values = values;
    }

    internal CustomerRows(in JourneyColumns columns, int start, int count)
        : this(
            columns.Channels.Slice(start, count),
            columns.Ticks.Slice(start, count),
            columns.Conversions.Slice(start, count),
            columns.Values.IsEmpty ? default : columns.Values.Slice(start, count))
    {
    }
}
