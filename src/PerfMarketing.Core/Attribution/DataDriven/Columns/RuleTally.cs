using System.Runtime.CompilerServices;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>What converting journeys give the channels by each rule, in whole numbers.</summary>
/// <remarks>
/// Journeys are kept until there are many, and then all their touches go through one loop after the other, none of
/// which depends on where a journey ends: no processor can guess that.
/// </remarks>
internal sealed class RuleTally(ColumnOptions options)
{
    private const int JourneysMax = 512;

    private readonly int channelCount = options.Channels.Count;
    private readonly HalvingScale halving = new((ulong)options.HalfLife.BclCompatibleTicks);
    private readonly RuleSums sums = new(options.Channels.Count);
    private readonly Journey[] journeys = new Journey[JourneysMax];

    // A long journey is counted at once, so that neither these nor the touches of the kept ones take much memory.
    private readonly PlaceCounts?[] byLength = new PlaceCounts?[PlaceCounts.LengthMax + 1];
    private PlaceCounts? rare;
    private Touch[] touches = new Touch[4 * JourneysMax];
    private int journeyCount;
    private int touchCount;
    private bool isAnyOfValue;

    internal long Conversions { get; private set; }

    internal long TooLong { get; private set; }

    /// <summary>Adds a touch of the journey that is ended next, but for its last.</summary>
    /// <param name="age">How long before the last touch it was; negative for more than can be told.</param>
    /// <param name="channel">Its channel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(long age, int channel)
    {
        if (touchCount == touches.Length)
        {
            Array.Resize(ref touches, 2 * touches.Length);
        }

        touches[touchCount++] = new() { Weight = age, Channel = channel, Journey = journeyCount };
    }

    /// <summary>Ends a journey.</summary>
    /// <param name="length">How many touches it has; those but the last were added.</param>
    /// <param name="first">The channel of the first.</param>
    /// <param name="last">The channel of the last.</param>
    /// <param name="value">What the outcome is worth.</param>
    internal void End(int length, int first, int last, long value)
    {
        if (length > ColumnCredits.TouchCountMax)
        {
            while (touchCount > 0 && touches[touchCount - 1].Journey == journeyCount)
            {
                touchCount--;
            }

            TooLong++;
            return;
        }

        isAnyOfValue |= value != 0;
        journeys[journeyCount++] = new()
        {
            Places = PlacesOf(length),
            First = first,
            Last = last,
            Total = HalvingWeight.One,
            Left = CreditUnits.One,
            Value = value,
        };
        if (length > PlaceCounts.LengthMax)
        {
            Flush();
            rare!.AddTo(length, sums);
            rare.Clear();
        }
        else if (journeyCount == JourneysMax)
        {
            Flush();
        }
    }

    /// <summary>Adds journeys whose rows are linked.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="ends">The last row of each journey.</param>
    /// <param name="values">What each of the outcomes is worth; empty when nothing is.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void AddLinked(TouchRow[] rows, ReadOnlySpan<int> ends, ReadOnlySpan<long> values)
    {
        for (int i = 0; i < ends.Length; i++)
        {
            TouchRow last = rows[ends[i]];
            int first = last.Channel;
            int start = touchCount;
            int at = start;
            Touch[] to = touches;
            for (int link = last.Link; link != 0 && at - start < ColumnCredits.TouchCountMax;)
            {
                TouchRow row = rows[link - 1];
                if (at == to.Length)
                {
                    Array.Resize(ref touches, 2 * at);
                    to = touches;
                }

                link = row.Link;
                first = row.Channel;
                to[at++] = new()
                {
                    Weight = unchecked(last.Ticks - row.Ticks),
                    Channel = first,
                    Journey = journeyCount,
                };
            }

            touchCount = at;
            End(at - start + 1, first, last.Channel, values.IsEmpty ? 0 : values[i]);
        }
    }

    /// <summary>Adds journeys of grouped columns.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="ends">The last row of each journey.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void AddGrouped(in JourneyColumns columns, ReadOnlySpan<int> ends)
    {
        ReadOnlySpan<int> customers = columns.Customers;
        ReadOnlySpan<bool> conversions = columns.Conversions;
        ReadOnlySpan<long> ticks = columns.Ticks;
        ReadOnlySpan<ushort> channels = columns.Channels;
        foreach (int end in ends)
        {
            int customer = customers[end];
            long newest = ticks[end];
            int at = touchCount;
            int row = end - 1;
            for (; row >= 0 && (customers[row] == customer) & !conversions[row]
                    && end - row <= ColumnCredits.TouchCountMax;
                row--)
            {
                if (at == touches.Length)
                {
                    Array.Resize(ref touches, 2 * at);
                }

                touches[at++] = new()
                {
                    Weight = unchecked(newest - ticks[row]),
                    Channel = channels[row],
                    Journey = journeyCount,
                };
            }

            touchCount = at;
            End(end - row, channels[row + 1], channels[end], columns.Values.IsEmpty ? 0 : columns.Values[end]);
        }
    }

    internal void Add(RuleTally other)
    {
        sums.Add(other.ToSums());
        TooLong += other.TooLong;
        Conversions += other.Conversions;
    }

    /// <summary>What the channels have got; nothing is added afterwards.</summary>
    internal RuleSums ToSums()
    {
        Flush();
        for (int length = 0; length < byLength.Length; length++)
        {
            byLength[length]?.AddTo(length, sums);
            byLength[length] = null;
        }

        return sums;
    }

    private void Flush()
    {
        Weigh();
        Share();
        if (isAnyOfValue)
        {
            ShareValues();
        }

        Conversions += journeyCount;
        (journeyCount, touchCount, isAnyOfValue) = (0, 0, false);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Weigh()
    {
        HalvingScale scale = halving;
        Journey[] own = journeys;
        foreach (ref Touch touch in touches.AsSpan(0, touchCount))
        {
            // Further apart than any calendar: as old as can be.
            long age = touch.Weight < 0 ? long.MaxValue : touch.Weight;
            long weight = scale.Of(age);
            touch.Weight = weight;
            ref long total = ref own[touch.Journey].Total;
            total = unchecked(total + weight);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Share()
    {
        Journey[] own = journeys;
        CreditSum[] decay = sums.TimeDecay;
        foreach (ref Journey journey in own.AsSpan(0, journeyCount))
        {
            journey.Reciprocal = CreditUnits.Reciprocal(journey.Total);
        }

        foreach (ref Touch touch in touches.AsSpan(0, touchCount))
        {
            ref Journey journey = ref own[touch.Journey];
            long units = CreditUnits.Of(touch.Weight, journey.Total, journey.Reciprocal);
            touch.Weight = units;
            journey.Left = unchecked(journey.Left - units);
            decay[touch.Channel].Add(units);
            journey.Places.Add(touch.Channel);
        }

        foreach (ref readonly Journey journey in own.AsSpan(0, journeyCount))
        {
            decay[journey.Last].Add(journey.Left);
            journey.Places.Add(journey.Last);
            journey.Places.AddEnds(journey.First, journey.Last);
        }
    }

    private void ShareValues()
    {
        foreach (ref readonly Journey journey in journeys.AsSpan(0, journeyCount))
        {
            if (journey.Value != 0)
            {
                journey.Places.AddEndValues(journey.First, journey.Last, journey.Value);
                AddValue(journey, journey.Last, journey.Left);
            }
        }

        foreach (ref readonly Touch touch in touches.AsSpan(0, touchCount))
        {
            ref readonly Journey journey = ref journeys[touch.Journey];
            if (journey.Value != 0)
            {
                AddValue(journey, touch.Channel, touch.Weight);
            }
        }
    }

    private void AddValue(in Journey journey, int channel, long units)
    {
        journey.Places.AddValue(channel, journey.Value);
        sums.TimeDecay[channel].AddValue(journey.Value, units);
    }

    private PlaceCounts PlacesOf(int length) => length > PlaceCounts.LengthMax
        ? rare ??= new(channelCount)
        : byLength[length] ??= new(channelCount);

    private struct Touch
    {
        // First the age, then the weight, then the units.
        internal long Weight;
        internal int Channel;
        internal int Journey;
    }

    private struct Journey
    {
        internal PlaceCounts Places;
        internal int First;
        internal int Last;
        internal long Total;
        internal long Reciprocal;

        // The units that no older touch has.
        internal long Left;
        internal long Value;
    }
}
