using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>Which campaign has which order of an advertiser, as far as one call asked.</summary>
/// <remarks>
/// A claim is committed before the decision that rests on it, in the unit of the advertiser, and never changes: so a
/// call that breaks off in between leaves a claim that the next one finds, and what was learned once stays true.
/// </remarks>
internal sealed class OrderClaims(Campaign campaign, ILedgerStore ledger)
{
    private readonly Dictionary<OrderId, OrderClaimed> held = [];

    /// <summary>Tells a state what other campaigns took.</summary>
    public void ApplyTo(CampaignState state)
    {
        foreach (OrderClaimed claim in held.Values)
        {
            state.Apply(claim);
        }
    }

    /// <summary>Takes orders for the campaign, unless another one has them.</summary>
    /// <param name="asked">What decisions take; null for a decision that takes nothing.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>
    /// Whether another campaign turned out to have one of them: what was decided is to be decided again.
    /// </returns>
    /// <exception cref="CommitFailedException">The store never said who has an order.</exception>
    public async ValueTask<bool> TakeAsync(IEnumerable<OrderClaimed?> asked, CancellationToken cancellationToken)
    {
        List<OrderClaimed> open =
            [.. asked.OfType<OrderClaimed>().Where(c => !held.ContainsKey(c.Order)).DistinctBy(static c => c.Order)];
        bool isTaken = false;
        int attempts = 0;
        while (open.Count > 0)
        {
            CommitResult last = await CommitAsync(open, cancellationToken).ConfigureAwait(false);
            if (last is not (CommitResult.Committed or CommitResult.Unavailable))
            {
                await ReadAsync(open, cancellationToken).ConfigureAwait(false);
            }

            isTaken |= open.Exists(c => held.TryGetValue(c.Order, out OrderClaimed? claim)
                && claim.Campaign != campaign.Id);
            if (open.RemoveAll(c => held.ContainsKey(c.Order)) == 0
                && ++attempts == ConversionWorkflow.AttemptCountMax)
            {
                throw new CommitFailedException(KeyOf(open[0]), last);
            }

            if (open.Count > 0)
            {
                WorkflowTelemetry.NoteRetry(campaign.Id);
            }
        }

        return isTaken;
    }

    // Free orders are taken by the first attempt, all of them with one call; what the store says of the first one that
    // is not free ends it.
    private async ValueTask<CommitResult> CommitAsync(List<OrderClaimed> open, CancellationToken cancellationToken)
    {
        ValueList<CommitBatch> batches = [.. open.Select(BatchOf)];
        ValueList<CommitResult> results = batches.Count == 1
            ? [await ledger.CommitAsync(batches[0], cancellationToken).ConfigureAwait(false)]
            : await ledger.CommitAllAsync(batches, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < results.Count; i++)
        {
            WorkflowTelemetry.NoteCommit(campaign.Id, results[i]);
            if (results[i] is CommitResult.Committed)
            {
                held.Add(open[i].Order, open[i]);
            }
        }

        return results[^1];
    }

    private async ValueTask ReadAsync(List<OrderClaimed> open, CancellationToken cancellationToken)
    {
        ValueList<StreamPosition> streams =
        [
            .. open.Where(c => !held.ContainsKey(c.Order)).Select(c => new StreamPosition(StreamOf(c), 0)),
        ];
        await foreach (StoredRecord stored in ledger.ReadAsync(streams, cancellationToken).ConfigureAwait(false))
        {
            if (stored.Record is OrderClaimed claim)
            {
                held.TryAdd(claim.Order, claim);
            }
        }
    }

    private CommitBatch BatchOf(OrderClaimed claim)
    {
        string key = KeyOf(claim);
        return new()
        {
            Unit = UnitId.OfAdvertiser(campaign.Advertiser),
            Key = key,
            Content = new CanonicalWriter(key).ToDigest(),
            Appends = [new(new(StreamOf(claim), 0), [claim])],
        };
    }

    private StreamId StreamOf(OrderClaimed claim) => StreamId.OfClaim(campaign.Advertiser, claim.Order);

    private static string KeyOf(OrderClaimed claim) => string.Join(
        '/',
        "claim",
        DerivedId.Of("order", claim.Order.Value),
        StreamId.Escape(claim.Campaign.Value),
        StreamId.Escape(claim.OutcomeId.Value));
}
