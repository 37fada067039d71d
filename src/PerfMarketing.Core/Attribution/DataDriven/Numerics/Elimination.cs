namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>
/// Solves a chain by taking out one state after another, joining those before it to those after it.
/// </summary>
/// <remarks>
/// Sparse Gaussian elimination in the form of Grassmann, Taksar and Heyman: the diagonal is the sum of what leaves a
/// state and never a difference, so that nothing cancels. Numbers have 106 binary digits: what the equations lack in
/// the end is then little enough to be proven even where a state is entered 10^15 times. Slower than
/// <see cref="BlockSolver"/> and used where that does not converge.
/// </remarks>
internal sealed class Elimination
{
    private const int Columns = 3;

    private readonly ChainGraph graph;
    private readonly TwofoldNumber[] conversion;
    private readonly TwofoldNumber[] value;

    /// <summary>Solves for conversion, value and steps of every state.</summary>
    internal Elimination(ChainGraph graph)
    {
        this.graph = graph;
        var sources = new TwofoldNumber[Columns][];
        sources[0] = [.. graph.Order.Select(state => TwofoldNumber.Of(graph.States.Conversions[state]))];
        sources[1] = [.. graph.Order.Select(state => TwofoldNumber.OfUnits(graph.States.Values[state]))];
        sources[2] = [.. graph.Entered.Select(static entered => new TwofoldNumber(entered, 0))];
        TwofoldNumber[][] solved = Solve(static _ => false, sources, new TwofoldNumber[Columns][]);
        (conversion, value) = (solved[0], solved[1]);
        All = new(
            High(conversion), High(value), High(solved[2]), Lack(static _ => false, sources[0], conversion));
    }

    /// <summary>The chain with nothing removed.</summary>
    internal ChainBase All { get; }

    /// <summary>
    /// The conversions and the value of those who enter any of the states of a set, for each journey, and how far the
    /// conversions may be off.
    /// </summary>
    internal (double Conversion, double Value, double Bound) SolveHit(RemovalSets sets, int set)
    {
        bool IsFixed(int place) => sets.Has(set, place);
        var none = new TwofoldNumber[graph.Count];
        TwofoldNumber[][] solved = Solve(IsFixed, [none, none], [conversion, value]);
        double hit = AtStart(solved[0]);
        return (hit, AtStart(solved[1]), Lack(IsFixed, none, solved[0]) + All.Lack + (Rounding.Last * hit));
    }

    private static double[] High(TwofoldNumber[] numbers) => [.. numbers.Select(static number => number.High)];

    private double AtStart(TwofoldNumber[] solved)
    {
        TwofoldNumber sum = default;
        for (int i = 0; i < solved.Length; i++)
        {
            sum += TwofoldNumber.Of(graph.States.Starts[graph.Order[i]]) * solved[i];
        }

        return sum.High / graph.Journeys;
    }

    // What the equations of states that are not fixed lack, each as often as a journey enters its state, and what may
    // have been lost by rounding when that was found.
    private double Lack(Func<int, bool> isFixed, TwofoldNumber[] sources, TwofoldNumber[] solved)
    {
        double lack = 0;
        for (int i = 0; i < graph.Count; i++)
        {
            if (isFixed(i))
            {
                continue;
            }

            TwofoldNumber sum = sources[i];
            TwofoldNumber left = TwofoldNumber.Of(graph.EndsAt(i));
            int operations = 4;
            foreach ((int target, long count) in graph.Moves(i))
            {
                sum += TwofoldNumber.Of(count) * solved[target];
                left += TwofoldNumber.Of(count);
                operations += 2;
            }

            lack += Math.Abs((sum - (left * solved[i])).High) + (2 * operations * TwofoldNumber.Rounding * sum.High);
        }

        return Rounding.Margin * lack / graph.Journeys;
    }

    // x of a fixed state is given; of any other, (source + sum of counts times x of what follows) / out.
    private TwofoldNumber[][] Solve(Func<int, bool> isFixed, TwofoldNumber[][] sources, TwofoldNumber[][] given)
    {
        int columns = sources.Length;
        var rows = new SortedDictionary<int, TwofoldNumber>[graph.Count];
        var before = new HashSet<int>[graph.Count];
        var ends = new TwofoldNumber[graph.Count];
        TwofoldNumber[][] own = [.. sources.Select(static s => (TwofoldNumber[])s.Clone())];
        for (int i = 0; i < graph.Count; i++)
        {
            rows[i] = [];
            before[i] = [];
        }

        for (int i = 0; i < graph.Count; i++)
        {
            ends[i] = TwofoldNumber.Of(graph.EndsAt(i));
            foreach ((int target, long moves) in graph.Moves(i))
            {
                TwofoldNumber count = TwofoldNumber.Of(moves);
                if (isFixed(target))
                {
                    ends[i] += count;
                    for (int c = 0; c < columns; c++)
                    {
                        own[c][i] += count * given[c][target];
                    }
                }
                else
                {
                    rows[i][target] = count;
                    before[target].Add(i);
                }
            }
        }

        Eliminate(isFixed, rows, before, (ends, own));
        TwofoldNumber[][] solved = [.. own.Select(static (column) => new TwofoldNumber[column.Length])];
        for (int i = graph.Count - 1; i >= 0; i--)
        {
            TwofoldNumber left = isFixed(i) ? default : Left(ends[i], rows[i]);
            for (int c = 0; c < columns; c++)
            {
                TwofoldNumber sum = own[c][i];
                foreach ((int target, TwofoldNumber count) in rows[i])
                {
                    sum += count * solved[c][target];
                }

                solved[c][i] = isFixed(i) ? given[c][i] : sum / left;
            }
        }

        return solved;
    }

    private static TwofoldNumber Left(TwofoldNumber ends, SortedDictionary<int, TwofoldNumber> row)
    {
        foreach (TwofoldNumber count in row.Values)
        {
            ends += count;
        }

        return ends;
    }

    // What leads to a state that is taken out leads to what follows it, in proportion. A way back to where it came
    // from is a stay, and stays change nothing.
    private void Eliminate(
        Func<int, bool> isFixed,
        SortedDictionary<int, TwofoldNumber>[] rows,
        HashSet<int>[] before,
        (TwofoldNumber[] Ends, TwofoldNumber[][] Own) leaving)
    {
        for (int i = 0; i < graph.Count; i++)
        {
            if (isFixed(i))
            {
                rows[i].Clear();
                continue;
            }

            TwofoldNumber left = Left(leaving.Ends[i], rows[i]);
            foreach (int from in before[i].Order())
            {
                if (from <= i || isFixed(from) || !rows[from].Remove(i, out TwofoldNumber moved))
                {
                    continue;
                }

                TwofoldNumber share = moved / left;
                leaving.Ends[from] += share * leaving.Ends[i];
                foreach (TwofoldNumber[] column in leaving.Own)
                {
                    column[from] += share * column[i];
                }

                foreach ((int target, TwofoldNumber onward) in rows[i])
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
