using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>A store that writes down what it is asked to commit: streams, versions and what is added.</summary>
internal sealed class RecordingLedger(ILedgerStore first, List<string> written) : PassingLedger(first)
{
    public override ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        written.Add(Text(batch));
        return base.CommitAsync(batch, cancellationToken);
    }

    public override ValueTask<ValueList<CommitResult>> CommitAllAsync(
        ValueList<CommitBatch> batches, CancellationToken cancellationToken)
    {
        written.AddRange(batches.Select(Text));
        return base.CommitAllAsync(batches, cancellationToken);
    }

    private static string Text(CommitBatch batch) => string.Join('\n', (string[])
    [
        $"{batch.Unit} {batch.Key} {batch.Content}",
        .. batch.Appends.Select(static a => string.Join(
            ' ', [a.Expected.ToString(), .. a.Records.Select(static r => TermJson.Write(r))])),
        .. batch.Due.Select(static d => d.ToString()),
        .. batch.Outbox.Select(static m => m.Id.ToString()),
    ]);
}
