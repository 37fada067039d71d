using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>What a channel is worth by a game, and its credit by that.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Worth">Its part of what all channels together are worth in the game; may be negative.</param>
/// <param name="Credit">Its conversions.</param>
/// <param name="Value">Its value; null when the worths of value cancel to 0, so that there is no proportion.</param>
public sealed record ChannelWorth(ChannelId Channel, double Worth, double Credit, double? Value);
