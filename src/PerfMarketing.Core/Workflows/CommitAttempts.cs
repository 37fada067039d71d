using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>Tries to commit, within a bound that the attempts of one call share.</summary>
internal sealed class CommitAttempts(ILedgerStore ledger, CampaignId campaign)
{
    private int count;

    /// <summary>Whether what was kept may be used: not once it has been in the way twice.</summary>
    public bool IsFresh => count < 2;

    /// <summary>
    /// The receipt of what was committed under the key of the last batch before it was handed in; null when nothing
    /// was.
    /// </summary>
    public CommitReceipt? Earlier { get; private set; }

    /// <summary>
    /// Hands a batch in; again under the same key while the store cannot say whether it committed.
    /// </summary>
    /// <returns>
    /// The receipt of a commit that was done now; null when something else was committed before, and is to be read.
    /// </returns>
    /// <exception cref="CommitFailedException">The bound is reached.</exception>
    public async ValueTask<CommitReceipt?> CommitAsync(CommitBatch batch, CancellationToken cancellationToken)
    {
        CommitResult last;
        Earlier = null;
        do
        {
            last = await ledger.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            count++;
            WorkflowTelemetry.NoteCommit(campaign, last);
            if (last is not CommitResult.Committed && count < ConversionWorkflow.AttemptCountMax)
            {
                WorkflowTelemetry.NoteRetry(campaign);
            }
        }
        while (last is CommitResult.Unavailable && count < ConversionWorkflow.AttemptCountMax);

        Earlier = (last as CommitResult.Replayed)?.Receipt;
        return last is CommitResult.Committed committed ? committed.Receipt
            : count < ConversionWorkflow.AttemptCountMax ? null
            : throw new CommitFailedException(batch.Key, last);
    }

    /// <summary>Counts a read that lacked what is committed, as an attempt.</summary>
    /// <exception cref="CommitFailedException">The bound is reached.</exception>
    public void NoteStaleRead(string key)
    {
        if (++count >= ConversionWorkflow.AttemptCountMax)
        {
            throw new CommitFailedException($"What was committed under '{key}' is not read.");
        }

        WorkflowTelemetry.NoteRetry(campaign);
    }
}
