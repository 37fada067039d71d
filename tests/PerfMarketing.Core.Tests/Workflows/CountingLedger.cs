using System.Runtime.CompilerServices;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>A store that counts the records that are read from it, and may be exchanged for another.</summary>
internal sealed class CountingLedger(ILedgerStore first) : PassingLedger(first)
{
    public int RecordsRead { get; set; }

    public int Commits { get; set; }

    public override ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        Commits++;
        return base.CommitAsync(batch, cancellationToken);
    }

    public override async IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (StoredRecord record in Inner.ReadAsync(after, cancellationToken))
        {
            RecordsRead++;
            yield return record;
        }
    }
}
