namespace PerfMarketing.Testing;

/// <summary>What goes wrong with one call, and how much of it.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Size">
/// Milliseconds of a delay; records of each stream, or touchpoints, that a stale read does not see; of several commits
/// with one call, how many of them are done from this one on, although nobody is told. At least 1.
/// </param>
public readonly record struct PortFault(PortFaultKind Kind, int Size = 1);
