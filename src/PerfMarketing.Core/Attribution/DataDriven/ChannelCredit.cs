using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>What one model gives one channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Credit">Its conversions; all channels together have all conversions.</param>
/// <param name="Value">Its value; null when the model knows no proportion in which to share it out.</param>
/// <param name="RemovalEffect">The share of conversions that would be lost without it; null for other models.</param>
public sealed record ChannelCredit(ChannelId Channel, double Credit, double? Value, double? RemovalEffect = null);
