namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>
/// Solves a chain by taking out one state after another, joining those before it to those after it.
/// </summary>
/// <remarks>
/// Sparse Gaussian elimination in the form of Grassmann, Taksar and Heyman: the diagonal is the sum of what leaves a
/// state and never a difference, so that nothing cancels and even chains that hardly ever end come out to full
/// precision. Slower than <see cref="BlockSolver"/> and used where that does not converge.
/// </remarks>
internal static class Elimination
{
    private const int Columns = 3;

    /// <summary>Solves for conversion, value and steps of every state.</summary>
    internal static ChainBase SolveBase(ChainGraph graph)
    {
        var sources = new double[Columns][];
        sources[0] = graph.Conversions;
        sources[1] = graph.Values;
        sources[2] = graph.Entered;
        double[][] solved = Solve(graph, static _ => false, sources, new double[Columns][]);
        return new(solved[0], solved[1], solved[2], Lack(graph, solved[0]));
    }

    /// <summary>The conversions and the value of those who enter any of the states of a set.</summary>
    internal static (double Conversion, double Value) SolveHit(
        ChainGraph graph, RemovalSets sets, int set, ChainBase all)
    {
        double[] none = new double[graph.Count];
        double[][] solved = Solve(
            graph, place => sets.Has(set, place), [none, none], [all.Conversion, all.Value]);
        return (graph.AtStart(solved[0]), graph.AtStart(solved[1]));
    }

    /// <summary>
    /// How far what is solved for may be off at the starts, or wherever journeys come to: what the equations of all
    /// states lack, each as often as a journey enters its state.
    /// </summary>
    internal static double Lack(ChainGraph graph, double[] solved)
    {
        double lack = 0;
        for (int i = 0; i < graph.Count; i++)
        {
            double sum = graph.Conversions[i] / graph.Out[i];
            for (int edge = graph.EdgeStarts[i]; edge < graph.EdgeStarts[i + 1]; edge++)
            {
                sum += graph.Weights[edge] * solved[graph.EdgeTargets[edge]];
            }

            lack += Math.Abs(sum - solved[i]) * graph.Out[i];
        }

        return lack / graph.Journeys;
    }

    // x of a fixed state is given; of any other, (source + sum of counts times x of what follows) / out.
    private static double[][] Solve(
        ChainGraph graph, Func<int, bool> isFixed, double[][] sources, double[][] given)
    {
        int columns = sources.Length;
        var rows = new SortedDictionary<int, double>[graph.Count];
        var before = new HashSet<int>[graph.Count];
        var ends = new double[graph.Count];
        double[][] own = [.. sources.Select(static s => (double[])s.Clone())];
        for (int i = 0; i < graph.Count; i++)
        {
            rows[i] = [];
            before[i] = [];
        }

        for (int i = 0; i < graph.Count; i++)
        {
            ends[i] = graph.Ends[i];
            for (int edge = graph.EdgeStarts[i]; edge < graph.EdgeStarts[i + 1]; edge++)
            {
                int target = graph.EdgeTargets[edge];
                if (isFixed(target))
                {
                    ends[i] += graph.EdgeCounts[edge];
                    for (int c = 0; c < columns; c++)
                    {
                        own[c][i] += graph.EdgeCounts[edge] * given[c][target];
                    }
                }
                else
                {
                    rows[i][target] = graph.EdgeCounts[edge];
                    before[target].Add(i);
                }
            }
        }

        Eliminate(graph.Count, isFixed, rows, before, (ends, own));
        double[][] solved = [.. own.Select(static (column) => new double[column.Length])];
        for (int i = graph.Count - 1; i >= 0; i--)
        {
            double left = isFixed(i) ? 0 : ends[i] + rows[i].Values.Sum();
            for (int c = 0; c < columns; c++)
            {
                double sum = own[c][i];
                foreach ((int target, double count) in rows[i])
                {
                    sum += count * solved[c][target];
                }

                solved[c][i] = isFixed(i) ? given[c][i] : sum / left;
            }
        }

        return solved;
    }

    // What leads to a state that is taken out leads to what follows it, in proportion. A way back to where it came
    // from is a stay, and stays change nothing.
    private static void Eliminate(
        int count,
        Func<int, bool> isFixed,
        SortedDictionary<int, double>[] rows,
        HashSet<int>[] before,
        (double[] Ends, double[][] Own) leaving)
    {
        for (int i = 0; i < count; i++)
        {
            if (isFixed(i))
            {
                rows[i].Clear();
                continue;
            }

            double left = leaving.Ends[i] + rows[i].Values.Sum();
            foreach (int from in before[i].Order())
            {
                if (from <= i || isFixed(from) || !rows[from].Remove(i, out double count0))
                {
                    continue;
                }

                double share = count0 / left;
                leaving.Ends[from] += share * leaving.Ends[i];
                foreach (double[] column in leaving.Own)
                {
                    column[from] += share * column[i];
                }

                foreach ((int target, double onward) in rows[i])
                {
                    if (target != from)
                    {
                        rows[from][target] = rows[from].GetValueOrDefault(target) + (share * onward);
                        before[target].Add(from);
                    }
                }
            }
        }
    }
}
