using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.Paths;

/// <summary>How a channel takes part in converting journeys.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Introduced">Conversions of journeys whose first touch it was.</param>
/// <param name="Assisted">Conversions of journeys that it was in and another channel closed.</param>
/// <param name="Closed">Conversions of journeys whose last touch it was.</param>
/// <param name="Involved">Conversions of journeys that it was in: assisted and closed.</param>
public sealed record ChannelRole(ChannelId Channel, long Introduced, long Assisted, long Closed, long Involved)
{
    /// <summary>
    /// Assisted conversions for each one closed: above 1 for a channel that rather helps. Null when it closed none.
    /// </summary>
    public Ratio? AssistRatio => Closed == 0 ? null : new Ratio(Assisted, Closed);
}
