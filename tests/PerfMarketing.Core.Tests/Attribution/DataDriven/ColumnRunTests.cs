using System.Diagnostics.CodeAnalysis;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.DataDriven.Columns;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution.DataDriven;

[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class ColumnRunTests
{
    private static readonly ValueList<ChannelId> Channels = [new("seo"), new("ads"), new("mail"), new("e>x")];

    [Fact]
    public void Columns_give_the_credits_of_the_rules_one_outcome_at_a_time() =>
        Check(static log =>
        {
            ColumnCredits credits = log.Attribute(new(Channels));
            return Same(credits.First, log.Naive(new FirstTouch())) && Same(credits.Last, log.Naive(new LastTouch()))
                && Same(credits.Linear, log.Naive(new Linear()))
                && Same(credits.Position, log.Naive(new PositionBased()))
                && Same(credits.TimeDecay, log.Naive(new TimeDecay()))
                && credits.Conversions == log.Conversions.Count(static c => c) && credits.TooLong == 0;
        });

    [Fact]
    public void A_lookback_leaves_out_what_is_too_old() =>
        Check(static log =>
        {
            ColumnOptions options = new(Channels) { Lookback = Duration.FromHours(30) };
            Linear rule = new() { Lookback = Duration.FromHours(30) };
            return Same(log.Attribute(options).Linear, log.Naive(rule));
        });

    [Fact]
    public void Threads_chunks_and_grouping_change_no_bit() =>
        Check(static log =>
        {
            ColumnCredits whole = log.Attribute(new(Channels));
            return log.Attribute(new(Channels) { Threads = 3 }) == whole
                && log.Attribute(new(Channels), chunk: 3) == whole
                && log.Grouped().Attribute(new(Channels)) == whole
                && ColumnCredits.Of(log.Columns(), new(Channels)) == whole;
        });

    [Fact]
    public void In_the_order_of_time_nothing_is_sorted_and_no_bit_changes() =>
        Check(static log =>
        {
            ColumnLog inTime = log.ByTime();
            ColumnOptions within = new(Channels) { Lookback = Duration.FromHours(30) };
            return inTime.Attribute(new(Channels)) == log.Attribute(new(Channels))
                && inTime.Attribute(new(Channels) { Threads = 2 }, chunk: 7) == log.Attribute(new(Channels))
                && inTime.Attribute(within) == log.Attribute(within)
                && log.Grouped().Attribute(within) == log.Attribute(within);
        });

    [Fact]
    public void With_ids_the_order_of_rows_changes_no_bit() =>
        Check(static log =>
        {
            ColumnLog named = log with { Ids = [.. Enumerable.Range(0, log.Ticks.Length).Select(static i => (long)i)] };
            return named.Reversed().Attribute(new(Channels), chunk: 5) == named.Attribute(new(Channels));
        });

    [Fact]
    public void The_counts_of_moves_are_those_of_the_paths() =>
        Check(static log => log.Attribute(new(Channels)).Chain == ChainCounts.Of(log.Paths(), 1));

    [Fact]
    public void Many_customers_in_many_chunks_fall_into_blocks()
    {
        ColumnLog log = ColumnLog.Random(seed: 7, rows: 300_000, customers: 60_000);

        ColumnCredits one = log.Attribute(new(Channels));

        log.Attribute(new(Channels) { Threads = 2 }, chunk: 70_000).Should().Be(one);
        log.Attribute(new(Channels), chunk: 999).Should().Be(one);
        log.Grouped().Attribute(new(Channels)).Should().Be(one);
        log.ByTime().Attribute(new(Channels), chunk: 80_000).Should().Be(one);
        log.ByTime().Attribute(new(Channels) { Threads = 3 }).Should().Be(one);
        ColumnCredits.Of(log.Grouped().Columns(), new(Channels)).Should().Be(one);
        one.Touches.Should().Be(300_000);
        one.Linear.Sum(static c => c.Credit).Should().BeApproximately(one.Conversions, 1e-8);
        one.TimeDecay.Sum(static c => c.Credit).Should().BeApproximately(one.Conversions, 1e-8);
        one.Chain.Should().Be(ChainCounts.Of(log.Paths(), 1));
    }

    [Fact]
    public void Columns_that_are_grouped_only_at_first_give_the_same()
    {
        ColumnLog log = ColumnLog.Random(seed: 9, rows: 9_000, customers: 3_000).Grouped();
        ColumnLog late = log with { Customers = [.. log.Customers.SkipLast(1), 0] };

        ColumnCredits.Of(late.Columns(), new(Channels)).Should().Be(late.Attribute(new(Channels), chunk: 1_000));
        ColumnCredits.Of(log.Columns(), new(Channels)).Should().Be(log.Attribute(new(Channels), chunk: 1_000));
    }

    [Fact]
    public void More_than_255_channels_are_no_matter()
    {
        ChannelId[] many = [.. Enumerable.Range(0, 1_000).Select(static i => new ChannelId($"c{i}"))];
        JourneyColumns columns = new([0, 0, 0], [999, 256, 999], [1, 2, 3], [false, false, true]);

        ColumnCredits credits = ColumnCredits.Of(columns, new([.. many]));

        credits.Linear.Where(static c => c.Credit > 0).Select(static c => c.Channel.Value)
            .Should().Equal("c256", "c999");
        FluentActions.Invoking(() => new ColumnRun(new([.. many, .. many]))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_journey_that_is_too_long_credits_nobody()
    {
        const int Length = ColumnCredits.TouchCountMax + 1;
        var conversions = new bool[Length];
        conversions[^1] = true;
        JourneyColumns columns = new(new int[Length], new ushort[Length], new long[Length], conversions);

        ColumnCredits credits = ColumnCredits.Of(columns, new(Channels));

        credits.Conversions.Should().Be(0);
        credits.TooLong.Should().Be(1);
        credits.Last.Sum(static c => c.Credit).Should().Be(0);
        ColumnRun inChunks = new(new(Channels));
        inChunks.Add(columns);
        inChunks.Finish().Should().Be(credits);
        credits.Chain.Conversions.Should().Be(1);
    }

    // One chunk stands for 8,192 of them, so that 2^31 rows need no memory.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void More_touches_of_a_few_customers_than_can_be_held_are_refused_by_name(bool inOrder)
    {
        var ticks = new long[ColumnSegment.RowsMax];
        ticks[0] = inOrder ? 0 : 1;
        ColumnSegment segment = new(
            new(new int[ticks.Length], new ushort[ticks.Length], ticks, new bool[ticks.Length]), new(4));
        BlockWork work = new([.. Enumerable.Repeat(segment, 8_192)], new(new(Channels)));

        FluentActions.Invoking(() => work.Do(0)).Should().Throw<InvalidOperationException>()
            .WithMessage("*more than 2147483591 touches*");
    }

    [Fact]
    public void What_is_out_of_range_is_named()
    {
        FluentActions.Invoking(static () => new JourneyColumns([1], [0], [1, 2], [true]).Count)
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(static () => ColumnCredits.Of(new([0], [4], [1], [true]), new(Channels)))
            .Should().Throw<ArgumentException>().WithMessage("*channel*");
        FluentActions.Invoking(static () => ColumnCredits.Of(new([-1], [0], [1], [true]), new(Channels)))
            .Should().Throw<ArgumentException>().WithMessage("*customer*");
    }

    [Fact]
    public void Large_ids_of_customers_change_no_bit() =>
        Check(static log =>
        {
            ColumnCredits small = log.Attribute(new(Channels));
            ColumnLog large = log.WithLargeCustomers();
            ColumnOptions within = new(Channels) { Lookback = Duration.FromHours(30) };
            return large.Attribute(new(Channels)) == small
                && large.Attribute(new(Channels) { Threads = 3 }, chunk: 3) == small
                && large.ByTime().Attribute(new(Channels), chunk: 7) == small
                && ColumnCredits.Of(large.Grouped().Columns(), new(Channels)) == small
                && large.Attribute(within) == log.Attribute(within);
        });

    [Fact]
    public void Many_customers_with_large_ids_fall_into_blocks()
    {
        ColumnLog log = ColumnLog.Random(seed: 8, rows: 700_000, customers: 400_000);
        ColumnLog large = log.WithLargeCustomers();
        ColumnCredits one = log.Attribute(new(Channels));

        large.Attribute(new(Channels)).Should().Be(one);
        large.Attribute(new(Channels) { Threads = 2 }, chunk: 70_000).Should().Be(one);
        large.ByTime().Attribute(new(Channels)).Should().Be(one);
    }

    [Fact]
    public void Chunks_number_their_customers_in_one_way()
    {
        ColumnRun run = new(new(Channels));
        run.Add(new([1], [0], [1], [true]));

        FluentActions.Invoking(() => run.Add(new([1L], [0], [1], [true]))).Should().Throw<ArgumentException>()
            .WithMessage("*number their customers*");
    }

    [Fact]
    public void Ids_become_small_numbers_in_the_order_in_which_they_came()
    {
        CustomerNumbers numbers = new();
        long[] ids = [.. Enumerable.Range(0, 10_000).Select(static i => (i % 5_000) * -7_777_777_777L)];

        numbers.Number(ids);

        numbers.Count.Should().Be(5_000);
        ids.Should().Equal(Enumerable.Range(0, 10_000).Select(static i => i % 5_000L));
        numbers.Clear();
        numbers.Number(ids.AsSpan(4_998));
        ids[4_998].Should().Be(0);
        ids[^1].Should().Be(1);
    }

    // As many ticks as there are: the upper bits of times find no room in a row.
    [Fact]
    public void Times_far_apart_and_many_channels_change_no_bit() =>
        Check(static log =>
        {
            long[] ticks = [.. log.Ticks.Select(static t => (t * 100_000) - (long.MaxValue / 3))];
            ColumnLog wide = log with { Ticks = ticks };
            ChannelId[] many = [.. Enumerable.Range(0, 2_044).Select(static i => new ChannelId($"c{i}"))];
            ColumnOptions options = new([.. Channels, .. many]) { HalfLife = Duration.FromDays(1_000) };
            ColumnCredits sorted = ColumnCredits.Of(wide.Grouped().Columns(), options);
            return wide.Attribute(options) == sorted && wide.ByTime().Attribute(options, chunk: 9) == sorted;
        });

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(6_048_000_000_000)]
    [InlineData((1L << 57) - 1)]
    public void Weights_without_long_division_are_the_same(long halfLife)
    {
        HalvingScale scale = new((ulong)halfLife);
        Random random = new(3);
        for (int i = 0; i < 20_000; i++)
        {
            long age = random.NextInt64(0, Math.Min(long.MaxValue / 2, halfLife) * (1 + (i % 50) > 40 ? 1 : 2));
            scale.Of(age).Should().Be(HalvingWeight.Of((UInt128)age, (ulong)halfLife));
        }

        scale.Of(0).Should().Be(HalvingWeight.One);
        scale.Of(halfLife).Should().Be(HalvingWeight.One / 2);
    }

    private static bool Same(
        ValueList<ChannelCredit> found, Dictionary<ChannelId, (double Credit, double Value)> wanted) =>
        found.All(credit => wanted.GetValueOrDefault(credit.Channel) is var (own, value)
            && Math.Abs(credit.Credit - own) < 1e-12 && Math.Abs(credit.Value!.Value - value) < 1e-7);

    private static void Check(Func<ColumnLog, bool> holds) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).Select(static seed => ColumnLog.Random(seed, 1 + (seed % 40), 6)).ToArbitrary(),
        holds).QuickCheckThrowOnFailure();
}
