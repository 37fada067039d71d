using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Counts of order 1 in a table of all pairs of channels, without a look-up for each touch.</summary>
internal static class FirstOrderCounts
{
    /// <summary>The most channels that are counted so.</summary>
    internal const int ChannelCountMax = 512;

    internal static ChainCounts Of(PathRows rows, bool convertingOnly)
    {
        int channels = rows.Channels.Length;
        var moves = new long[channels * channels];
        var starts = new long[channels];
        var ends = new (long Conversions, long Nulls, Int128 Value)[channels];
        int start = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<ushort> path = rows.Steps.AsSpan(start, rows.Ends[row] - start);
            start = rows.Ends[row];
            long nulls = convertingOnly ? 0 : rows.Nulls[row];
            long weight = rows.Conversions[row] + nulls;
            if (weight == 0)
            {
                continue;
            }

            int from = path[0];
            starts[from] += weight;
            foreach (ushort step in path[1..])
            {
                moves[unchecked((from * channels) + step)] += weight;
                from = step;
            }

            ref (long Conversions, long Nulls, Int128 Value) end = ref ends[from];
            end.Conversions += rows.Conversions[row];
            end.Nulls += nulls;
            end.Value += rows.Values[row];
        }

        return Build(rows.Channels, moves, starts, ends, convertingOnly);
    }

    private static ChainCounts Build(
        ChannelId[] channels,
        long[] moves,
        long[] starts,
        (long Conversions, long Nulls, Int128 Value)[] ends,
        bool convertingOnly)
    {
        // Channels that no counted journey has are no states.
        var ranks = new int[channels.Length];
        (int count, int kinds) = (0, 0);
        for (int from = 0; from < channels.Length; from++)
        {
            int own = KindsIn(moves.AsSpan(from * channels.Length, channels.Length));
            kinds += own;
            ranks[from] = own > 0 || ends[from].Conversions + ends[from].Nulls > 0 ? count++ : -1;
        }

        ChainStates states = new(1, count, kinds);
        int edge = 0;
        for (int from = 0; from < channels.Length; from++)
        {
            int state = ranks[from];
            if (state < 0)
            {
                continue;
            }

            states.Windows[state] = (ushort)from;
            states.Lengths[state] = 1;
            states.Starts[state] = starts[from];
            (states.Conversions[state], states.Nulls[state], states.Values[state]) = ends[from];
            for (int to = 0; to < channels.Length; to++)
            {
                if (moves[(from * channels.Length) + to] is > 0 and long weight)
                {
                    states.EdgeTargets[edge] = ranks[to];
                    states.EdgeCounts[edge++] = weight;
                }
            }

            states.EdgeStarts[state + 1] = edge;
        }

        return new(channels, states) { IsConvertingOnly = convertingOnly };
    }

    private static int KindsIn(ReadOnlySpan<long> moves)
    {
        int kinds = 0;
        foreach (long weight in moves)
        {
            kinds += weight > 0 ? 1 : 0;
        }

        return kinds;
    }
}
