using PerfMarketing.Proofs.Traffic;

namespace PerfMarketing.Settlement;

/// <content>What was seen of the stream of outcomes.</content>
public sealed partial class CampaignState
{
    /// <summary>What rules of invalid traffic and terms of calls remember.</summary>
    public TrafficWindow Traffic { get; } = new();
}
