using PerfMarketing.Identity;

namespace PerfMarketing.Tallies;

/// <summary>What a <see cref="Tally"/> counts for.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Clause">The clause of the contract.</param>
/// <param name="Partner">The partner who is credited.</param>
/// <param name="Period">The period's key in the contract's zone, such as <c>2026-03</c>.</param>
public readonly record struct TallyKey(ContractId Contract, ClauseId Clause, PartnerId Partner, string Period);
