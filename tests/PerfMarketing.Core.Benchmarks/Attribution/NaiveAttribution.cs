using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Identity;

namespace PerfMarketing.Benchmarks.Attribution;

/// <summary>What one would write first: correct, without any care for speed.</summary>
internal static class NaiveAttribution
{
    /// <summary>Five rules and the moves between channels, by dictionaries and lists.</summary>
    public static Dictionary<string, double[]> Columns(ColumnSample sample)
    {
        Dictionary<int, List<(long Ticks, ushort Channel, bool Converts)>> customers = [];
        for (int i = 0; i < sample.Customers.Length; i++)
        {
            if (!customers.TryGetValue(sample.Customers[i], out var touches))
            {
                customers.Add(sample.Customers[i], touches = []);
            }

            touches.Add((sample.Ticks[i], sample.Numbers[i], sample.Conversions[i]));
        }

        Dictionary<string, double[]> credits = new(StringComparer.Ordinal);
        foreach (string rule in new[] { "first", "last", "linear", "position", "decay" })
        {
            credits.Add(rule, new double[sample.Channels.Count]);
        }

        Dictionary<(int From, int To), long> moves = [];
        foreach (List<(long Ticks, ushort Channel, bool Converts)> touches in customers.Values)
        {
            touches.Sort(static (left, right) => left.Ticks.CompareTo(right.Ticks));
            List<(long Ticks, ushort Channel)> open = [];
            int before = -1;
            foreach ((long ticks, ushort channel, bool converts) in touches)
            {
                open.Add((ticks, channel));
                moves[(before, channel)] = moves.GetValueOrDefault((before, channel)) + 1;
                before = channel;
                if (converts)
                {
                    moves[(channel, -2)] = moves.GetValueOrDefault((channel, -2)) + 1;
                    Credit(open, credits);
                    open.Clear();
                    before = -1;
                }
            }

            if (before >= 0)
            {
                moves[(before, -3)] = moves.GetValueOrDefault((before, -3)) + 1;
            }
        }

        return credits;
    }

    /// <summary>Removal effects of order 1, a matrix being solved for each channel.</summary>
    public static double[] Removals(PathCounts paths)
    {
        ChannelId[] channels = [.. paths.Channels];
        Dictionary<ChannelId, int> places =
            channels.Select(static (channel, i) => (channel, i)).ToDictionary(static c => c.channel, static c => c.i);
        int n = channels.Length;
        double[][] counts = Matrix(n);
        foreach (PathCount path in paths.Paths)
        {
            double weight = path.Conversions + path.Nulls;
            int from = n;
            foreach (ChannelId channel in path.Path)
            {
                counts[from][places[channel]] += weight;
                from = places[channel];
            }

            counts[from][n] += path.Conversions;
            counts[from][n + 1] += path.Nulls;
        }

        double all = Probability(counts, n, -1);
        return [.. Enumerable.Range(0, n).Select(c => 1 - (Probability(counts, n, c) / all))];
    }

    private static void Credit(List<(long Ticks, ushort Channel)> path, Dictionary<string, double[]> credits)
    {
        int n = path.Count;
        credits["first"][path[0].Channel]++;
        credits["last"][path[^1].Channel]++;
        double[] weights = [.. path.Select(t => Math.Pow(2, -(path[^1].Ticks - t.Ticks) / (7 * 24 * 3600 * 1e7)))];
        double total = weights.Sum();
        for (int i = 0; i < n; i++)
        {
            credits["linear"][path[i].Channel] += 1.0 / n;
            credits["decay"][path[i].Channel] += weights[i] / total;
            credits["position"][path[i].Channel] += n == 1 ? 1 : n == 2 ? 0.5
                : i == 0 || i == n - 1 ? 0.4 : 0.2 / (n - 2);
        }
    }

    private static double[][] Matrix(int n) =>
        [.. Enumerable.Range(0, n + 1).Select(_ => new double[n + 2])];

    private static double Probability(double[][] counts, int n, int removed)
    {
        double[][] a = Matrix(n);
        for (int i = 0; i <= n; i++)
        {
            double total = 0;
            for (int j = 0; j < n + 2; j++)
            {
                total += counts[i][j];
            }

            a[i][i] = 1;
            for (int j = 0; j < n && i != removed && total > 0; j++)
            {
                a[i][j] -= counts[i][j] / total;
            }

            a[i][n + 1] = i == removed || total == 0 ? 0 : counts[i][n] / total;
        }

        for (int k = 0; k <= n; k++)
        {
            for (int i = 0; i <= n; i++)
            {
                double factor = i == k ? 0 : a[i][k] / a[k][k];
                for (int j = k; j <= n + 1; j++)
                {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }

        return a[n][n + 1] / a[n][n];
    }
}
