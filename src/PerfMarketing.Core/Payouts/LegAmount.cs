using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Payouts;

/// <summary>What another contract pays for the same outcome, exact and for the whole outcome.</summary>
/// <param name="Contract">The other contract.</param>
/// <param name="Amount">What it pays all its partners together.</param>
public readonly record struct LegAmount(ContractId Contract, Accrual Amount);
