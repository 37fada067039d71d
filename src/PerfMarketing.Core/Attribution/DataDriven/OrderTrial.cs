using System.Runtime.InteropServices;
using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Journeys split in two, and how likely each order of windows finds the one part by the other.</summary>
internal sealed class OrderTrial
{
    private const ulong Basis = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    private readonly PathRows rows;
    private readonly (long Converted, long Lost)[] learnt;
    private readonly (long Converted, long Lost)[] heldOut;

    internal OrderTrial(PathCounts paths, bool convertingOnly)
    {
        rows = paths.Rows.ToCanonical();
        learnt = new (long, long)[rows.Count];
        heldOut = new (long, long)[rows.Count];
        ulong[] hashes = [.. rows.Channels.Select(HashOf)];
        for (int row = 0; row < rows.Count; row++)
        {
            ulong hash = Basis;
            foreach (ushort step in rows.Path(row))
            {
                hash = unchecked((hash ^ hashes[step]) * Prime);
            }

            long lost = convertingOnly ? 0 : rows.Nulls[row];
            heldOut[row] = (PartOf(rows.Conversions[row], hash >> 32), PartOf(lost, hash >> 48));
            learnt[row] = (rows.Conversions[row] - heldOut[row].Converted, lost - heldOut[row].Lost);
            Learnt += learnt[row].Converted + learnt[row].Lost;
            HeldOut += heldOut[row].Converted + heldOut[row].Lost;
        }
    }

    internal long Learnt { get; }

    internal long HeldOut { get; }

    // What may follow a window: a channel, the conversion, or the end without one.
    private int Outcomes => rows.Channels.Length + 2;

    internal OrderScore Score(int order)
    {
        Windows windows = new(order);
        for (int row = 0; row < rows.Count; row++)
        {
            (long converted, long lost) = learnt[row];
            if (converted + lost > 0)
            {
                ReadOnlySpan<ushort> path = rows.Path(row);
                for (int i = 0; i < path.Length; i++)
                {
                    windows.Count(path, i, path[i], converted + lost);
                }

                windows.Count(path, path.Length, Conversion, converted);
                windows.Count(path, path.Length, Conversion + 1, lost);
            }
        }

        return new(order, windows.Number, MeanOf(windows, learnt), MeanOf(windows, heldOut));
    }

    private static long PartOf(long count, ulong place) =>
        (long)(((Int128)count + (long)(place % MarkovOrder.HeldOutOneIn)) / MarkovOrder.HeldOutOneIn);

    private static ulong HashOf(ChannelId channel)
    {
        ulong hash = Basis;
        foreach (char letter in channel.Value)
        {
            hash = unchecked((hash ^ letter) * Prime);
        }

        return hash;
    }

    private int Conversion => rows.Channels.Length;

    // The logarithms in the order of paths, so that equal counts give equal bits.
    private double MeanOf(Windows windows, (long Converted, long Lost)[] part)
    {
        double sum = 0;
        double steps = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            (long converted, long lost) = part[row];
            long journeys = converted + lost;
            if (journeys == 0)
            {
                continue;
            }

            ReadOnlySpan<ushort> path = rows.Path(row);
            for (int i = 0; i < path.Length; i++)
            {
                sum += journeys * windows.LogOf(path, i, path[i], Outcomes);
            }

            sum += converted == 0 ? 0 : converted * windows.LogOf(path, path.Length, Conversion, Outcomes);
            sum += lost == 0 ? 0 : lost * windows.LogOf(path, path.Length, Conversion + 1, Outcomes);
            steps += (double)journeys * (path.Length + 1);
        }

        return sum / steps;
    }

    /// <summary>How often what followed each window.</summary>
    private sealed class Windows(int order)
    {
        private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        private readonly List<double> totals = [];
        private readonly Dictionary<(int Window, int Next), double> counts = [];

        public int Number => totals.Count;

        public void Count(ReadOnlySpan<ushort> path, int place, int next, long journeys)
        {
            var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
            ReadOnlySpan<char> window = Before(path, place);
            if (!lookup.TryGetValue(window, out int number))
            {
                number = totals.Count;
                lookup[window] = number;
                totals.Add(0);
            }

            totals[number] += journeys;
            ref double count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (number, next), out _);
            count += journeys;
        }

        public double LogOf(ReadOnlySpan<ushort> path, int place, int next, int outcomes)
        {
            var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
            double total = 0;
            double count = 0;
            if (lookup.TryGetValue(Before(path, place), out int number))
            {
                total = totals[number];
                count = counts.GetValueOrDefault((number, next));
            }

            return Math.Log((count + 0.5) / (total + (0.5 * outcomes)));
        }

        // A shorter window stands at the beginning of a journey only. The numbers of channels serve as letters.
        private ReadOnlySpan<char> Before(ReadOnlySpan<ushort> path, int place)
        {
            int from = Math.Max(0, place - order);
            return MemoryMarshal.Cast<ushort, char>(path[from..place]);
        }
    }
}
