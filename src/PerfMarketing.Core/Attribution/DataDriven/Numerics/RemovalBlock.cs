using System.Numerics;

namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>Columns of removals that are solved at once, and what flows between what is removed and the rest.</summary>
/// <remarks>
/// Without the removed states a chain loses what flows into them, and no more: the sum of what is solved for, over the
/// starts and over what leads out of removed states, weighed by how often it happened, is what flows in times what is
/// given there. So a solution that is everywhere too great or too small by one factor is put right by one division.
/// </remarks>
internal sealed class RemovalBlock
{
    /// <summary>How many vectors of eight columns there are.</summary>
    internal const int Groups = 3;

    /// <summary>How many columns there are.</summary>
    internal const int Width = Groups * RemovalSets.Lanes;

    // By how much one division may change a column: what is further off has not settled enough to be judged.
    private const double ChangeMax = 64;

    private readonly double[] conversion;
    private readonly double[] value;

    // What is given where states are entered from others, at starts, and at all entries together, signs aside.
    private readonly double[] inflow = new double[Width];
    private readonly double[] started = new double[Width];
    private readonly double[] entered = new double[Width];

    // The moves from what a column removes to what it does not: where the state's number of the column stands.
    private readonly List<(int Place, int Column, double Count)> outflow = [];

    // Columns of which only the size of the equations' error is looked at: their numbers have signs that cancel.
    private readonly uint signed;
    private readonly uint values;

    internal RemovalBlock(ChainGraph graph, RemovalSets sets, ChainBase all, int first)
    {
        (conversion, value) = (all.Conversion, all.Value);
        for (int group = 0; group < Groups; group++)
        {
            Masks[group] = sets.Masks(first + group);
        }

        for (int column = 0; column < Width; column++)
        {
            values |= (RemovalSets.Lanes * first) + column >= sets.Count ? 1u << column : 0;
        }

        signed = Array.Exists(graph.Values, static v => v < 0) ? values : 0;
        for (int i = 0; i < graph.Count; i++)
        {
            AddFlows(graph, i);
        }
    }

    /// <summary>A byte for each state, a bit for each column of the group in which the state is removed.</summary>
    internal byte[][] Masks { get; } = new byte[Groups][];

    /// <summary>The columns of a group that are about value, a bit each.</summary>
    internal int Values(int group) => (int)(values >> (RemovalSets.Lanes * group)) & byte.MaxValue;

    /// <summary>
    /// Whether each column is solved: whether all by which the equations fail to hold, weighed by how often states are
    /// entered, is as little as asked for beside the solution.
    /// </summary>
    /// <param name="starts">What reaches the starts.</param>
    /// <param name="moved">How far the numbers of states moved in the last sweep, weighed and added up.</param>
    /// <param name="scale">By what the columns are too great.</param>
    /// <param name="tolerance">How little is enough.</param>
    internal bool IsSolved(
        ReadOnlySpan<double> starts, ReadOnlySpan<double> moved, ReadOnlySpan<double> scale, double tolerance)
    {
        for (int column = 0; column < Width; column++)
        {
            double size = (values >> column & 1) != 0 ? entered[column] * scale[column] : starts[column];
            if (!(moved[column] <= tolerance * size))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The greatest error of a column that is about conversions.</summary>
    internal double Bound(ReadOnlySpan<double> starts, ReadOnlySpan<double> moved, ReadOnlySpan<double> scale)
    {
        double bound = 0;
        for (int column = 0; column < Width; column++)
        {
            double off = (moved[column] + (Rounding.Last * starts[column])) / scale[column];
            bound = Math.Max(bound, (values >> column & 1) != 0 ? 0 : off);
        }

        return bound;
    }

    /// <summary>Puts right what all numbers of a column are too great by.</summary>
    /// <param name="x">The numbers of all states.</param>
    /// <param name="starts">What reaches the starts.</param>
    /// <param name="scale">By what the columns are too great; changed.</param>
    /// <param name="estimates">What the starts should come to; changed.</param>
    /// <param name="isFixed">Whether the scale must stay as it is.</param>
    /// <returns>How far the estimates moved at most, in proportion.</returns>
    internal double Balance(
        ReadOnlySpan<double> x, ReadOnlySpan<double> starts, Span<double> scale, Span<double> estimates, bool isFixed)
    {
        Span<double> sums = stackalloc double[Width];
        for (int column = 0; column < Width; column++)
        {
            sums[column] = starts[column] - (started[column] * scale[column]);
        }

        foreach ((int place, int column, double count) in outflow)
        {
            sums[column] += count * x[place];
        }

        double moved = 0;
        for (int column = 0; column < Width; column++)
        {
            double old = scale[column];
            double change = sums[column] / (inflow[column] * old);
            bool isJudged = change is > 1 / ChangeMax and < ChangeMax && (signed >> column & 1) == 0 && !isFixed;
            scale[column] = isJudged ? old * change : old;
            double estimate = started[column] + ((starts[column] - (started[column] * old)) / scale[column]);
            double step = Math.Abs(estimate - estimates[column]);
            double size = (values >> column & 1) != 0 ? entered[column] : Math.Abs(estimate);
            moved = Math.Max(moved, step == 0 ? 0 : step / size);
            estimates[column] = estimate;
        }

        return moved;
    }

    private void AddFlows(ChainGraph graph, int i)
    {
        uint own = Columns(i);
        for (uint left = own; left != 0; left &= left - 1)
        {
            int column = BitOperations.TrailingZeroCount(left);
            double given = Given(i, column);
            started[column] += graph.Starts[i] * given;
            entered[column] += graph.Out[i] * Math.Abs(given);
        }

        for (int edge = graph.EdgeStarts[i]; edge < graph.EdgeStarts[i + 1]; edge++)
        {
            int target = graph.EdgeTargets[edge];
            uint next = Columns(target);
            for (uint left = next & ~own; left != 0; left &= left - 1)
            {
                int column = BitOperations.TrailingZeroCount(left);
                inflow[column] += graph.EdgeCounts[edge] * Given(target, column);
            }

            for (uint left = own & ~next; left != 0; left &= left - 1)
            {
                int column = BitOperations.TrailingZeroCount(left);
                outflow.Add(((Width * target) + column, column, graph.EdgeCounts[edge]));
            }
        }
    }

    private double Given(int place, int column) => (values >> column & 1) != 0 ? value[place] : conversion[place];

    private uint Columns(int place) => Masks[0][place] | ((uint)Masks[1][place] << RemovalSets.Lanes)
        | ((uint)Masks[2][place] << (2 * RemovalSets.Lanes));
}
