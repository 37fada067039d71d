using System.Runtime.Intrinsics;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>
/// Counts, for rules that look only at the places of touches, how often each channel stood where: whole numbers, and
/// divided only in the end.
/// </summary>
internal sealed class PathTally
{
    private readonly ChannelId[] channels;
    private readonly Places?[] byLength;

    internal PathTally(PathCounts paths)
    {
        PathRows rows = paths.Rows;
        channels = rows.Channels;
        int longest = Longest(rows);
        UnitTally.CheckRoom(paths, longest);
        byLength = new Places?[1 + longest];
        int start = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            int end = rows.Ends[row];
            if (rows.Conversions[row] > 0)
            {
                ReadOnlySpan<ushort> path = rows.Steps.AsSpan(start, end - start);
                (byLength[path.Length] ??= new(path.Length, channels.Length))
                    .Add(path, rows.Conversions[row], rows.Values[row]);
            }

            start = end;
        }
    }

    internal ValueList<ChannelCredit> Credits(PathModelKind kind) => kind switch
    {
        PathModelKind.First => Sum(static (places, c) => Share(places.First[c], 1)),
        PathModelKind.Last => Sum(static (places, c) => Share(places.Last[c], 1)),
        PathModelKind.Linear => Sum(static (places, c) => Share(places.All[c], places.Length)),
        _ => Sum(Position),
    };

    private static int Longest(PathRows rows)
    {
        (int longest, int start) = (0, 0);
        foreach (int end in rows.Ends.AsSpan(0, rows.Count))
        {
            longest = Math.Max(longest, end - start);
            start = end;
        }

        return longest;
    }

    private static (double Credit, double Value) Share(Vector256<long> tally, double parts) =>
        tally == Vector256<long>.Zero
            ? default
            : (UnitTally.CountOf(tally) / parts, ExactValue.ToDouble(UnitTally.UnitsOf(tally)) / parts);

    // 0.4, 0.2, 0.4 in tenths: n = 1 is all, n = 2 half each.
    private static (double Credit, double Value) Position(Places places, int channel)
    {
        if (places.Length < 3)
        {
            return Share(places.All[channel], places.Length);
        }

        Vector256<long> outer = places.First[channel] + places.Last[channel];
        (double ends, double endValue) = Share(outer, 1);
        (double middle, double middleValue) = Share(places.All[channel] - outer, places.Length - 2);
        return (((4 * ends) + (2 * middle)) / 10, ((4 * endValue) + (2 * middleValue)) / 10);
    }

    private ValueList<ChannelCredit> Sum(Func<Places, int, (double Credit, double Value)> share)
    {
        var credits = new ChannelCredit[channels.Length];
        for (int c = 0; c < credits.Length; c++)
        {
            (double credit, double value) = (0, 0);
            foreach (Places places in byLength.OfType<Places>())
            {
                (double Credit, double Value) own = share(places, c);
                credit += own.Credit;
                value += own.Value;
            }

            credits[c] = new(channels[c], credit, value);
        }

        return ValueList<ChannelCredit>.Own(credits);
    }

    private sealed class Places(int length, int channelCount)
    {
        internal int Length => length;

        internal Vector256<long>[] First { get; } = new Vector256<long>[channelCount];

        internal Vector256<long>[] Last { get; } = new Vector256<long>[channelCount];

        internal Vector256<long>[] All { get; } = new Vector256<long>[channelCount];

        internal void Add(ReadOnlySpan<ushort> path, long conversions, Int128 units)
        {
            Vector256<long> tally = UnitTally.Of(conversions, units);
            First[path[0]] += tally;
            Last[path[^1]] += tally;
            Vector256<long>[] all = All;
            foreach (ushort channel in path)
            {
                all[channel] += tally;
            }
        }
    }
}
