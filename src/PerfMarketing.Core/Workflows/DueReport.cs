using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>What came of one call for what is due.</summary>
/// <param name="Reports">
/// What was decided, in its order: each outcome that was due, and each that one of these decisions let go on. Outcomes
/// whose wait goes on are not among them.
/// </param>
/// <param name="Next">Hand it in with the next call, which goes on there; null when nothing is left.</param>
public sealed record DueReport(ValueList<ConversionReport> Reports, DueOutcome? Next);
