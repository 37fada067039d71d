using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>Counts journeys: whole numbers only, so that sums do not depend on who counted what.</summary>
internal sealed class ColumnTally
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

        // A row for each channel and the start, a column for each channel, conversion and end.
        stride = count + 2;
        moves = new long[(count + 1) * stride];
        endValues = new Int128[count];
        decay = new Int128[count];
        decayValues = new Int128[count];
        halving = new((ulong)options.HalfLife.BclCompatibleTicks);
        window = options.Lookback.Length is { } length ? (ulong)length.BclCompatibleTicks : ulong.MaxValue;
    }

    /// <summary>Adds one customer's touches.</summary>
    internal void AddCustomer(in CustomerRows rows)
    {
        touches += rows.Channels.Length;
        if (window != ulong.MaxValue)
        {
            AddWithin(rows);
            return;
        }

        ref long all = ref MemoryMarshal.GetArrayDataReference(moves);
        ReadOnlySpan<ushort> channels = rows.Channels;
        ReadOnlySpan<bool> ends = rows.Conversions;
        int begin = unchecked(count * stride);
        int row = begin;
        int start = 0;
        for (int i = 0; i < channels.Length; i++)
        {
            int channel = channels[i];
            ref long cell = ref Unsafe.Add(ref all, unchecked(row + channel));
            cell = unchecked(cell + 1);
            row = unchecked(channel * stride);
            if (ends[i])
            {
                Unsafe.Add(ref all, unchecked(row + count))++;
                Credit(channels[start..(i + 1)], rows.Ticks[start..(i + 1)], rows.Values.IsEmpty ? 0 : rows.Values[i]);
                start = i + 1;
                row = begin;
            }
        }

        if (start < channels.Length)
        {
            Unsafe.Add(ref all, unchecked(row + count + 1))++;
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
            First = Sum(lengths, static (places, c) => PlaceCounts.Share(places.First, c, 1)),
            Last = Sum(lengths, static (places, c) => PlaceCounts.Share(places.Last, c, 1)),
            Linear = Sum(lengths, static (places, c) => PlaceCounts.Share(places.All, c, places.Length)),
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
    private void AddWithin(in CustomerRows rows)
    {
        int length = rows.Channels.Length;
        int start = 0;
        while (start < length)
        {
            int found = rows.Conversions[start..].IndexOf(true);
            if (found < 0)
            {
                Move(rows.Channels[start..], count + 1);
                return;
            }

            int end = start + found + 1;
            int first = start;
            long at = rows.Ticks[end - 1];
            while (first < end && unchecked((ulong)(at - rows.Ticks[first])) >= window)
            {
                first++;
            }

            if (first < end)
            {
                Move(rows.Channels[first..end], count);
                Credit(
                    rows.Channels[first..end],
                    rows.Ticks[first..end],
                    rows.Values.IsEmpty ? 0 : rows.Values[end - 1]);
            }

            start = end;
        }
    }

    private void Move(ReadOnlySpan<ushort> path, int ending)
    {
        ref long all = ref MemoryMarshal.GetArrayDataReference(moves);
        int row = count * stride;
        foreach (ushort channel in path)
        {
            ref long cell = ref Unsafe.Add(ref all, row + channel);
            cell = unchecked(cell + 1);
            row = unchecked(channel * stride);
        }

        Unsafe.Add(ref all, row + ending)++;
    }

    private void Credit(ReadOnlySpan<ushort> path, ReadOnlySpan<long> ticks, Int128 value)
    {
        endValues[path[^1]] += value;
        if (path.Length > ColumnCredits.TouchCountMax)
        {
            tooLong++;
            return;
        }

        conversions++;
        PlacesOf(path.Length).Add(path, value);
        if (path.Length == 1)
        {
            decay[path[0]] += (long)One;
            decayValues[path[0]] += value * (long)ValueOne;
            return;
        }

        Decay(path, ticks, value);
    }

    private void Decay(ReadOnlySpan<ushort> path, ReadOnlySpan<long> ticks, Int128 value)
    {
        if (weights.Length < path.Length)
        {
            weights = new long[2 * path.Length];
        }

        Span<long> own = weights.AsSpan(0, path.Length);
        long newest = ticks[^1];
        long total = 0;
        for (int i = 0; i < own.Length; i++)
        {
            long weight = halving.Of(unchecked(newest - ticks[i]));
            own[i] = weight;
            total += weight;
        }

        for (int i = 0; i < own.Length; i++)
        {
            double share = (double)own[i] / total;
            decay[path[i]] += (long)(share * One);
            if (value != 0)
            {
                decayValues[path[i]] += (Int128)((double)value * ValueOne * share);
            }
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
            long starts = moves[(count * stride) + c];
            if (starts == 0 && !row.ContainsAnyExcept(0))
            {
                continue;
            }

            int state = builder.StateOf([rank[c]]);
            builder.AddEnd(state, starts, row[count], row[count + 1], endValues[c] * ExactValue.Unit);
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
