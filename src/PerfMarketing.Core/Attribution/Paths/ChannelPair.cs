using PerfMarketing.Identity;

namespace PerfMarketing.Attribution.Paths;

/// <summary>How often a channel was the first and a channel the last of a converting journey.</summary>
/// <param name="First">The first touch's channel.</param>
/// <param name="Last">The last touch's channel; the same where first and last touch agree.</param>
/// <param name="Conversions">How many conversions.</param>
public sealed record ChannelPair(ChannelId First, ChannelId Last, long Conversions);

/// <summary>How many conversions came after paths of one length.</summary>
/// <param name="Touches">How many touches the path has.</param>
/// <param name="Conversions">How many conversions.</param>
/// <param name="Value">What they are worth together.</param>
public sealed record PathLength(int Touches, long Conversions, decimal Value);
