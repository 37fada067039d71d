using System.Runtime.CompilerServices;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>A store that counts the records that are read from it, and may be exchanged for another.</summary>
internal sealed class CountingLedger(ILedgerStore first) : ILedgerStore
{
    public ILedgerStore Inner { get; set; } = first;

    public int RecordsRead { get; set; }

    public int Commits { get; set; }

    public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        Commits++;
        return Inner.CommitAsync(batch, cancellationToken);
    }

    public ValueTask<ValueList<CommitResult>> CommitAllAsync(
        ValueList<CommitBatch> batches, CancellationToken cancellationToken) =>
        Inner.CommitAllAsync(batches, cancellationToken);

    public async IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (StoredRecord record in Inner.ReadAsync(after, cancellationToken))
        {
            RecordsRead++;
            yield return record;
        }
    }

    public ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
        Inner.FindAsync(unit, keys, cancellationToken);
}
