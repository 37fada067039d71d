using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>A store after whose first commit something else happens.</summary>
internal sealed class BusyStore(ILedgerStore ledger, Action meanwhile) : PassingLedger(ledger)
{
    private bool isCommitted;

    public override async ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        CommitResult result = await base.CommitAsync(batch, cancellationToken);
        if (!isCommitted)
        {
            isCommitted = true;
            meanwhile();
        }

        return result;
    }
}
