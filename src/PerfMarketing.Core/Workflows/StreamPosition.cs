namespace PerfMarketing.Workflows;

/// <summary>A stream and how many records it holds.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Version">How many records; 0 for a stream that nothing was appended to.</param>
public readonly record struct StreamPosition(StreamId Stream, long Version);
