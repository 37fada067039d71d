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

    /// <summary>
    /// How long a touch may count for an outcome: <c>touch ≤ conversion &lt; touch + lookback</c>. Default: without
    /// limit. A touch that is too old for the outcome that ends its journey counts for nothing.
    /// </summary>
    public LookbackWindow Lookback { get; init; } = LookbackWindow.Unlimited;

    /// <summary>The half-life of time decay: above 0. Default 7 days.</summary>
    public Duration HalfLife { get; init; } = Duration.FromDays(7);

    /// <summary>How many threads may work at once; 1 unless stated. The result does not depend on it.</summary>
    public int Threads { get; init; } = 1;
}
