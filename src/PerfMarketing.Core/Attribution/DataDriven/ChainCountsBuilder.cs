using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Counts the windows of journeys and what follows each.</summary>
internal sealed class ChainCountsBuilder
{
    private readonly int order;
    private readonly List<(long Starts, long Conversions, long Nulls, Int128 Value)> ends = [];
    private ushort[] windows;
    private byte[] lengths = new byte[64];
    private int[] windowSlots = new int[256];
    private int[] edgeSlots = new int[1024];
    private int[] edgeFrom = new int[256];
    private int[] edgeTo = new int[256];
    private ushort[] edgeStep = new ushort[256];
    private long[] edgeCount = new long[256];
    private int edges;

    internal ChainCountsBuilder(int order)
    {
        this.order = order;
        windows = new ushort[64 * order];
    }

    /// <summary>How many touches a window has.</summary>
    internal int Order => order;

    /// <summary>Adds journeys of one path.</summary>
    internal void Add(ReadOnlySpan<ushort> path, long conversions, long nulls, Int128 value)
    {
        long weight = conversions + nulls;
        if (weight == 0)
        {
            return;
        }

        int first = Math.Min(order, path.Length);
        int state = StateOf(path[..first]);
        AddEnd(state, weight, 0, 0, 0);
        foreach (ushort step in path[first..])
        {
            state = Follow(state, step, weight);
        }

        AddEnd(state, 0, conversions, nulls, value);
    }

    /// <summary>Adds what begins and ends at a state.</summary>
    internal void AddEnd(int state, long starts, long conversions, long nulls, Int128 value)
    {
        (long Starts, long Conversions, long Nulls, Int128 Value) end = ends[state];
        ends[state] = (
            end.Starts + starts,
            end.Conversions + conversions,
            end.Nulls + nulls,
            end.Value + value);
    }

    /// <summary>Goes from a state by one more touch.</summary>
    /// <returns>The state after it.</returns>
    internal int Follow(int state, ushort step, long weight)
    {
        int mask = edgeSlots.Length - 1;
        int slot = HashOf(state, step) & mask;
        for (; edgeSlots[slot] != 0; slot = (slot + 1) & mask)
        {
            int edge = edgeSlots[slot] - 1;
            if (edgeFrom[edge] == state && edgeStep[edge] == step)
            {
                edgeCount[edge] += weight;
                return edgeTo[edge];
            }
        }

        Span<ushort> next = stackalloc ushort[MarkovOptions.OrderMax + 1];
        int length = lengths[state];
        windows.AsSpan(state * order, length).CopyTo(next);
        next[length] = step;
        int target = length < order ? StateOf(next[..(length + 1)]) : StateOf(next.Slice(1, order));
        AddEdge(state, step, target, weight, slot);
        return target;
    }

    /// <summary>The state of a window, which is added when it is new.</summary>
    internal int StateOf(ReadOnlySpan<ushort> window)
    {
        int mask = windowSlots.Length - 1;
        int slot = HashOf(window) & mask;
        for (; windowSlots[slot] != 0; slot = (slot + 1) & mask)
        {
            int state = windowSlots[slot] - 1;
            if (windows.AsSpan(state * order, lengths[state]).SequenceEqual(window))
            {
                return state;
            }
        }

        return AddState(window, slot);
    }

    /// <summary>The counts, in the order of windows.</summary>
    internal ChainCounts Build(ChannelId[] channels, bool convertingOnly = false)
    {
        int[] sorted = SortStates(channels.Length);
        var rank = new int[sorted.Length];
        for (int i = 0; i < sorted.Length; i++)
        {
            rank[sorted[i]] = i;
        }

        ChainStates states = new(order, sorted.Length, edges);
        for (int i = 0; i < sorted.Length; i++)
        {
            int from = sorted[i];
            windows.AsSpan(from * order, lengths[from]).CopyTo(states.Windows.AsSpan(i * order));
            states.Lengths[i] = lengths[from];
            (states.Starts[i], states.Conversions[i], states.Nulls[i], states.Values[i]) = ends[from];
        }

        PlaceEdges(states, rank, channels.Length);
        return new(channels, states) { IsConvertingOnly = convertingOnly };
    }

    private static int HashOf(int state, ushort step) => unchecked(
        (int)(((((ulong)(uint)state << 16) | step) * 0x9E3779B97F4A7C15) >> 33));

    private static int HashOf(ReadOnlySpan<ushort> window)
    {
        unchecked
        {
            ulong hash = (ulong)window.Length;
            foreach (ushort step in window)
            {
                hash = (hash ^ step) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 32;
            }

            return (int)(hash >> 1) & int.MaxValue;
        }
    }

    // Packed into one number where the windows fit in 64 bits, which is the same order and sorts fast.
    private int[] SortStates(int channelCount)
    {
        var sorted = new int[ends.Count];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = i;
        }

        int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)channelCount);
        if (bits * order > 64)
        {
            Array.Sort(sorted, (left, right) => windows.AsSpan(left * order, lengths[left])
                .SequenceCompareTo(windows.AsSpan(right * order, lengths[right])));
            return sorted;
        }

        var keys = new ulong[sorted.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            ulong key = 0;
            for (int j = 0; j < order; j++)
            {
                key = (key << bits) | (j < lengths[i] ? windows[(i * order) + j] + 1u : 0);
            }

            keys[i] = key;
        }

        Array.Sort(keys, sorted);
        return sorted;
    }

    // By the touch that follows and then, stably, by state: counting sorts, since most time would go to comparing.
    private void PlaceEdges(ChainStates states, int[] rank, int channelCount)
    {
        var byStep = new int[edges];
        var place = new int[channelCount + 1];
        for (int edge = 0; edge < edges; edge++)
        {
            place[edgeStep[edge] + 1]++;
        }

        for (int i = 1; i <= channelCount; i++)
        {
            place[i] += place[i - 1];
        }

        for (int edge = 0; edge < edges; edge++)
        {
            byStep[place[edgeStep[edge]]++] = edge;
        }

        int[] starts = states.EdgeStarts;
        for (int edge = 0; edge < edges; edge++)
        {
            starts[rank[edgeFrom[edge]] + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        var next = new int[states.Count];
        foreach (int edge in byStep)
        {
            int from = rank[edgeFrom[edge]];
            int at = starts[from] + next[from]++;
            states.EdgeTargets[at] = rank[edgeTo[edge]];
            states.EdgeCounts[at] = edgeCount[edge];
        }
    }

    private int AddState(ReadOnlySpan<ushort> window, int slot)
    {
        int state = ends.Count;
        ends.Add(default);
        if (state == lengths.Length)
        {
            Array.Resize(ref lengths, 2 * state);
            Array.Resize(ref windows, 2 * state * order);
        }

        window.CopyTo(windows.AsSpan(state * order));
        lengths[state] = (byte)window.Length;
        windowSlots[slot] = state + 1;
        if (2 * ends.Count > windowSlots.Length)
        {
            GrowWindows();
        }

        return state;
    }

    private void GrowWindows()
    {
        var grown = new int[4 * windowSlots.Length];
        for (int state = 0; state < ends.Count; state++)
        {
            int slot = HashOf(windows.AsSpan(state * order, lengths[state])) & (grown.Length - 1);
            while (grown[slot] != 0)
            {
                slot = (slot + 1) & (grown.Length - 1);
            }

            grown[slot] = state + 1;
        }

        windowSlots = grown;
    }

    private void AddEdge(int state, ushort step, int target, long weight, int slot)
    {
        if (edges == edgeFrom.Length)
        {
            Array.Resize(ref edgeFrom, 2 * edges);
            Array.Resize(ref edgeTo, 2 * edges);
            Array.Resize(ref edgeStep, 2 * edges);
            Array.Resize(ref edgeCount, 2 * edges);
        }

        (edgeFrom[edges], edgeTo[edges], edgeStep[edges], edgeCount[edges]) = (state, target, step, weight);
        edgeSlots[slot] = ++edges;
        if (2 * edges <= edgeSlots.Length)
        {
            return;
        }

        var grown = new int[4 * edgeSlots.Length];
        for (int edge = 0; edge < edges; edge++)
        {
            int at = HashOf(edgeFrom[edge], edgeStep[edge]) & (grown.Length - 1);
            while (grown[at] != 0)
            {
                at = (at + 1) & (grown.Length - 1);
            }

            grown[at] = edge + 1;
        }

        edgeSlots = grown;
    }
}
