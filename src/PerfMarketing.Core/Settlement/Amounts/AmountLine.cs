using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>What a partner earned under a clause in a month: the sum of the earnings that would be posted.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Clause">The clause.</param>
/// <param name="Partner">The partner.</param>
/// <param name="Month">The month in the contract's zone, such as <c>2026-03</c>.</param>
/// <param name="Outcomes">How many outcomes the partner has the credit of.</param>
/// <param name="Value">What they are worth.</param>
/// <param name="Amount">What is paid for them.</param>
public sealed record AmountLine(
    ContractId Contract,
    ClauseId Clause,
    PartnerId Partner,
    string Month,
    long Outcomes,
    Money Value,
    Money Amount);
