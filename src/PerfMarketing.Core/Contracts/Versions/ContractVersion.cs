using PerfMarketing.Identity;

namespace PerfMarketing.Contracts.Versions;

/// <summary>Names one version of a contract.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Version">The version.</param>
public readonly record struct ContractVersion(ContractId Contract, int Version);
