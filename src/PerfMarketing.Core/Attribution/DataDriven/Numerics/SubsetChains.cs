namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>The chain of order 1 with only some channels, for every set of them.</summary>
internal static class SubsetChains
{
    /// <summary>The conversions and the value of a journey, by set of the channels that are left.</summary>
    internal static (double[] Conversions, double[] Values) Solve(ChainCounts chain, int channels)
    {
        ChainGraph graph = ChainGraph.Of(chain.States);
        int n = graph.Count;
        var bit = new int[n];
        var dense = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            bit[i] = chain.States.Window(graph.Order[i])[0];
            for (int edge = graph.EdgeStarts[i]; edge < graph.EdgeStarts[i + 1]; edge++)
            {
                dense[(i * n) + graph.EdgeTargets[edge]] = graph.EdgeCounts[edge];
            }
        }

        var conversions = new double[1 << channels];
        var values = new double[1 << channels];
        Work work = new(graph, dense);
        for (int set = 1; set < conversions.Length; set++)
        {
            int count = 0;
            for (int i = 0; i < n; i++)
            {
                if ((set >> bit[i] & 1) != 0)
                {
                    work.Members[count++] = i;
                }
            }

            (conversions[set], values[set]) = work.Solve(count);
        }

        return (conversions, values);
    }

    // Elimination with the diagonal as the sum of what leaves: nothing cancels.
    private sealed class Work(ChainGraph graph, double[] dense)
    {
        private readonly double[] a = new double[dense.Length];
        private readonly double[] ends = new double[graph.Count];
        private readonly double[] converted = new double[graph.Count];
        private readonly double[] worth = new double[graph.Count];

        internal int[] Members { get; } = new int[graph.Count];

        internal (double Conversions, double Value) Solve(int count)
        {
            Load(count);
            (double started, double value) = (0, 0);
            for (int k = count - 1; k >= 0; k--)
            {
                double left = ends[k];
                for (int j = 0; j < k; j++)
                {
                    left += a[(k * count) + j];
                }

                for (int i = 0; i < k; i++)
                {
                    double share = a[(i * count) + k] / left;
                    if (share == 0)
                    {
                        continue;
                    }

                    ends[i] += share * ends[k];
                    converted[i] += share * converted[k];
                    worth[i] += share * worth[k];
                    for (int j = 0; j < k; j++)
                    {
                        a[(i * count) + j] += j == i ? 0 : share * a[(k * count) + j];
                    }
                }

                // What starts here starts, in proportion, where it leads.
                converted[k] /= left;
                worth[k] /= left;
                for (int j = 0; j < k; j++)
                {
                    a[(k * count) + j] /= left;
                }
            }

            for (int k = 0; k < count; k++)
            {
                for (int j = 0; j < k; j++)
                {
                    converted[k] += a[(k * count) + j] * converted[j];
                    worth[k] += a[(k * count) + j] * worth[j];
                }

                started += graph.Starts[Members[k]] * converted[k];
                value += graph.Starts[Members[k]] * worth[k];
            }

            return (started / graph.Journeys, value / graph.Journeys);
        }

        private void Load(int count)
        {
            for (int i = 0; i < count; i++)
            {
                int from = Members[i];
                ends[i] = graph.Ends[from];
                converted[i] = graph.Conversions[from];
                worth[i] = graph.Values[from];
                LoadMoves(i, dense.AsSpan(from * graph.Count, graph.Count), count);
            }
        }

        // Moves to what is left out are ends. Members stand in the order of states.
        private void LoadMoves(int i, ReadOnlySpan<double> moves, int count)
        {
            int member = 0;
            for (int to = 0; to < moves.Length; to++)
            {
                if (member < count && Members[member] == to)
                {
                    a[(i * count) + member++] = moves[to];
                }
                else
                {
                    ends[i] += moves[to];
                }
            }
        }
    }
}
