using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Counts journeys: whole numbers only, so that sums do not depend on who counted what.</summary>
internal sealed partial class ColumnTally
{
    private const double One = 1L << 60;
    private const double ValueOne = 1L << 40;

    private readonly ColumnOptions options;
    private readonly int count;
    private readonly int stride;
    private readonly long[] moves;
    private readonly Int128[] endValues;
    private readonly Int128[] decay;
    private readonly Int128[] decayValues;
    private readonly HalvingScale halving;
    private readonly ulong window;
    private PlaceCounts?[] byLength = new PlaceCounts?[64];
    private long[] weights = new long[64];
    private long touches;
    private long tooLong;
    private long conversions;

    internal ColumnTally(ColumnOptions options)
    {
        this.options = options;
        count = options.Channels.Count;

        // A row for each channel and the start, a column for each channel and for conversion.
        stride = count + 1;
        moves = new long[stride * stride];
        endValues = new Int128[count];
        decay = new Int128[count];
        decayValues = new Int128[count];
        halving = new((ulong)options.HalfLife.BclCompatibleTicks);
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

        Move(rows);
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].IsConversion)
            {
                int start = i;
                while (start > 0 && !TouchRow.Begins(rows[start].Tag, rows[start - 1].Tag))
                {
                    start--;
                }

                Credit(rows[start..(i + 1)], values.IsEmpty ? 0 : values[i]);
            }
        }
    }

    internal void Add(ColumnTally other)
    {
        AddAll(moves, other.moves);
        AddAll(endValues, other.endValues);
        AddAll(decay, other.decay);
        AddAll(decayValues, other.decayValues);
        for (int length = 0; length < other.byLength.Length; length++)
        {
            if (other.byLength[length] is { } places)
            {
                PlacesOf(length).Add(places);
            }
        }

        touches += other.touches;
        tooLong += other.tooLong;
        conversions += other.conversions;
    }

    internal ColumnCredits ToCredits()
    {
        PlaceCounts[] lengths = [.. byLength.OfType<PlaceCounts>()];
        return new()
        {
            Conversions = conversions,
            TooLong = tooLong,
            Touches = touches,
            First = Sum(lengths, static (places, c) => places.First(c)),
            Last = Sum(lengths, static (places, c) => places.Last(c)),
            Linear = Sum(lengths, static (places, c) => places.Linear(c)),
            Position = Sum(lengths, static (places, c) => places.Position(c)),
            TimeDecay = Credits(c => ((double)decay[c] / One, (double)decayValues[c] / ValueOne)),
            Chain = Chain(),
        };
    }

    private static void AddAll<T>(T[] sums, T[] addends)
        where T : System.Numerics.INumber<T>
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += addends[i];
        }
    }

    // With a lookback a journey is known only when its outcome is.
    private void AddWithin(ReadOnlySpan<TouchRow> rows, ReadOnlySpan<long> values)
    {
        for (int start = 0; start < rows.Length;)
        {
            int end = start + 1;
            while (end < rows.Length && !TouchRow.Begins(rows[end].Tag, rows[end - 1].Tag))
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

    // The moves of journeys in a row. Nothing in it depends on where one begins, which no processor can guess.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(ReadOnlySpan<TouchRow> rows)
    {
        ref long cells = ref MemoryMarshal.GetArrayDataReference(moves);
        int begin = count * stride;
        uint before = ~rows[0].Tag;
        int from = begin;
        foreach (ref readonly TouchRow row in rows)
        {
            int channel = row.Channel;
            int begins = unchecked(-Unsafe.BitCast<bool, byte>(TouchRow.Begins(row.Tag, before)));
            from ^= (from ^ begin) & begins;
            ref long cell = ref Unsafe.Add(ref cells, unchecked(from + channel));
            cell = unchecked(cell + 1);
            from = unchecked(channel * stride);
            before = row.Tag;
        }
    }

    private void Credit(ReadOnlySpan<TouchRow> path, long value)
    {
        int last = path[^1].Channel;
        moves[(last * stride) + count]++;
        if (value != 0)
        {
            endValues[last] += value;
        }

        if (path.Length > ColumnCredits.TouchCountMax)
        {
            tooLong++;
            return;
        }

        conversions++;
        PlaceCounts places = PlacesOf(path.Length);
        places.AddEnds(path[0].Channel, last, value);
        if (path.Length == 1)
        {
            places.Add(last, value);
            AddShare(last, 1, value);
            return;
        }

        Decay(path, places, value);
    }

    private void Decay(ReadOnlySpan<TouchRow> path, PlaceCounts places, long value)
    {
        if (weights.Length < path.Length)
        {
            weights = new long[2 * path.Length];
        }

        Span<long> own = weights.AsSpan(0, path.Length);
        long newest = path[^1].Ticks;
        long total = 0;
        for (int i = 0; i < own.Length; i++)
        {
            // Further apart than any calendar: as old as can be.
            long age = unchecked(newest - path[i].Ticks);
            age = age < 0 ? long.MaxValue : age;
            long weight = age == 0 ? HalvingWeight.One : halving.Of(age);
            own[i] = weight;
            total = unchecked(total + weight);
        }

        for (int i = 0; i < own.Length; i++)
        {
            int channel = path[i].Channel;
            places.Add(channel, value);
            AddShare(channel, (double)own[i] / total, value);
        }
    }

    // In units so small that their sum is exact enough, and whole, so that its order makes no difference.
    private void AddShare(int channel, double share, long value)
    {
        ref Int128 sum = ref decay[channel];
        sum = unchecked(sum + (long)(share * One));
        if (value != 0)
        {
            decayValues[channel] += (Int128)((double)value * ValueOne * share);
        }
    }

    private PlaceCounts PlacesOf(int length)
    {
        if (length >= byLength.Length)
        {
            Array.Resize(ref byLength, 2 * length);
        }

        return byLength[length] ??= new(length, count);
    }

    private ValueList<ChannelCredit> Sum(PlaceCounts[] lengths, Func<PlaceCounts, int, (double, double)> share) =>
        Credits(channel =>
        {
            (double credit, double value) = (0, 0);
            foreach (PlaceCounts places in lengths)
            {
                (double own, double worth) = share(places, channel);
                credit += own;
                value += worth;
            }

            return (credit, value);
        });

    private ValueList<ChannelCredit> Credits(Func<int, (double Credit, double Value)> of)
    {
        ChannelCredit[] credits =
        [
            .. options.Channels.Select((channel, i) => of(i) is var (credit, value)
                ? new ChannelCredit(channel, credit, value)
                : throw new System.Diagnostics.UnreachableException()),
        ];
        Array.Sort(credits, static (left, right) => left.Channel.CompareTo(right.Channel));
        return ValueList<ChannelCredit>.Own(credits);
    }

    private ChainCounts Chain()
    {
        ChannelId[] sorted = [.. options.Channels.Order()];
        ushort[] rank = [.. options.Channels.Select(channel => (ushort)Array.BinarySearch(sorted, channel))];
        ChainCountsBuilder builder = new(1);
        for (int c = 0; c < count; c++)
        {
            ReadOnlySpan<long> row = moves.AsSpan(c * stride, stride);
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
            long starts = moves[(count * stride) + c];
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
