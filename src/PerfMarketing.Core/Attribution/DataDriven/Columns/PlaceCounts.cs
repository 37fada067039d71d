namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>For paths of one length: how often each channel stood first, last and anywhere.</summary>
internal sealed class PlaceCounts(int length, int channelCount)
{
    internal int Length => length;

    internal (long Count, Int128 Value)[] First { get; } = new (long, Int128)[channelCount];

    internal (long Count, Int128 Value)[] Last { get; } = new (long, Int128)[channelCount];

    internal (long Count, Int128 Value)[] All { get; } = new (long, Int128)[channelCount];

    internal void Add(ReadOnlySpan<ushort> path, Int128 value)
    {
        First[path[0]].Count++;
        Last[path[^1]].Count++;
        foreach (ushort channel in path)
        {
            All[channel].Count++;
        }

        if (value == 0)
        {
            return;
        }

        First[path[0]].Value += value;
        Last[path[^1]].Value += value;
        foreach (ushort channel in path)
        {
            All[channel].Value += value;
        }
    }

    internal void Add(PlaceCounts other)
    {
        for (int c = 0; c < channelCount; c++)
        {
            First[c] = Plus(First[c], other.First[c]);
            Last[c] = Plus(Last[c], other.Last[c]);
            All[c] = Plus(All[c], other.All[c]);
        }
    }

    internal static (double Credit, double Value) Share(
        (long Count, Int128 Value)[] places, int channel, double parts) =>
        (places[channel].Count / parts, (double)places[channel].Value / parts);

    // 0.4, 0.2, 0.4 in tenths: one touch has all, two have half each.
    internal (double Credit, double Value) Position(int channel)
    {
        if (length < 3)
        {
            return Share(All, channel, length);
        }

        (long ends, Int128 endValue) = Plus(First[channel], Last[channel]);
        (long all, Int128 allValue) = All[channel];
        double parts = length - 2;
        return (
            ((4.0 * ends) + (2 * ((all - ends) / parts))) / 10,
            ((4 * (double)endValue) + (2 * ((double)(allValue - endValue) / parts))) / 10);
    }

    private static (long Count, Int128 Value) Plus((long Count, Int128 Value) left, (long Count, Int128 Value) right) =>
        (left.Count + right.Count, left.Value + right.Value);
}
