using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Counts journeys: whole numbers only, so that sums do not depend on who counted what.</summary>
internal sealed partial class ColumnTally
{
    private readonly ColumnOptions options;
    private readonly int count;
    private readonly int stride;
    private readonly long[] moves;
    private readonly Int128[] endValues;
    private readonly RuleTally rules;
    private readonly ulong window;

    // The outcomes of some rows, in their order.
    private int[] ends = [];
    private long touches;

    internal ColumnTally(ColumnOptions options)
    {
        this.options = options;
        count = options.Channels.Count;

        // A row for the start and for each channel, a column for each channel and for conversion.
        stride = count + 1;
        moves = new long[stride * stride];
        endValues = new Int128[count];
        rules = new(options);
        window = options.Lookback.Length is { } length ? (ulong)length.BclCompatibleTicks : ulong.MaxValue;
    }

    /// <summary>Adds the touches of whole customers, customer by customer and in their order.</summary>
    /// <param name="rows">The rows; of their customers only neighbours are told apart.</param>
    /// <param name="values">What each outcome is worth; empty when nothing is.</param>
    internal void Add(ReadOnlySpan<TouchRow> rows, ReadOnlySpan<long> values)
    {
        touches += rows.Length;
        if (window != ulong.MaxValue)
        {
            AddWithin(rows, values);
            return;
        }

        int outcomes = Move(rows);
        foreach (int end in ends.AsSpan(0, outcomes))
        {
            int start = end;
            while (start > 0 && !TouchRow.Begins(rows[start], rows[start - 1]))
            {
                start--;
            }

            Credit(rows[start..(end + 1)], values.IsEmpty ? 0 : values[end]);
        }
    }

    internal void Add(ColumnTally other)
    {
        for (int i = 0; i < moves.Length; i++)
        {
            moves[i] += other.moves[i];
        }

        for (int i = 0; i < count; i++)
        {
            endValues[i] += other.endValues[i];
        }

        rules.Add(other.rules);
        touches += other.touches;
    }

    internal ColumnCredits ToCredits()
    {
        RuleSums sums = rules.ToSums();
        ChannelId[] channels = [.. options.Channels];
        return new()
        {
            First = CreditSum.Sorted(channels, sums.First),
            Last = CreditSum.Sorted(channels, sums.Last),
            Linear = CreditSum.Sorted(channels, sums.Linear),
            Position = CreditSum.Sorted(channels, sums.Position),
            TimeDecay = CreditSum.Sorted(channels, sums.TimeDecay),
            Conversions = rules.Conversions,
            TooLong = rules.TooLong,
            Touches = touches,
            Chain = Chain(),
        };
    }

    // With a lookback a journey is known only when its outcome is.
    private void AddWithin(ReadOnlySpan<TouchRow> rows, ReadOnlySpan<long> values)
    {
        for (int start = 0; start < rows.Length;)
        {
            int end = start + 1;
            while (end < rows.Length && !TouchRow.Begins(rows[end], rows[end - 1]))
            {
                end++;
            }

            int first = start;
            bool converts = rows[end - 1].IsConversion;
            while (converts && first < end && unchecked((ulong)(rows[end - 1].Ticks - rows[first].Ticks)) >= window)
            {
                first++;
            }

            ReadOnlySpan<TouchRow> path = rows[first..end];
            if (first < end)
            {
                Move(path);
            }

            if (converts && first < end)
            {
                Credit(path, values.IsEmpty ? 0 : values[end - 1]);
            }

            start = end;
        }
    }

    // The moves of journeys in a row, and where outcomes are. Nothing in it depends on where a journey begins, which no
    // processor can guess.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int Move(ReadOnlySpan<TouchRow> rows)
    {
        ReserveEnds(rows.Length);
        ref long cells = ref MemoryMarshal.GetArrayDataReference(moves);
        ref int end = ref MemoryMarshal.GetArrayDataReference(ends);
        int outcomes = 0;
        int from = 0;
        int before = rows[0].Customer;
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly TouchRow row = ref rows[i];
            int begins = unchecked(-Unsafe.BitCast<bool, byte>(row.Customer != before));
            before = row.Customer;
            from &= ~begins;
            ref long cell = ref Unsafe.Add(ref cells, unchecked(from + row.Channel));
            cell = unchecked(cell + 1);
            int converts = Unsafe.BitCast<bool, byte>(row.IsConversion);
            Unsafe.Add(ref end, outcomes) = i;
            outcomes = unchecked(outcomes + converts);
            from = unchecked((row.Channel + 1) * stride) & (converts - 1);
        }

        return outcomes;
    }

    private void ReserveEnds(int count)
    {
        if (ends.Length < count)
        {
            ends = GC.AllocateUninitializedArray<int>((int)Math.Min(Array.MaxLength, count + (count / 8L)));
        }
    }

    private void Credit(ReadOnlySpan<TouchRow> path, long value)
    {
        ref readonly TouchRow last = ref path[^1];
        EndAt(last.Channel, value);
        if (path.Length <= ColumnCredits.TouchCountMax)
        {
            foreach (ref readonly TouchRow row in path[..^1])
            {
                rules.Add(unchecked(last.Ticks - row.Ticks), row.Channel);
            }
        }

        rules.End(path.Length, path[0].Channel, last.Channel, value);
    }

    private void EndAt(int channel, long value)
    {
        moves[((channel + 1) * stride) + count]++;
        if (value != 0)
        {
            endValues[channel] += value;
        }
    }

    /// <exception cref="OverflowException">The outcomes are worth more than can be held.</exception>
    private ChainCounts Chain()
    {
        Int128 worth = 0;
        Array.ForEach(endValues, value => worth += Int128.Abs(value));
        if (worth > Int128.MaxValue / ExactValue.Unit)
        {
            throw new OverflowException("All outcomes are worth more than 10^23 minor units together.");
        }

        ChannelId[] sorted = [.. options.Channels.Order()];
        ushort[] rank = [.. options.Channels.Select(channel => (ushort)Array.BinarySearch(sorted, channel))];
        ChainCountsBuilder builder = new(1);
        for (int c = 0; c < count; c++)
        {
            ReadOnlySpan<long> row = moves.AsSpan((c + 1) * stride, stride);
            (long entered, long left) = (0, 0);
            for (int other = 0; other < stride; other++)
            {
                entered += moves[(other * stride) + c];
                left += row[other];
            }

            if (entered == 0)
            {
                continue;
            }

            // Whoever came and neither went on nor converted ended there.
            int state = builder.StateOf([rank[c]]);
            long starts = moves[c];
            builder.AddEnd(state, starts, row[count], entered - left, endValues[c] * ExactValue.Unit);
            for (int next = 0; next < count; next++)
            {
                if (row[next] > 0)
                {
                    builder.Follow(state, rank[next], row[next]);
                }
            }
        }

        return builder.Build(sorted);
    }
}
