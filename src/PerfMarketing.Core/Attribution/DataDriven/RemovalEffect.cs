using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Attribution.DataDriven;

/// <summary>What would be lost without a channel, and its credit by that.</summary>
/// <param name="Name">The channel, or the group's name.</param>
/// <param name="Channels">The channels that are removed together; one unless it is a group.</param>
/// <param name="Removal">
/// The share of conversions that would be lost, from 0 to 1; 0 for a channel that is in no converting journey.
/// </param>
/// <param name="ValueRemoval">The same of the value; null when all value together is 0.</param>
/// <param name="Credit">Its conversions: all conversions, shared out in proportion to the removal effects.</param>
/// <param name="Value">
/// Its value: all value, shared out in proportion to what would be lost of it; null when the losses cancel to 0, and
/// then there is no such proportion.
/// </param>
public sealed record RemovalEffect(
    string Name,
    ValueList<ChannelId> Channels,
    double Removal,
    double? ValueRemoval,
    double Credit,
    double? Value);
