namespace PerfMarketing.Proofs;

/// <summary>One header that came with evidence, as it was received.</summary>
/// <param name="Name">The header's name; upper and lower case are the same.</param>
/// <param name="Value">The value, without folding or trimming.</param>
public readonly record struct EvidenceHeader(string Name, string Value);
