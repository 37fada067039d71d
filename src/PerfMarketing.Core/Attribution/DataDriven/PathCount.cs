using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>How many journeys went one way, and how they ended.</summary>
/// <param name="Path">The channels, from the oldest touch to the newest; at least one. Repeats stand again.</param>
/// <param name="Conversions">How many of the journeys converted; 0 or more.</param>
/// <param name="Nulls">How many of the journeys ended without converting; 0 or more.</param>
/// <param name="Value">
/// What the conversions are worth together, in units of one currency, with at most 15 decimals; may be negative.
/// </param>
public readonly record struct PathCount(ValueList<ChannelId> Path, long Conversions, long Nulls, decimal Value);
