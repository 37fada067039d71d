using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>Closes the periods of one contract that are over: loads, lets the kernel decide, commits.</summary>
internal sealed class PeriodTurn(Campaign campaign, ContractId contract, ILedgerStore ledger)
{
    private readonly Dictionary<StreamId, long> versions = [];
    private CampaignState state = new(campaign);

    /// <summary>Closes what is over, each end in a commit of its own.</summary>
    public async ValueTask CloseAsync(Instant asOf, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        CampaignDecider decider = new(campaign);
        int attempt = 0;
        while (state.NextClosing(contract) is { } end && end <= asOf)
        {
            CommitBatch batch = ToBatch(end, decider.ClosePeriods(state, contract, end));
            CommitResult result = await ledger.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            WorkflowTelemetry.NoteCommit(campaign.Id, result);
            if (result is CommitResult.Committed)
            {
                attempt = 0;
                foreach (StreamAppend append in batch.Appends)
                {
                    versions[append.Expected.Stream] += append.Records.Count;
                }

                continue;
            }

            if (++attempt == ConversionWorkflow.AttemptCountMax)
            {
                throw new CommitFailedException(batch.Key, result);
            }

            // Whatever was committed instead is in the streams.
            WorkflowTelemetry.NoteRetry(campaign.Id);
            await LoadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        state = new(campaign);
        versions.Clear();
        versions.Add(StreamId.OfPeriods(campaign.Id, contract), 0);
        IEnumerable<Contract> own = campaign.Contracts.Where(c => c.Id == contract);
        foreach (PartnerId partner in own.SelectMany(static c => c.Partners))
        {
            versions.TryAdd(StreamId.OfLedger(campaign.Id, contract, partner), 0);
        }

        ValueList<StreamPosition> all = [.. versions.Keys.Select(static s => new StreamPosition(s, 0))];
        await foreach (StoredRecord stored in ledger.ReadAsync(all, cancellationToken).ConfigureAwait(false))
        {
            state.Apply(stored.Record);
            versions[stored.Stream] = stored.Version;
        }
    }

    private CommitBatch ToBatch(Instant end, PeriodClosing closing)
    {
        ILookup<StreamId, CampaignRecord> added = closing.Records.ToLookup(record => record is LedgerEntry entry
            ? StreamId.OfLedger(campaign.Id, contract, entry.Partner)
            : StreamId.OfPeriods(campaign.Id, contract));
        string key = $"periods/{StreamId.Escape(contract.Value)}/{InstantText.Of(end)}";
        return new()
        {
            Unit = campaign.Id,
            Key = key,
            Content = new CanonicalWriter(key).ToDigest(),
            Appends =
            [
                .. versions.OrderBy(static s => s.Key.ToString(), StringComparer.Ordinal)
                    .Select(s => new StreamAppend(new(s.Key, s.Value), [.. added[s.Key]])),
            ],
            Outbox = [.. closing.Entries.Select(OutboxMessage.Of)],
        };
    }
}
