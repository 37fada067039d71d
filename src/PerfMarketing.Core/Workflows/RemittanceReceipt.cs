using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Workflows;

/// <summary>What came of the bank's answer to a remittance.</summary>
/// <param name="Answer">
/// Whether it counts, says nothing new, or contradicts what is known: then it is kept and no money moves.
/// </param>
/// <param name="Remittance">The remittance as it now stands.</param>
public sealed record RemittanceReceipt(DecisionAnswer Answer, RemittanceState Remittance);
