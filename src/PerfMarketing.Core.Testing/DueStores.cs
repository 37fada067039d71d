using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>A ledger store with what it noted of outcomes that are due: what <see cref="DueChecks"/> checks.</summary>
/// <param name="Ledger">The ledger store.</param>
/// <param name="Due">What it noted; often the same object.</param>
public sealed record DueStores(ILedgerStore Ledger, IDueOutcomes Due);
