using System.Diagnostics.CodeAnalysis;
using PerfMarketing.Attribution.DataDriven.Columns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Benchmarks.Attribution;

/// <summary>Touches of a seed: about four for each customer, over 30 days, one in twenty an outcome.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The sample must come out the same each time.")]
internal sealed class ColumnSample
{
    private const long Span = 30L * 24 * 3600 * 10_000_000;

    private ColumnSample(int count, ValueList<ChannelId> channels)
    {
        Channels = channels;
        Customers = new int[count];
        Numbers = new ushort[count];
        Ticks = new long[count];
        Conversions = new bool[count];
    }

    public ValueList<ChannelId> Channels { get; }

    public int[] Customers { get; }

    public ushort[] Numbers { get; }

    public long[] Ticks { get; }

    public bool[] Conversions { get; }

    /// <summary>A log in the order in which things happened, its customers at random.</summary>
    public static ColumnSample Random(int count, int channels, int seed)
    {
        Random random = new(seed);
        ColumnSample sample = new(
            count, [.. Enumerable.Range(0, channels).Select(static i => new ChannelId($"channel {i}"))]);
        for (int i = 0; i < count; i++)
        {
            sample.Customers[i] = random.Next(Math.Max(1, count / 4));
            sample.Numbers[i] = (ushort)Math.Min(random.Next(channels), random.Next(channels));
            sample.Ticks[i] = (long)((double)Span * i / count);
            sample.Conversions[i] = random.Next(20) == 0;
        }

        return sample;
    }

    public ColumnCredits Attribute(ColumnOptions options) =>
        ColumnCredits.Of(new(Customers, Numbers, Ticks, Conversions), options);

    public ColumnCredits AttributeLarge(ColumnOptions options)
    {
        ColumnRun run = new(options);
        const int Chunk = 1 << 20;
        long[] ids = new long[Math.Min(Chunk, Customers.Length)];
        for (int start = 0; start < Customers.Length; start += Chunk)
        {
            int count = Math.Min(Chunk, Customers.Length - start);
            for (int i = 0; i < count; i++)
            {
                ids[i] = unchecked(Customers[start + i] * 0x1000_0001_0001L);
            }

            run.Add(new(
                ids.AsSpan(0, count),
                Numbers.AsSpan(start, count),
                Ticks.AsSpan(start, count),
                Conversions.AsSpan(start, count)));
        }

        return run.Finish();
    }

    /// <summary>The same touches, customer by customer.</summary>
    public ColumnSample Grouped()
    {
        int[] order = [.. Enumerable.Range(0, Customers.Length)];
        Array.Sort((int[])Customers.Clone(), order);
        ColumnSample sample = new(order.Length, Channels);
        for (int i = 0; i < order.Length; i++)
        {
            sample.Customers[i] = Customers[order[i]];
            sample.Numbers[i] = Numbers[order[i]];
            sample.Conversions[i] = Conversions[order[i]];
            sample.Ticks[i] = (long)((double)Span * i / order.Length);
        }

        return sample;
    }
}
