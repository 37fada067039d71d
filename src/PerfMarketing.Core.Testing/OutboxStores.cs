using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>A ledger store with the outbox that its commits fill: what <see cref="OutboxChecks"/> checks.</summary>
/// <param name="Ledger">The ledger store.</param>
/// <param name="ReadAsync">
/// Reads all messages that are in the outbox now, in the order in which they are to be sent; takes none out.
/// </param>
public sealed record OutboxStores(
    ILedgerStore Ledger, Func<CancellationToken, ValueTask<ValueList<OutboxMessage>>> ReadAsync);
