using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Attribution.Paths;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Journeys;

/// <summary>What was counted of journeys.</summary>
/// <param name="Paths">Their paths.</param>
/// <param name="TimeDecay">
/// What time decay gives the channels; null when it was not asked for or there is no clock.
/// </param>
/// <param name="Lags">How long they took; empty when there is no clock.</param>
/// <param name="Segments">Each segment's journeys; null when they were not asked for.</param>
internal sealed record JourneyCounts(
    PathCounts Paths,
    ValueList<ChannelCredit>? TimeDecay,
    ValueList<TimeLag> Lags,
    SegmentTallies? Segments = null);
