using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Paths as columns: the channels of all in one array, and where each path ends.</summary>
/// <param name="Channels">The channels, sorted by their texts.</param>
/// <param name="Steps">The channels' places in that order, path after path.</param>
/// <param name="Ends">Where each path ends among the steps.</param>
/// <param name="Conversions">How many journeys of each path converted.</param>
/// <param name="Nulls">How many did not.</param>
/// <param name="Values">What the conversions of each are worth together.</param>
/// <param name="Count">How many paths there are; the columns may have room for more.</param>
internal sealed record PathRows(
    ChannelId[] Channels, ushort[] Steps, int[] Ends, long[] Conversions, long[] Nulls, Int128[] Values, int Count)
{
    internal ReadOnlySpan<ushort> Path(int row)
    {
        int start = row == 0 ? 0 : Ends[row - 1];
        return Steps.AsSpan(start, Ends[row] - start);
    }

    /// <summary>The same journeys with each path once, in the order of their channels; none without journeys.</summary>
    internal PathRows ToCanonical()
    {
        var order = new int[Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (left, right) => Path(left).SequenceCompareTo(Path(right)));
        List<int> firsts = [];
        List<(long Conversions, long Nulls, Int128 Value)> sums = [];
        for (int i = 0; i < order.Length; i++)
        {
            int row = order[i];
            bool isNew = i == 0 || !Path(row).SequenceEqual(Path(order[i - 1]));
            (long converted, long lost, Int128 value) = isNew ? default : sums[^1];
            (long, long, Int128) sum = (
                converted + Conversions[row], lost + Nulls[row], value + Values[row]);
            if (isNew)
            {
                firsts.Add(row);
                sums.Add(sum);
            }
            else
            {
                sums[^1] = sum;
            }
        }

        return Pick(firsts, sums);
    }

    private PathRows Pick(List<int> firsts, List<(long Conversions, long Nulls, Int128 Value)> sums)
    {
        List<ushort> steps = [];
        var ends = new int[firsts.Count];
        for (int i = 0; i < ends.Length; i++)
        {
            steps.AddRange(Path(firsts[i]));
            ends[i] = steps.Count;
        }

        return new(
            Channels,
            [.. steps],
            ends,
            [.. sums.Select(static s => s.Conversions)],
            [.. sums.Select(static s => s.Nulls)],
            [.. sums.Select(static s => s.Value)],
            ends.Length);
    }
}
