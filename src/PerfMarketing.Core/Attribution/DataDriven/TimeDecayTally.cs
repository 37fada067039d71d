using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>
/// Adds up what time decay gives the channels of many journeys; the same in whatever order journeys come.
/// </summary>
/// <remarks>
/// Weights are the whole numbers of <see cref="Rules.TimeDecay"/>, and credits are added up as
/// <see cref="CreditTally"/> does, so that they are those of columns, bit for bit. Not thread-safe.
/// </remarks>
public sealed class TimeDecayTally
{
    private const double ValueOne = 1e15;

    private readonly ulong halfLife;
    private readonly List<Int128> credits = [];
    private readonly List<Int128> values = [];
    private long[] weights = new long[64];

    /// <summary>An empty tally.</summary>
    /// <param name="halfLife">The age at which a touch weighs half; above 0 and at most 36,525 days.</param>
    public TimeDecayTally(Duration halfLife)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(halfLife, Duration.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(halfLife, Duration.FromDays(36_525));
        this.halfLife = (ulong)halfLife.ToInt64Nanoseconds();
    }

    /// <summary>Adds a converting journey.</summary>
    /// <param name="channels">The channels' numbers, the oldest touch first; at least one.</param>
    /// <param name="nanoseconds">When each touch happened, in nanoseconds since any one instant; never falling.</param>
    /// <param name="conversions">How many conversions it ended with.</param>
    /// <param name="value">What they are worth together.</param>
    /// <exception cref="ArgumentException">The columns are empty or not of one length.</exception>
    public void Add(ReadOnlySpan<int> channels, ReadOnlySpan<long> nanoseconds, long conversions, decimal value)
    {
        if (channels.IsEmpty || channels.Length != nanoseconds.Length)
        {
            throw new ArgumentException("The columns have one length, and at least one touch.", nameof(channels));
        }

        if (weights.Length < channels.Length)
        {
            weights = new long[2 * channels.Length];
        }

        // 2^46 for each of up to 2^31 touches is more than 64 bits, and so may be the span between two instants.
        UInt128 total = 0;
        for (int i = 0; i < channels.Length; i++)
        {
            weights[i] = HalvingWeight.Of((UInt128)((Int128)nanoseconds[^1] - nanoseconds[i]), halfLife);
            total += (UInt128)weights[i];
        }

        long left = CreditUnits.One;
        for (int i = 0; i < channels.Length; i++)
        {
            while (credits.Count <= channels[i])
            {
                credits.Add(0);
                values.Add(0);
            }

            long units = i == channels.Length - 1 ? left : CreditUnits.Of((UInt128)weights[i], total);
            left -= units;
            credits[channels[i]] += (Int128)units * conversions;
            values[channels[i]] += (Int128)((double)value * ValueOne * CreditUnits.ToDouble(units));
        }
    }

    /// <summary>What each channel got.</summary>
    /// <param name="channels">The channels in the order of their numbers.</param>
    /// <returns>The channels, sorted.</returns>
    public ValueList<ChannelCredit> Credits(ReadOnlySpan<ChannelId> channels)
    {
        var all = new ChannelCredit[channels.Length];
        for (int i = 0; i < all.Length; i++)
        {
            (Int128 credit, Int128 value) = i < credits.Count ? (credits[i], values[i]) : (0, 0);
            all[i] = new(channels[i], CreditUnits.ToDouble(credit), (double)value / ValueOne);
        }

        Array.Sort(all, static (left, right) => left.Channel.CompareTo(right.Channel));
        return ValueList<ChannelCredit>.Own(all);
    }
}
