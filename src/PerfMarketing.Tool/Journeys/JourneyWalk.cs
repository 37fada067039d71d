using NodaTime;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Paths;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Time;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Journeys;

/// <summary>Cuts the rows of a log into journeys and counts their paths.</summary>
/// <remarks>
/// A customer's rows stand in the order of their instants, then their sequences and the touches' ids; of those without,
/// touches come before conversions, these stand by their ids and values, and the rest as in the log. A conversion
/// ends the journey of the touches before it; with the history kept, each conversion has all touches before it. Touches
/// after the last conversion are one journey that did not convert. A touch counts for a conversion while the lookback
/// window is open; a conversion without any touch left belongs to nobody.
/// </remarks>
internal sealed class JourneyWalk(JourneyLog log, LookbackWindow lookback, bool keepsHistory, bool talliesDecay)
{
    private readonly PathCountsBuilder paths = new();
    private readonly TimeDecayTally? decay = talliesDecay ? new(Duration.FromDays(7)) : null;
    private readonly TimeLagTally lags = new();
    private readonly List<ChannelId> channels = [];
    private readonly Dictionary<int, int> channelOf = [];
    private readonly List<int> steps = [];
    private readonly List<long> times = [];
    private readonly List<int> profiles = [];
    private readonly long window = lookback.Length is { } length ? length.ToInt64Nanoseconds() : long.MaxValue;

    /// <summary>How many conversions have no touch.</summary>
    public long Untouched { get; private set; }

    /// <summary>Counts each segment's journeys apart; null, the default, when nobody asked for it.</summary>
    public SegmentTallies? Segments { get; init; }

    /// <summary>Walks all customers.</summary>
    public JourneyCounts Walk()
    {
        int[] order = Order();
        int start = 0;
        for (int i = 1; i <= order.Length; i++)
        {
            if (i == order.Length || log.Rows[order[i]].Customer != log.Rows[order[start]].Customer)
            {
                WalkCustomer(order.AsSpan(start, i - start));
                start = i;
            }
        }

        return new(paths.Build(), decay?.Credits(channels.ToArray()), lags.ToLags(), Segments);
    }

    private void WalkCustomer(ReadOnlySpan<int> rows)
    {
        Clear();
        int fresh = 0;
        foreach (int place in rows)
        {
            JourneyRow row = log.Rows[place];
            if (row.IsTouch)
            {
                steps.Add(ChannelOf(row));
                times.Add(row.At);
                profiles.Add(row.Profile);
                fresh++;
            }

            RowConversions found = log.ConversionsOf(place);
            if (found.Count == 0)
            {
                continue;
            }

            Convert(row.At, found.Count, found.Value);
            fresh = 0;
            if (!keepsHistory)
            {
                Clear();
            }
        }

        if (fresh > 0)
        {
            paths.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(steps), 0, 1);
            TallyOf(0, times[^1])?.Paths.Add(PathFrom(0), 0, 1);
        }
    }

    private void Convert(long at, long count, decimal value)
    {
        int first = 0;
        while (first < steps.Count && window != long.MaxValue && (Int128)at - times[first] >= window)
        {
            first++;
        }

        if (first == steps.Count)
        {
            Untouched += count;
            return;
        }

        ReadOnlySpan<int> path = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(steps)[first..];
        paths.Add(path, count, 0, value);
        decay?.Add(path, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(times)[first..], count, value);
        lags.Add(InstantBytes.ToInstant(times[first]), InstantBytes.ToInstant(at), count);
        if (TallyOf(first, at) is { } tally)
        {
            tally.Paths.Add(PathFrom(first), count, 0, value);
            tally.Lags.Add(InstantBytes.ToInstant(times[first]), InstantBytes.ToInstant(at), count);
        }
    }

    private void Clear()
    {
        steps.Clear();
        times.Clear();
        profiles.Clear();
    }

    // The journey's segment is what the first of its touches that states the fact says.
    private SegmentTally? TallyOf(int first, long at)
    {
        if (Segments is null)
        {
            return null;
        }

        FactSet facts = FactSet.Empty;
        for (int i = first; i < profiles.Count && facts.Count == 0; i++)
        {
            facts = log.FactOf(profiles[i], Segments.Fact);
        }

        return Segments.Of(facts, InstantBytes.ToInstant(at));
    }

    private ChannelId[] PathFrom(int first)
    {
        var path = new ChannelId[steps.Count - first];
        for (int i = 0; i < path.Length; i++)
        {
            path[i] = channels[steps[first + i]];
        }

        return path;
    }

    private int ChannelOf(in JourneyRow row)
    {
        if (!channelOf.TryGetValue(row.Profile, out int number))
        {
            ChannelId channel = log.ChannelOf(row);
            number = paths.NumberOf(channel);
            if (number == channels.Count)
            {
                channels.Add(channel);
            }

            channelOf.Add(row.Profile, number);
        }

        return number;
    }

    // By customer with counting, then each customer's few rows by comparing.
    private int[] Order()
    {
        int customers = log.Rows.Count == 0 ? 0 : log.Rows.Max(static row => row.Customer) + 1;
        var starts = new int[customers + 1];
        foreach (JourneyRow row in log.Rows)
        {
            starts[row.Customer + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        var order = new int[log.Rows.Count];
        var next = (int[])starts.Clone();
        for (int i = 0; i < order.Length; i++)
        {
            order[next[log.Rows[i].Customer]++] = i;
        }

        for (int customer = 0; customer < customers; customer++)
        {
            order.AsSpan(starts[customer], starts[customer + 1] - starts[customer]).Sort(Compare);
        }

        return order;
    }

    private int Compare(int left, int right)
    {
        (JourneyRow one, JourneyRow other) = (log.Rows[left], log.Rows[right]);
        int result = one.At.CompareTo(other.At);
        if (result == 0)
        {
            result = one.Sequence.CompareTo(other.Sequence);
        }

        if (result == 0)
        {
            result = log.IdOf(one).SequenceCompareTo(log.IdOf(other));
        }

        if (result == 0)
        {
            result = CompareConversions(log.ConversionsOf(left), log.ConversionsOf(right));
        }

        return result != 0 ? result : left.CompareTo(right);
    }

    private static int CompareConversions(RowConversions left, RowConversions right)
    {
        int result = (left.Count > 0).CompareTo(right.Count > 0);
        result = result != 0 ? result : string.CompareOrdinal(left.Name, right.Name);
        return result != 0 ? result : left.Value.CompareTo(right.Value);
    }
}
