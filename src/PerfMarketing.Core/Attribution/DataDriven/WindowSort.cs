using System.Numerics;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>Counts windows by numbering and sorting them, where they are few enough to stand in a table.</summary>
/// <remarks>
/// A window is a number with a digit for each of its channels, 0 where a short journey has none: such numbers stand in
/// the order of windows. A move is a window and one digit more; its last digits are the window it leads to.
/// </remarks>
internal sealed class WindowSort
{
    // So many windows are numbered in a table of all there could be.
    private const int WindowBitsMax = 20;

    // More touches are counted as they come, which takes memory only for what differs.
    private const int TouchCountMax = 1 << 22;
    private const int DigitBitsMax = 11;

    // So many moves stand in a table themselves, and need not be sorted.
    private const int MoveBitsMax = 16;

    private readonly PathRows rows;
    private readonly int order;
    private readonly int digit;
    private readonly int[] ranks;
    private readonly long[] sums;
    private uint[] moves;
    private long[] weights;
    private int moveCount;

    private WindowSort(PathRows rows, int order)
    {
        this.rows = rows;
        this.order = order;
        digit = DigitOf(rows);
        ranks = new int[1 << (digit * order)];
        sums = digit * (order + 1) <= MoveBitsMax ? new long[1 << (digit * (order + 1))] : [];
        moves = new uint[TouchesOf(rows)];
        weights = new long[moves.Length];
    }

    /// <summary>The counts; null when the windows are better counted otherwise.</summary>
    internal static ChainCounts? Of(PathRows rows, int order, bool convertingOnly) =>
        DigitOf(rows) * order > WindowBitsMax || TouchesOf(rows) > TouchCountMax
            ? null
            : new WindowSort(rows, order).Count(convertingOnly);

    private static int TouchesOf(PathRows rows) => rows.Count == 0 ? 0 : rows.Ends[rows.Count - 1];

    private static int DigitOf(PathRows rows) => 64 - BitOperations.LeadingZeroCount((ulong)rows.Channels.Length | 1);

    private ChainCounts Count(bool convertingOnly)
    {
        var firsts = new int[rows.Count];
        var lasts = new int[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            long weight = rows.Conversions[row] + (convertingOnly ? 0 : rows.Nulls[row]);
            if (weight > 0)
            {
                (firsts[row], lasts[row]) = Walk(rows.Path(row), weight);
            }
        }

        List<int> windows = [];
        for (int window = 0; window < ranks.Length; window++)
        {
            if (ranks[window] != 0)
            {
                ranks[window] = windows.Count;
                windows.Add(window);
            }
        }

        int kinds = sums.Length > 0 ? Collect() : Sorted();
        ChainStates states = new(order, windows.Count, kinds);
        Name(states, windows);
        Place(states, windows, kinds);
        for (int row = 0; row < rows.Count; row++)
        {
            if (firsts[row] == 0)
            {
                continue;
            }

            long nulls = convertingOnly ? 0 : rows.Nulls[row];
            states.Starts[ranks[firsts[row]]] += rows.Conversions[row] + nulls;
            int last = ranks[lasts[row]];
            states.Conversions[last] += rows.Conversions[row];
            states.Nulls[last] += nulls;
            states.Values[last] += rows.Values[row];
        }

        return new(rows.Channels, states) { IsConvertingOnly = convertingOnly };
    }

    // Notes the windows of a path and its moves; gives its first and last window.
    private (int First, int Last) Walk(ReadOnlySpan<ushort> path, long weight)
    {
        unchecked
        {
            int length = Math.Min(order, path.Length);
            uint window = 0;
            foreach (ushort step in path[..length])
            {
                window = (window << digit) | (step + 1u);
            }

            window <<= digit * (order - length);
            int first = (int)window;
            ranks[first] = 1;
            uint whole = (1u << (digit * order)) - 1;
            foreach (ushort step in path[length..])
            {
                uint move = (window << digit) | (step + 1u);
                if (sums.Length > 0)
                {
                    sums[(int)move] = checked(sums[(int)move] + weight);
                }
                else
                {
                    moves[moveCount] = move;
                    weights[moveCount++] = weight;
                }

                window = move & whole;
                ranks[(int)window] = 1;
            }

            return (first, (int)window);
        }
    }

    // The moves of the table; gives how many there are.
    private int Collect()
    {
        int kinds = 0;
        for (int move = 0; move < sums.Length; move++)
        {
            if (sums[move] > 0)
            {
                (moves[kinds], weights[kinds]) = ((uint)move, sums[move]);
                kinds++;
            }
        }

        return kinds;
    }

    // By a few bits after the other, from the last: each time stably. Then each once; gives how many there are.
    private int Sorted()
    {
        int bits = digit * (order + 1);
        int passes = (bits + DigitBitsMax - 1) / DigitBitsMax;
        int width = (bits + passes - 1) / passes;
        var sorted = new uint[moveCount];
        var sortedWeights = new long[moveCount];
        var places = new int[1 << width];
        for (int shift = 0; shift < bits; shift += width)
        {
            Array.Clear(places);
            SortMoves(shift, places, sorted, sortedWeights);
            (moves, sorted) = (sorted, moves);
            (weights, sortedWeights) = (sortedWeights, weights);
        }

        return AddUp();
    }

    private void SortMoves(int shift, int[] places, uint[] sorted, long[] sortedWeights)
    {
        unchecked
        {
            int last = places.Length - 1;
            foreach (uint move in moves.AsSpan(0, moveCount))
            {
                places[(int)(move >> shift) & last]++;
            }

            int next = 0;
            for (int i = 0; i < places.Length; i++)
            {
                (places[i], next) = (next, next + places[i]);
            }

            for (int i = 0; i < moveCount; i++)
            {
                int place = places[(int)(moves[i] >> shift) & last]++;
                sorted[place] = moves[i];
                sortedWeights[place] = weights[i];
            }
        }
    }

    // Each move once, with the weight of all.
    private int AddUp()
    {
        int kinds = 0;
        for (int i = 0; i < moveCount; i++)
        {
            if (kinds > 0 && moves[kinds - 1] == moves[i])
            {
                weights[kinds - 1] += weights[i];
            }
            else
            {
                (moves[kinds], weights[kinds]) = (moves[i], weights[i]);
                kinds++;
            }
        }

        return kinds;
    }

    private void Name(ChainStates states, List<int> windows)
    {
        int last = (1 << digit) - 1;
        for (int i = 0; i < windows.Count; i++)
        {
            for (int place = 0; place < order; place++)
            {
                int channel = (windows[i] >> (digit * (order - 1 - place))) & last;
                if (channel > 0)
                {
                    states.Windows[(i * order) + place] = (ushort)(channel - 1);
                    states.Lengths[i] = (byte)(place + 1);
                }
            }
        }
    }

    private void Place(ChainStates states, List<int> windows, int kinds)
    {
        uint whole = (1u << (digit * order)) - 1;
        int edge = 0;
        for (int i = 0; i < windows.Count; i++)
        {
            for (; edge < kinds && moves[edge] >> digit == (uint)windows[i]; edge++)
            {
                states.EdgeTargets[edge] = ranks[(int)(moves[edge] & whole)];
                states.EdgeCounts[edge] = weights[edge];
            }

            states.EdgeStarts[i + 1] = edge;
        }
    }
}
