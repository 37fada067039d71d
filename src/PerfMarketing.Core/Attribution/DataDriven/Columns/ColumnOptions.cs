using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>How columns are attributed.</summary>
/// <param name="Channels">What the numbers in the column of channels stand for, each once.</param>
public sealed record ColumnOptions(ValueList<ChannelId> Channels)
{
    /// <summary>The most channels: the moves between them are counted in a table of all pairs.</summary>
    public const int ChannelCountMax = 2_048;

    private static readonly Duration HalfLifeMax = Duration.FromDays(36_525);

    /// <summary>
    /// How long a touch may count for an outcome: <c>touch ≤ conversion &lt; touch + lookback</c>. Default: without
    /// limit. A touch that is too old for the outcome that ends its journey counts for nothing.
    /// </summary>
    public LookbackWindow Lookback { get; init; } = LookbackWindow.Unlimited;

    /// <summary>
    /// The half-life of time decay: above 0 and up to 36,525 days, a whole number of 100 ns. Default 7 days.
    /// </summary>
    public Duration HalfLife { get; init; } = Duration.FromDays(7);

    /// <summary>How many threads may work at once; 1 unless stated. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <exception cref="InvalidColumnsException">Something is out of range.</exception>
    internal void Check()
    {
        int count = Channels.Count;
        if (count is 0 or > ChannelCountMax || Channels.Distinct().Count() < count)
        {
            throw new InvalidColumnsException(
                ColumnCodes.ChannelsInvalid, $"A run has 1 to {ChannelCountMax} channels, each once.");
        }

        if (Threads < 1)
        {
            throw new InvalidColumnsException(ColumnCodes.ThreadsInvalid, $"{nameof(Threads)} is at least 1.");
        }

        if (HalfLife <= Duration.Zero || HalfLife > HalfLifeMax
            || Duration.FromTicks(HalfLife.BclCompatibleTicks) != HalfLife)
        {
            throw new InvalidColumnsException(
                ColumnCodes.HalfLifeInvalid,
                $"{nameof(HalfLife)} is above 0 and up to 36,525 days, in whole numbers of 100 ns.");
        }
    }
}
