using System.Runtime.CompilerServices;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>What one channel has of many conversions and of their value, in <see cref="CreditUnits"/>.</summary>
internal struct CreditSum
{
    private const int LowBits = 32;
    private const long LowMask = (1L << LowBits) - 1;

    // A value of 64 bits times 2^62 units leaves no room for a sum: its lower 32 bits are summed apart.
    private Int128 credit;
    private Int128 highValue;
    private Int128 lowValue;

    /// <summary>Adds a share of one conversion.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(long units) => credit = unchecked(credit + units);

    /// <summary>Adds a share of what one conversion is worth.</summary>
    internal void AddValue(long value, long units)
    {
        highValue += Math.BigMul(value >> LowBits, units);
        lowValue += Math.BigMul(value & LowMask, units);
    }

    /// <summary>Adds the same share of many conversions, which are worth something together.</summary>
    internal void Add(long count, Int128 value, long units)
    {
        credit += Math.BigMul(count, units);
        if (value != 0)
        {
            highValue += (value >> LowBits) * units;
            lowValue += (value & LowMask) * units;
        }
    }

    internal void Add(in CreditSum other)
    {
        credit += other.credit;
        highValue += other.highValue;
        lowValue += other.lowValue;
    }

    internal readonly ChannelCredit Of(ChannelId channel) => new(channel, CreditUnits.ToDouble(credit), Value());

    /// <summary>What the channels have, sorted.</summary>
    internal static ValueList<ChannelCredit> Sorted(ReadOnlySpan<ChannelId> channels, ReadOnlySpan<CreditSum> sums)
    {
        var credits = new ChannelCredit[channels.Length];
        for (int i = 0; i < credits.Length; i++)
        {
            credits[i] = sums[i].Of(channels[i]);
        }

        Array.Sort(credits, static (left, right) => left.Channel.CompareTo(right.Channel));
        return ValueList<ChannelCredit>.Own(credits);
    }

    // Rounded once: of what does not fit, the bits that are left out only say whether anything is left.
    private readonly double Value()
    {
        Int128 high = highValue + (lowValue >> LowBits);
        Int128 low = lowValue & LowMask;
        return Int128.Abs(high) < Int128.One << (126 - LowBits)
            ? CreditUnits.ToDouble((high << LowBits) + low)
            : CreditUnits.ToDouble(high | (low == 0 ? Int128.Zero : Int128.One)) * (1L << LowBits);
    }
}
