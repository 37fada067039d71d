using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>A store that writes down what it is asked to commit: streams, versions and what is added.</summary>
internal sealed class RecordingLedger(ILedgerStore inner, List<string> written) : ILedgerStore
{
    public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        written.Add(Text(batch));
        return inner.CommitAsync(batch, cancellationToken);
    }

    public ValueTask<ValueList<CommitResult>> CommitAllAsync(
        ValueList<CommitBatch> batches, CancellationToken cancellationToken)
    {
        written.AddRange(batches.Select(Text));
        return inner.CommitAllAsync(batches, cancellationToken);
    }

    public IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
        inner.ReadAsync(after, cancellationToken);

    public ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
        inner.FindAsync(unit, keys, cancellationToken);

    private static string Text(CommitBatch batch) => string.Join('\n', (string[])
    [
        $"{batch.Unit} {batch.Key} {batch.Content}",
        .. batch.Appends.Select(static a => string.Join(
            ' ', [a.Expected.ToString(), .. a.Records.Select(static r => TermJson.Write(r))])),
        .. batch.Due.Select(static d => d.ToString()),
        .. batch.Outbox.Select(static m => m.Id.ToString()),
    ]);
}
