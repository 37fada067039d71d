using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>A record with its place in its stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Version">The record's number in the stream, from 1 and without gaps.</param>
/// <param name="Record">The record.</param>
public sealed record StoredRecord(StreamId Stream, long Version, CampaignRecord Record);
