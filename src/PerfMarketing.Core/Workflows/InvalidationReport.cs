using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Workflows;

/// <summary>What came of an invalidation.</summary>
/// <param name="Decision">The decision; on a repeat the original entries.</param>
/// <param name="Receipt">What the commit did, also on a repeat; null when nothing was taken.</param>
/// <param name="Reviewed">What was decided on outcomes that had waited for room under a limit.</param>
public sealed record InvalidationReport(
    InvalidationDecision Decision, CommitReceipt? Receipt, ValueList<ConversionReport> Reviewed);
