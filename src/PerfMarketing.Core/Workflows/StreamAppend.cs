using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>Records to append to one stream, provided that it stands where the decision found it.</summary>
/// <param name="Expected">The stream and its version before; nothing is committed when it has another.</param>
/// <param name="Records">The records, in order; none when the decision only depends on the stream.</param>
public sealed record StreamAppend(StreamPosition Expected, ValueList<CampaignRecord> Records);
