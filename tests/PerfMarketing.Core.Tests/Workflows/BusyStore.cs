using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>A store after whose first commit something else happens.</summary>
internal sealed class BusyStore(ILedgerStore ledger, Action meanwhile) : ILedgerStore
{
    private bool isCommitted;

    public async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        CommitResult result = await ledger.CommitAsync(batch, cancellationToken);
        if (!isCommitted)
        {
            isCommitted = true;
            meanwhile();
        }

        return result;
    }

    public IAsyncEnumerable<StoredRecord> ReadAsync(
        ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
        ledger.ReadAsync(after, cancellationToken);

    public ValueTask<ValueList<CommitReceipt>> FindAsync(
        UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
        ledger.FindAsync(unit, keys, cancellationToken);
}
