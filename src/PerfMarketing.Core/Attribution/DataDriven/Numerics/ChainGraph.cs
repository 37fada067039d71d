namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>
/// A chain as numbers: states in the order in which solving goes fastest, those that follow come first.
/// </summary>
internal sealed class ChainGraph
{
    // Sixteen columns of so many states still fit in the cache of one processor.
    private const int CachedCountMax = 8_192;

    // So many states that stand side by side are near enough.
    private const int Neighbours = 64;

    private ChainGraph(ChainStates states, int[] order)
    {
        States = states;
        Order = order;
        Count = order.Length;
        Ends = new double[Count];
        Out = new double[Count];
        Entered = new double[Count];
        Conversions = new double[Count];
        Values = new double[Count];
        Starts = new double[Count];
        Places = new int[Count];
        EdgeStarts = new int[Count + 1];
        EdgeTargets = new int[states.EdgeTargets.Length];
        EdgeCounts = new double[states.EdgeTargets.Length];
        Weights = new double[states.EdgeTargets.Length];
        Fill();
    }

    /// <summary>The counts behind the graph.</summary>
    internal ChainStates States { get; }

    /// <summary>The state of the counts that stands at each place.</summary>
    internal int[] Order { get; }

    /// <summary>The place of each state of the counts.</summary>
    internal int[] Places { get; }

    internal int Count { get; }

    /// <summary>How many journeys there are.</summary>
    internal double Journeys { get; private set; }

    /// <summary>
    /// How often journeys ended in each state: what of <see cref="Out"/> is no move, which beyond 2^53 no difference
    /// tells.
    /// </summary>
    internal double[] Ends { get; }

    /// <summary>How often each state was left for another state or an end; its stays in itself do not count.</summary>
    internal double[] Out { get; }

    /// <summary>How often each state was entered, from itself too.</summary>
    internal double[] Entered { get; }

    internal double[] Conversions { get; }

    internal double[] Values { get; }

    internal double[] Starts { get; }

    /// <summary>Whether each conversion is worth the same, so that value is lost where conversions are.</summary>
    internal bool HasOneValue { get; private set; }

    /// <summary>Whether value is to be solved for: there is some, and it does not go with conversions.</summary>
    internal bool HasValues => !HasOneValue && Array.Exists(Values, static v => v != 0);

    /// <summary>What each conversion is worth when all are worth the same; otherwise on average.</summary>
    internal double ValueOfEach { get; private set; }

    internal int[] EdgeStarts { get; }

    internal int[] EdgeTargets { get; }

    /// <summary>How often each move between different states was made.</summary>
    internal double[] EdgeCounts { get; }

    /// <summary>The same as a share of <see cref="Out"/>.</summary>
    internal double[] Weights { get; }

    internal static ChainGraph Of(ChainStates states) => new(
        states, states.Count > CachedCountMax ? BySuccessor(states) : PostOrder(states));

    /// <summary>The sum over the starts of what is solved for, for each journey.</summary>
    internal double AtStart(ReadOnlySpan<double> solved)
    {
        double sum = 0;
        for (int i = 0; i < Starts.Length; i++)
        {
            sum += Starts[i] * solved[i];
        }

        return sum / Journeys;
    }

    /// <summary>The moves from a place to others, counted exactly.</summary>
    internal IEnumerable<(int Target, long Count)> Moves(int place)
    {
        int state = Order[place];
        for (int edge = States.EdgeStarts[state]; edge < States.EdgeStarts[state + 1]; edge++)
        {
            if (States.EdgeTargets[edge] != state)
            {
                yield return (Places[States.EdgeTargets[edge]], States.EdgeCounts[edge]);
            }
        }
    }

    /// <summary>How often journeys ended at a place, exactly.</summary>
    internal long EndsAt(int place) => States.Conversions[Order[place]] + States.Nulls[Order[place]];

    private bool AreWorth(Int128 each)
    {
        for (int i = 0; i < Count; i++)
        {
            if (States.Values[i] != each * States.Conversions[i])
            {
                return false;
            }
        }

        return true;
    }

    // Depth first from the starts: a state stands after those that it leads to, loops aside.
    private static int[] PostOrder(ChainStates states)
    {
        var order = new int[states.Count];
        var isSeen = new bool[states.Count];
        var path = new int[states.Count];
        var next = new int[states.Count];
        int done = 0;
        for (int start = 0; start < states.Count; start++)
        {
            if (isSeen[start])
            {
                continue;
            }

            int depth = 0;
            path[0] = start;
            next[0] = states.EdgeStarts[start];
            isSeen[start] = true;
            while (depth >= 0)
            {
                int state = path[depth];
                if (next[depth] == states.EdgeStarts[state + 1])
                {
                    order[done++] = state;
                    depth--;
                    continue;
                }

                int target = states.EdgeTargets[next[depth]++];
                if (!isSeen[target])
                {
                    isSeen[target] = true;
                    path[++depth] = target;
                    next[depth] = states.EdgeStarts[target];
                }
            }
        }

        return order;
    }

    private void Fill()
    {
        for (int i = 0; i < Count; i++)
        {
            Places[Order[i]] = i;
        }

        (Int128 units, Int128 conversions) = (0, 0);
        for (int i = 0; i < Count; i++)
        {
            units += States.Values[i];
            conversions += States.Conversions[i];
        }

        ValueOfEach = conversions == 0 ? 0 : ExactValue.ToDouble(units) / (double)conversions;
        HasOneValue = conversions > 0 && AreWorth(units / conversions);
        (int filled, long journeys) = (0, 0);
        for (int i = 0; i < Count; i++)
        {
            int state = Order[i];
            long left = States.Conversions[state] + States.Nulls[state];
            Ends[i] = left;
            long stayed = 0;
            for (int edge = States.EdgeStarts[state]; edge < States.EdgeStarts[state + 1]; edge++)
            {
                if (States.EdgeTargets[edge] == state)
                {
                    stayed += States.EdgeCounts[edge];
                    continue;
                }

                left += States.EdgeCounts[edge];
                EdgeTargets[filled] = Places[States.EdgeTargets[edge]];
                EdgeCounts[filled++] = States.EdgeCounts[edge];
            }

            EdgeStarts[i + 1] = filled;
            Out[i] = left;
            Entered[i] = left + stayed;
            Conversions[i] = States.Conversions[state];
            Values[i] = ExactValue.ToDouble(States.Values[state]);
            Starts[i] = States.Starts[state];
            journeys += States.Starts[state];
            for (int edge = EdgeStarts[i]; edge < filled; edge++)
            {
                Weights[edge] = EdgeCounts[edge] / Out[i];
            }
        }

        Journeys = journeys;
    }

    // States that share all but their oldest touch lead to the same few neighbours: solved one after another, they find
    // those in the cache, and what they read of themselves lies in one piece.
    private static int[] BySuccessor(ChainStates states)
    {
        var keys = new ulong[states.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            bool leads = states.EdgeStarts[i] < states.EdgeStarts[i + 1];
            int next = leads ? states.EdgeTargets[states.EdgeStarts[i]] : i;
            keys[i] = ((ulong)(uint)(next / Neighbours) << 32) | (uint)i;
        }

        Array.Sort(keys);
        return [.. keys.Select(static key => (int)(key & int.MaxValue))];
    }
}
