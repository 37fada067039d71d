using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Campaigns;

/// <summary>An acceptance that reaches back: earlier earnings of the contract are priced again from then on.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="AcceptedAt">When the version was accepted by both.</param>
public readonly record struct BackDatedVersion(ContractId Contract, Instant AcceptedAt);
