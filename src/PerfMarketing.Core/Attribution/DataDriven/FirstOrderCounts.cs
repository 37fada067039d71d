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
                ref long cell = ref moves[(from * channels) + step];
                cell += weight;
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
        ChainCountsBuilder builder = new(1);
        for (int from = 0; from < channels.Length; from++)
        {
            ReadOnlySpan<long> row = moves.AsSpan(from * channels.Length, channels.Length);
            (long conversions, long nulls, Int128 value) = ends[from];
            if (conversions + nulls == 0 && !row.ContainsAnyExcept(0))
            {
                continue;
            }

            int state = builder.StateOf([(ushort)from]);
            builder.AddEnd(state, starts[from], conversions, nulls, value);
            for (int to = 0; to < row.Length; to++)
            {
                if (row[to] > 0)
                {
                    builder.Follow(state, (ushort)to, row[to]);
                }
            }
        }

        return builder.Build(channels, convertingOnly);
    }
}
