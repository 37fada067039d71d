using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>A store that passes all calls on, but for those that a test is about.</summary>
internal abstract class PassingLedger(ILedgerStore first) : ILedgerStore
{
    public ILedgerStore Inner { get; set; } = first;

    public virtual ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
        Inner.CommitAsync(batch, cancellationToken);

    public virtual ValueTask<ValueList<CommitResult>> CommitAllAsync(
        ValueList<CommitBatch> batches, CancellationToken cancellationToken) =>
        Inner.CommitAllAsync(batches, cancellationToken);

    public virtual IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
        Inner.ReadAsync(after, cancellationToken);

    public ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
        Inner.FindAsync(unit, keys, cancellationToken);
}
