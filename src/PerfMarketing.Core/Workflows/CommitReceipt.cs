using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Says what a commit did; kept with its idempotency key.</summary>
/// <param name="Key">The idempotency key.</param>
/// <param name="Positions">Each stream that grew, with its version after the commit, in the order of the batch.</param>
public sealed record CommitReceipt(string Key, ValueList<StreamPosition> Positions);
