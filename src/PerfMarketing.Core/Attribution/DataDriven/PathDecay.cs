using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Shares by the place of a touch: each place has a whole weight, and places are counted before they are
/// divided.</summary>
internal static class PathDecay
{
    private const ulong HalfLife = 7;

    internal static ValueList<ChannelCredit> Credits(PathCounts paths, PathModelKind kind)
    {
        Func<int, int, long> weigh = kind == PathModelKind.StepDecay
            ? static (place, length) => HalvingWeight.Of((UInt128)(uint)(length - 1 - place), HalfLife)
            : static (place, _) => place + 1;
        SortedDictionary<(int Channel, int Length, int Place), (long Count, Int128 Units)> places = [];
        PathRows rows = paths.Rows;
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<ushort> path = rows.Path(row);
            for (int i = 0; i < path.Length && rows.Conversions[row] > 0; i++)
            {
                (long count, Int128 units) = places.GetValueOrDefault((path[i], path.Length, i));
                places[(path[i], path.Length, i)] = (count + rows.Conversions[row], units + rows.Values[row]);
            }
        }

        Dictionary<int, double> totals = [];
        var credits = new double[rows.Channels.Length];
        var values = new double[rows.Channels.Length];
        foreach (((int channel, int length, int place), (long count, Int128 units)) in places)
        {
            if (!totals.TryGetValue(length, out double total))
            {
                total = Enumerable.Range(0, length).Sum(i => (double)weigh(i, length));
                totals.Add(length, total);
            }

            double share = weigh(place, length) / total;
            credits[channel] += share * count;
            values[channel] += share * ExactValue.ToDouble(units);
        }

        return [.. rows.Channels.Select((channel, i) => new ChannelCredit(channel, credits[i], values[i]))];
    }
}
