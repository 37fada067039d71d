using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>
/// Adds up what any rule gives the channels of outcomes that are attributed one at a time; the same in whatever order
/// they come, and bit for bit what columns give.
/// </summary>
/// <remarks>
/// Each touch has weight / total of its outcome in whole units of 2^−62, rounded down, and the newest credited touch
/// has what is left: all channels together have every outcome, exactly. Only the sums are rounded, to the nearest
/// floating-point number. Not thread-safe.
/// </remarks>
public sealed class CreditTally
{
    private readonly ValueList<ChannelId> channels;
    private readonly CreditSum[] sums;

    /// <summary>An empty tally.</summary>
    /// <param name="channels">What the channels' numbers stand for.</param>
    public CreditTally(ValueList<ChannelId> channels)
    {
        ArgumentNullException.ThrowIfNull(channels);
        this.channels = channels;
        sums = new CreditSum[channels.Count];
    }

    /// <summary>Adds who got the credit for an outcome; nothing when nobody did.</summary>
    /// <param name="decision">Who got the credit.</param>
    /// <param name="touchChannels">The numbers of the channels of the decision's touches, in their order.</param>
    /// <param name="value">What the outcome is worth, in minor units.</param>
    /// <exception cref="ArgumentException">There are more or fewer channels than touches.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number stands for no channel.</exception>
    public void Add(AttributionDecision decision, ReadOnlySpan<int> touchChannels, long value = 0)
    {
        ArgumentNullException.ThrowIfNull(decision);
        long[] weights = [.. decision.Touches.Select(static touch => touch.Weight)];
        if (weights.Length != touchChannels.Length || decision.IsCredited)
        {
            Add(touchChannels, weights, value);
        }
    }

    /// <summary>Adds an outcome.</summary>
    /// <param name="touchChannels">The numbers of the touches' channels, the oldest first.</param>
    /// <param name="weights">The touches' weights: at least 0, and together above 0.</param>
    /// <param name="value">What the outcome is worth, in minor units.</param>
    /// <exception cref="ArgumentException">
    /// The columns are not of one length, or no touch has a weight.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A weight is below 0, or a number stands for no channel.
    /// </exception>
    public void Add(ReadOnlySpan<int> touchChannels, ReadOnlySpan<long> weights, long value = 0)
    {
        if (touchChannels.Length != weights.Length)
        {
            throw new ArgumentException("The columns have one length.", nameof(weights));
        }

        UInt128 total = 0;
        int newest = -1;
        for (int i = 0; i < weights.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weights[i], nameof(weights));
            ArgumentOutOfRangeException.ThrowIfNegative(touchChannels[i], nameof(touchChannels));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(
                touchChannels[i], sums.Length, nameof(touchChannels));
            total += (UInt128)weights[i];
            newest = weights[i] > 0 ? i : newest;
        }

        if (newest < 0)
        {
            throw new ArgumentException("No touch has a weight.", nameof(weights));
        }

        long left = CreditUnits.One;
        for (int i = 0; i <= newest; i++)
        {
            long units = i == newest ? left : CreditUnits.Of((UInt128)weights[i], total);
            left -= units;
            ref CreditSum sum = ref sums[touchChannels[i]];
            sum.Add(units);
            sum.AddValue(value, units);
        }
    }

    /// <summary>What each channel got.</summary>
    /// <returns>The channels, sorted; values are in minor units.</returns>
    public ValueList<ChannelCredit> Credits() => CreditSum.Sorted([.. channels], sums);
}
