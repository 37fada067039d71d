using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.DataDriven.Columns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>Touches as arrays, attributed by columns and, slowly, one outcome at a time.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
internal sealed record ColumnLog(int[] Customers, ushort[] Channels, long[] Ticks, bool[] Conversions, long[] Values)
{
    private static readonly ChannelId[] Names = [new("seo"), new("ads"), new("mail"), new("e>x")];

    internal long[] Ids { get; init; } = [];

    internal bool HasLargeCustomers { get; init; }

    internal static ColumnLog Random(int seed, int rows, int customers, int channels = 4)
    {
        Random random = new(seed);
        ColumnLog log = new(new int[rows], new ushort[rows], new long[rows], new bool[rows], new long[rows]);
        for (int i = 0; i < rows; i++)
        {
            log.Customers[i] = random.Next(customers);
            log.Channels[i] = (ushort)random.Next(channels);
            log.Ticks[i] = random.Next(20) * NodaConstants.TicksPerHour * 5;
            log.Conversions[i] = random.Next(5) == 0;
            log.Values[i] = log.Conversions[i] ? random.Next(-50, 5_000) : 99;
        }

        return log;
    }

    internal JourneyColumns Columns() => Columns(0, Customers.Length);

    internal ColumnCredits Attribute(ColumnOptions options, int chunk = int.MaxValue)
    {
        ColumnRun run = new(options);
        for (int start = 0; start < Customers.Length; start += Math.Min(chunk, Customers.Length))
        {
            run.Add(Columns(start, Math.Min(chunk, Customers.Length - start)));
        }

        return run.Finish();
    }

    internal ColumnLog WithLargeCustomers() => this with { HasLargeCustomers = true };

    internal ColumnLog Reversed() => Pick([.. Enumerable.Range(0, Ticks.Length).Reverse()]);

    internal ColumnLog Grouped() => Pick([.. Order()]);

    internal ColumnLog ByTime() => Pick([.. Enumerable.Range(0, Ticks.Length).OrderBy(i => Ticks[i])]);

    internal PathCounts Paths()
    {
        PathCountsBuilder builder = new();
        Array.ForEach(Names, name => builder.NumberOf(name));
        foreach ((int[] rows, bool converts) in Journeys())
        {
            int[] path = [.. rows.Select(row => (int)Channels[row])];
            builder.Add(path, converts ? 1 : 0, converts ? 0 : 1, converts ? Values[rows[^1]] : 0);
        }

        return builder.Build();
    }

    internal Dictionary<ChannelId, (double Credit, double Value)> Naive(AttributionRule rule)
    {
        Dictionary<ChannelId, (double Credit, double Value)> sums = [];
        foreach ((int[] rows, _) in Journeys().Where(static journey => journey.Converts))
        {
            foreach (Credit credit in Decide(rule, rows, Names).Credits)
            {
                double share = (double)credit.Weight / credit.Total;
                (double own, double value) = sums.GetValueOrDefault(new(credit.Partner.Value));
                sums[new(credit.Partner.Value)] = (own + share, value + (share * Values[rows[^1]]));
            }
        }

        return sums;
    }

    /// <summary>What a rule gives the channels, one outcome at a time.</summary>
    internal ValueList<ChannelCredit> OneByOne(AttributionRule rule, ValueList<ChannelId> names)
    {
        CreditTally tally = new(names);
        foreach ((int[] rows, _) in Journeys().Where(static journey => journey.Converts))
        {
            AttributionDecision decision = Decide(rule, rows, names);
            int[] channels =
            [
                .. decision.Touches.Select(touch =>
                    (int)Channels[int.Parse(touch.Touch.Value, CultureInfo.InvariantCulture)]),
            ];
            tally.Add(decision, channels, Values[rows[^1]]);
        }

        return tally.Credits();
    }

    internal ColumnLog Shuffled(int seed)
    {
        int[] order = [.. Enumerable.Range(0, Ticks.Length)];
        new Random(seed).Shuffle(order);
        return Pick(order);
    }

    private AttributionDecision Decide(AttributionRule rule, int[] rows, IReadOnlyList<ChannelId> names)
    {
        JourneyTouch[] touches =
        [
            .. rows.Select((row, i) => new JourneyTouch
            {
                Id = new(row.ToString(CultureInfo.InvariantCulture)),
                At = Instant.FromUnixTimeTicks(Ticks[row]),
                Sequence = i,
                Partner = new(names[Channels[row]].Value),
            }),
        ];
        return Attributor.Assign(rule, touches, new() { At = touches[^1].At, KnownAt = Instant.MaxValue });
    }

    private IOrderedEnumerable<int> Order() => Enumerable.Range(0, Ticks.Length).OrderBy(i => Customers[i])
        .ThenBy(i => Ticks[i]).ThenBy(i => Ids.Length == 0 ? 0 : Ids[i]);

    private IEnumerable<(int[] Rows, bool Converts)> Journeys()
    {
        foreach (IGrouping<int, int> customer in Order().GroupBy(i => Customers[i]))
        {
            List<int> open = [];
            foreach (int row in customer)
            {
                open.Add(row);
                if (Conversions[row])
                {
                    yield return ([.. open], true);
                    open.Clear();
                }
            }

            if (open.Count > 0)
            {
                yield return ([.. open], false);
            }
        }
    }

    private JourneyColumns Columns(int start, int count)
    {
        ReadOnlySpan<int> customers = Customers.AsSpan(start, count);
        ReadOnlySpan<ushort> channels = Channels.AsSpan(start, count);
        ReadOnlySpan<long> ticks = Ticks.AsSpan(start, count);
        ReadOnlySpan<bool> conversions = Conversions.AsSpan(start, count);
        ReadOnlySpan<long> values = Values.AsSpan(start, count);
        ReadOnlySpan<long> ids = Ids.Length == 0 ? default : Ids.AsSpan(start, count);
        if (!HasLargeCustomers)
        {
            return new(customers, channels, ticks, conversions) { Values = values, Ids = ids };
        }

        long[] large = [.. customers.ToArray().Select(static customer => (customer - 2) * 0x1000_0001_0001)];
        return new(large, channels, ticks, conversions) { Values = values, Ids = ids };
    }

    private ColumnLog Pick(int[] rows) => new(
        [.. rows.Select(i => Customers[i])],
        [.. rows.Select(i => Channels[i])],
        [.. rows.Select(i => Ticks[i])],
        [.. rows.Select(i => Conversions[i])],
        [.. rows.Select(i => Values[i])])
    {
        Ids = Ids.Length == 0 ? [] : [.. rows.Select(i => Ids[i])],
        HasLargeCustomers = HasLargeCustomers,
    };
}
