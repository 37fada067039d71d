namespace PerfMarketing.Budgets.Ledger;

/// <summary>What changed a line, and the answer.</summary>
internal sealed record LedgerChange(LedgerRequest Request, LedgerDecision Decision);
