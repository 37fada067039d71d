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
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Attribution.DataDriven;

/// <summary>Columns and outcomes that are attributed one at a time agree to the last bit.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class ColumnBitsTests
{
    private static readonly ValueList<ChannelId> Few = Named(4);
    private static readonly ValueList<ChannelId> Many = Named(300);

    [Fact]
    public void Few_channels_with_ties() => Check(static seed =>
        Agree(ColumnLog.Random(seed, 1 + (seed % 40), 6), new(Few)));

    [Fact]
    public void More_than_255_channels_and_any_instants() => Check(static seed =>
        Agree(InAnyOrder(seed, 1 + (seed % 90), 9, Many.Count), new(Many)));

    [Fact]
    public void A_lookback_and_another_half_life() => Check(static seed =>
    {
        ColumnOptions options = new(Few)
        {
            Lookback = Duration.FromHours(1 + (seed % 120)),
            HalfLife = Duration.FromMinutes(1 + (seed % 5_000)),
        };
        return Agree(ColumnLog.Random(seed, 1 + (seed % 40), 6), options)
            && Agree(InAnyOrder(seed, 1 + (seed % 40), 4, Few.Count), options);
    });

    [Fact]
    public void Ids_say_the_order_of_ties() => Check(static seed =>
    {
        ColumnLog log = ColumnLog.Random(seed, 1 + (seed % 40), 5);
        return Agree(log with { Ids = [.. log.Ticks.Select((_, i) => (long)i * 7_919 % 41)] }, new(Few));
    });

    [Fact]
    public void Values_of_any_size() => Check(static seed =>
    {
        Random random = new(seed);
        ColumnLog log = ColumnLog.Random(seed, 1 + (seed % 40), 5);
        long[] values = [.. log.Ticks.Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
        return Agree(log with { Values = values }, new(Few));
    });

    [Theory]
    [InlineData(255, 3)]
    [InlineData(256, 3)]
    [InlineData(257, 3)]
    [InlineData(2_000, 2)]
    [InlineData(ColumnCredits.TouchCountMax, 1)]
    public void Long_journeys(int touches, int customers)
    {
        ColumnLog log = InAnyOrder(touches, touches * customers, 1, Few.Count) with
        {
            Customers = [.. Enumerable.Range(0, touches * customers).Select(i => i / touches)],
        };
        bool[] conversions = [.. Enumerable.Range(0, touches * customers).Select(i => i % touches == touches - 1)];
        long[] ticks = [.. log.Ticks.Chunk(touches).SelectMany(static t => t.Order())];

        Agree(log with { Conversions = conversions, Ticks = ticks }, new(Few)).Should().BeTrue();
    }

    [Fact]
    public void Many_journeys() =>
        Agree(InAnyOrder(5, 60_000, 20_000, Many.Count), new(Many)).Should().BeTrue();

    [Fact]
    public void Every_conversion_is_shared_out_to_the_last_unit()
    {
        CreditTally tally = new(Few);
        for (int touches = 1; touches <= 100; touches++)
        {
            tally.Add(new int[touches], [.. Enumerable.Range(1, touches).Select(static i => (long)i * i)], touches);
        }

        tally.Credits()[0].Should().Be(new ChannelCredit(Few[0], 100, 5_050));
    }

    [Fact]
    public void Shares_without_long_division_are_the_same()
    {
        Random random = new(7);
        for (int i = 0; i < 200_000; i++)
        {
            long total = i switch
            {
                < 100 => (1L << 46) + i,
                < 200 => (1L << 62) - (i - 100),
                _ => random.NextInt64(1L << 46, 1L << random.Next(47, 63)),
            };
            long weight = i % 10 == 0 ? 1L << 46 : random.NextInt64(0, (1L << random.Next(1, 47)) + 1);
            long reciprocal = CreditUnits.Reciprocal(total);

            ((UInt128)(ulong)reciprocal).Should().Be((UInt128.One << 108) / (UInt128)total);
            CreditUnits.Of(weight, total, reciprocal).Should().Be(CreditUnits.Of((UInt128)weight, (UInt128)total));
        }
    }

    [Fact]
    public void A_tally_refuses_what_is_no_outcome()
    {
        CreditTally tally = new(Few);

        FluentActions.Invoking(() => tally.Add([0], [1, 2])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => tally.Add([0, 1], [0, 0])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => tally.Add([4], [1])).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => tally.Add([-1], [1])).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => tally.Add([0], [-1])).Should().Throw<ArgumentOutOfRangeException>();
        AttributionDecision nobody = new([], []);
        FluentActions.Invoking(() => tally.Add(nobody, [1])).Should().Throw<ArgumentException>();
        tally.Add(nobody, []);
        tally.Credits().Sum(static c => c.Credit).Should().Be(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-100)]
    [InlineData(99)]
    [InlineData(150)]
    [InlineData((36_525L * 86_400_000_000_000) + 100)]
    public void A_half_life_that_no_rule_has_is_refused_by_name(long nanoseconds)
    {
        ColumnOptions options = new(Few) { HalfLife = Duration.FromNanoseconds(nanoseconds) };

        FluentActions.Invoking(() => new ColumnRun(options)).Should().Throw<InvalidColumnsException>()
            .WithMessage("*HalfLife*").Which.Code.Should().Be(ColumnCodes.HalfLifeInvalid);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(36_525L * 86_400_000_000_000)]
    public void The_least_and_the_greatest_half_life(long nanoseconds)
    {
        ColumnLog log = ColumnLog.Random(3, 400, 60);
        ColumnOptions options = new(Few) { HalfLife = Duration.FromNanoseconds(nanoseconds) };

        log.Attribute(options).TimeDecay.Sum(static c => c.Credit).Should()
            .BeApproximately(log.Conversions.Count(static c => c), 1e-12);
    }

    // One channel, so that each row is a journey of long.MaxValue, 9.2·10^18.
    [Theory]
    [InlineData(10_000, false)]
    [InlineData(20_000, true)]
    public void Values_that_cannot_be_added_up_are_refused_by_name(int outcomes, bool isTooMuch)
    {
        long[] values = [.. Enumerable.Repeat(long.MaxValue, outcomes)];
        bool[] conversions = [.. Enumerable.Repeat(true, outcomes)];
        Func<ColumnCredits> attribute = () => ColumnCredits.Of(
            new(new int[outcomes], new ushort[outcomes], new long[outcomes], conversions) { Values = values },
            new(Few));

        if (isTooMuch)
        {
            attribute.Should().Throw<OverflowException>().WithMessage("*10^23 minor units*");
        }
        else
        {
            attribute().Position[0].Value.Should().Be(outcomes * (double)long.MaxValue);
        }
    }

    private static ValueList<ChannelId> Named(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => new ChannelId($"channel-{i:D3}"))];

    // In no order, ages of all sizes.
    private static ColumnLog InAnyOrder(int seed, int rows, int customers, int channels)
    {
        Random random = new(seed);
        ColumnLog log = ColumnLog.Random(seed, rows, customers, channels);
        return log with { Ticks = [.. log.Ticks.Select(_ => random.NextInt64(1L << random.Next(1, 48)))] };
    }

    private static bool Agree(ColumnLog log, ColumnOptions options)
    {
        ColumnLog large = log.WithLargeCustomers();
        ColumnCredits[] all =
        [
            log.Attribute(options),
            log.Attribute(options with { Threads = 2 }, chunk: 7_000),
            log.Attribute(options, chunk: 1 + (log.Ticks.Length / 3)),
            log.ByTime().Attribute(options),
            ColumnCredits.Of(log.Grouped().Columns(), options),
            large.Attribute(options),
            large.ByTime().Attribute(options, chunk: 5_000),
            .. log.Ids.Length == 0 ? [] : new[] { log.Shuffled(log.Ticks.Length).Attribute(options) },
        ];
        LookbackWindow lookback = options.Lookback;
        return Same(all, static c => c.First, log.OneByOne(new FirstTouch { Lookback = lookback }, options.Channels))
            && Same(all, static c => c.Last, log.OneByOne(new LastTouch { Lookback = lookback }, options.Channels))
            && Same(all, static c => c.Linear, log.OneByOne(new Linear { Lookback = lookback }, options.Channels))
            && Same(
                all, static c => c.Position, log.OneByOne(new PositionBased { Lookback = lookback }, options.Channels))
            && Same(
                all,
                static c => c.TimeDecay,
                log.OneByOne(new TimeDecay(options.HalfLife) { Lookback = lookback }, options.Channels));
    }

    private static bool Same(
        ColumnCredits[] all, Func<ColumnCredits, ValueList<ChannelCredit>> of, ValueList<ChannelCredit> wanted) =>
        all.All(credits => of(credits).Select(Bits).SequenceEqual(wanted.Select(Bits)));

    private static (ChannelId Channel, long Credit, long Value) Bits(ChannelCredit credit) => (
        credit.Channel,
        BitConverter.DoubleToInt64Bits(credit.Credit),
        BitConverter.DoubleToInt64Bits(credit.Value!.Value));

    private static void Check(Func<int, bool> holds) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), holds).QuickCheckThrowOnFailure();
}
