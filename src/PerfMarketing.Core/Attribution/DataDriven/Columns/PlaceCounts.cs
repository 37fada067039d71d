using System.Runtime.CompilerServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>For paths of one length: how often each channel stood first, last and anywhere.</summary>
internal sealed class PlaceCounts(int length, int channelCount)
{
    // By place, then by channel; what they are worth only where something is.
    private readonly long[] counts = new long[3 * channelCount];
    private Int128[]? values;

    internal int Length => length;

    /// <summary>Counts the first and the last touch of a path.</summary>
    internal void AddEnds(int first, int last)
    {
        counts[first]++;
        counts[channelCount + last]++;
    }

    /// <summary>Counts any touch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(int channel)
    {
        ref long count = ref counts[unchecked((2 * channelCount) + channel)];
        count = unchecked(count + 1);
    }

    /// <summary>Adds what the outcome is worth for the first and the last touch of a path.</summary>
    internal void AddEndValues(int first, int last, long value)
    {
        values ??= new Int128[counts.Length];
        values[first] += value;
        values[channelCount + last] += value;
    }

    /// <summary>Adds what the outcome is worth for any touch.</summary>
    internal void AddValue(int channel, long value)
    {
        values ??= new Int128[counts.Length];
        values[(2 * channelCount) + channel] += value;
    }

    internal void Add(PlaceCounts other)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] += other.counts[i];
        }

        if (other.values is null)
        {
            return;
        }

        values ??= new Int128[counts.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += other.values[i];
        }
    }

    internal (double Credit, double Value) First(int channel) => Share(At(0, channel), 1);

    internal (double Credit, double Value) Last(int channel) => Share(At(1, channel), 1);

    internal (double Credit, double Value) Linear(int channel) => Share(At(2, channel), length);

    // 0.4, 0.2, 0.4 in tenths: one touch has all, two have half each.
    internal (double Credit, double Value) Position(int channel)
    {
        if (length < 3)
        {
            return Linear(channel);
        }

        (long first, Int128 firstValue) = At(0, channel);
        (long last, Int128 lastValue) = At(1, channel);
        (long all, Int128 allValue) = At(2, channel);
        (long ends, Int128 endValue) = (first + last, firstValue + lastValue);
        double parts = length - 2;
        return (
            ((4.0 * ends) + (2 * ((all - ends) / parts))) / 10,
            ((4 * (double)endValue) + (2 * ((double)(allValue - endValue) / parts))) / 10);
    }

    private static (double Credit, double Value) Share((long Count, Int128 Value) places, double parts) =>
        (places.Count / parts, (double)places.Value / parts);

    private (long Count, Int128 Value) At(int place, int channel)
    {
        int at = (place * channelCount) + channel;
        return (counts[at], values is null ? 0 : values[at]);
    }
}
