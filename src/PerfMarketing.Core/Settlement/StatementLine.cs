namespace PerfMarketing.Settlement;

/// <summary>A line of a statement, with its two periods.</summary>
/// <param name="Entry">The ledger entry.</param>
/// <param name="EventPeriod">The period in which the outcome occurred, such as <c>2026-02</c>.</param>
/// <param name="DecisionPeriod">The period in which it was decided: the statement's.</param>
public readonly record struct StatementLine(LedgerEntry Entry, string EventPeriod, string DecisionPeriod);
