using System.Runtime.CompilerServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>For paths of one length: how often each channel stood first, last and anywhere.</summary>
internal sealed class PlaceCounts(int channelCount)
{
    /// <summary>The greatest length whose paths are counted together; each longer one is counted by itself.</summary>
    internal const int LengthMax = 256;

    // By place, then by channel; what they are worth only where something is.
    private readonly long[] counts = new long[3 * channelCount];
    private Int128[]? values;

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

    /// <summary>Gives the channels their shares by the rules that look at nothing but places.</summary>
    /// <param name="length">How many touches each path has.</param>
    /// <param name="sums">What is added to.</param>
    internal void AddTo(int length, RuleSums sums)
    {
        // The weights of Linear are 1; those of PositionBased 2·(n − 2) at both ends and 1 between them. The newest
        // touch has what is left.
        var n = (UInt128)length;
        long even = CreditUnits.Of(1, n);
        long lastEven = CreditUnits.One - ((length - 1) * even);
        (long outer, long middle) = (even, even);
        if (length > 2)
        {
            outer = CreditUnits.Of(2, 5);
            middle = CreditUnits.Of(1, 5 * (n - 2));
        }

        long lastOuter = length == 1 ? CreditUnits.One : CreditUnits.One - outer - ((length - 2) * middle);
        for (int c = 0; c < channelCount; c++)
        {
            (long all, Int128 value) = At(2, c);
            if (all == 0)
            {
                continue;
            }

            (long first, Int128 firstValue) = At(0, c);
            (long last, Int128 lastValue) = At(1, c);
            sums.First[c].Add(first, firstValue, CreditUnits.One);
            sums.Last[c].Add(last, lastValue, CreditUnits.One);
            sums.Linear[c].Add(all - last, value - lastValue, even);
            sums.Linear[c].Add(last, lastValue, lastEven);
            sums.Position[c].Add(last, lastValue, lastOuter);
            if (length > 1)
            {
                sums.Position[c].Add(first, firstValue, outer);
                sums.Position[c].Add(all - last - first, value - lastValue - firstValue, middle);
            }
        }
    }

    /// <summary>Forgets what was counted.</summary>
    internal void Clear()
    {
        Array.Clear(counts);
        values = null;
    }

    private (long Count, Int128 Value) At(int place, int channel)
    {
        int at = (place * channelCount) + channel;
        return (counts[at], values is null ? 0 : values[at]);
    }
}
