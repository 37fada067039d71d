namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>
/// A chain as numbers: states in the order in which solving goes fastest, those that follow come first.
/// </summary>
internal sealed class ChainGraph
{
    // Sixteen columns of so many states still fit in the cache of one processor.
    private const int CachedCountMax = 8_192;

    private ChainGraph(ChainStates states, int[] order)
    {
        States = states;
        Order = order;
        Count = order.Length;
        Journeys = 0;
        Ends = new double[Count];
        Out = new double[Count];
        Entered = new double[Count];
        Conversions = new double[Count];
        Values = new double[Count];
        Starts = new double[Count];
        EdgeStarts = new int[Count + 1];
        EdgeTargets = new int[states.EdgeTargets.Length];
        EdgeCounts = new double[states.EdgeTargets.Length];
        Weights = new double[states.EdgeTargets.Length];
        Fill();
        Sequence = Count > CachedCountMax ? BySuccessor() : InOrder(Count);
    }

    /// <summary>The counts behind the graph.</summary>
    internal ChainStates States { get; }

    /// <summary>The state of the counts that stands at each place.</summary>
    internal int[] Order { get; }

    internal int Count { get; }

    /// <summary>The places in the order in which they are solved.</summary>
    internal int[] Sequence { get; }

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
        states, states.Count > CachedCountMax ? InOrder(states.Count) : PostOrder(states));

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

    private static int[] InOrder(int count)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        return order;
    }

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
        var place = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            place[Order[i]] = i;
        }

        (Int128 units, Int128 conversions) = (0, 0);
        for (int i = 0; i < Count; i++)
        {
            units += States.Values[i];
            conversions += States.Conversions[i];
        }

        ValueOfEach = conversions == 0 ? 0 : ExactValue.ToDouble(units) / (double)conversions;
        HasOneValue = conversions > 0 && AreWorth(units / conversions);
        int filled = 0;
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
                EdgeTargets[filled] = place[States.EdgeTargets[edge]];
                EdgeCounts[filled++] = States.EdgeCounts[edge];
            }

            EdgeStarts[i + 1] = filled;
            Out[i] = left;
            Entered[i] = left + stayed;
            Conversions[i] = States.Conversions[state];
            Values[i] = ExactValue.ToDouble(States.Values[state]);
            Starts[i] = States.Starts[state];
            Journeys += States.Starts[state];
            for (int edge = EdgeStarts[i]; edge < filled; edge++)
            {
                Weights[edge] = EdgeCounts[edge] / Out[i];
            }
        }
    }

    // States that share all but their oldest touch lead to the same few neighbours: solved one after another, they find
    // those in the cache.
    private int[] BySuccessor()
    {
        var keys = new int[Count];
        var sequence = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            bool leads = EdgeStarts[i] < EdgeStarts[i + 1];
            keys[i] = leads ? EdgeTargets[EdgeStarts[i]] / 64 : i / 64;
            sequence[i] = i;
        }

        var places = (int[])sequence.Clone();
        Array.Sort(sequence, (left, right) =>
            keys[left] != keys[right] ? keys[left].CompareTo(keys[right]) : places[left].CompareTo(places[right]));
        return sequence;
    }
}
