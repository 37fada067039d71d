using PerfMarketing.Contracts;

namespace PerfMarketing.Testing;

/// <summary>A contract with one thing wrong.</summary>
/// <param name="Draft">The contract.</param>
/// <param name="Code">
/// The code of the failure that validation must tell; it may tell others that follow from it.
/// </param>
public sealed record InvalidDraft(ContractDraft Draft, string Code);
