using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Versions;

/// <summary>Which version of one contract prices an outcome for a partner, and why no newer one does.</summary>
/// <param name="Contract">The version; null when the contract pays nothing.</param>
/// <param name="Refusal">
/// Why the contract pays nothing, although it names the partner; null when it pays, or has nothing to do with the
/// partner.
/// </param>
/// <param name="Passed">
/// Each version passed over and why, from the newest; empty unless everything is to be explained.
/// </param>
public readonly record struct VersionChoice(Contract? Contract, Reason? Refusal, ValueList<Reason> Passed);
