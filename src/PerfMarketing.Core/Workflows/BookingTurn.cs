using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Tallies;

namespace PerfMarketing.Workflows;

/// <summary>
/// Books one thing by hand: loads, lets the kernel decide, commits; and again when another was faster.
/// </summary>
internal sealed class BookingTurn(Campaign campaign, ILedgerStore ledger)
{
    private readonly Dictionary<StreamId, long> versions = [];
    private StreamId periods;
    private CampaignState state = new(campaign);

    /// <summary>Books it.</summary>
    public async ValueTask<BookingReport> BookAsync(
        ManualEarning manual, Instant asOf, CancellationToken cancellationToken)
    {
        CampaignDecider decider = new(campaign);
        if (manual.Id.IsUnset)
        {
            return new(decider.Book(state, manual, asOf), null);
        }

        CommitResult? last = null;
        string key = $"booking/{StreamId.Escape(manual.Id.Value)}";
        for (int attempt = 0; attempt < ConversionWorkflow.AttemptCountMax; attempt++)
        {
            if (attempt > 0)
            {
                WorkflowTelemetry.NoteRetry(campaign.Id);
            }

            await LoadAsync(manual, asOf, cancellationToken).ConfigureAwait(false);
            BookingDecision decision = decider.Book(state, manual, asOf);
            CommitBatch? batch = decision.Answer == BookingAnswer.Booked ? ToBatch(key, manual, decision)
                : decision.Kept is { } kept ? ToBatch(kept)
                : null;
            if (batch is null)
            {
                return new(decision, await FindAsync(key, manual, decision, cancellationToken).ConfigureAwait(false));
            }

            last = await ledger.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
            WorkflowTelemetry.NoteCommit(campaign.Id, last);
            if (last is CommitResult.Committed committed)
            {
                return new(decision, committed.Receipt);
            }

            // Whatever was committed instead is in the streams.
        }

        throw new CommitFailedException(key, last);
    }

    // A repetition gets the receipt of the first call, a conflict that of when it was kept.
    private async ValueTask<CommitReceipt?> FindAsync(
        string key, ManualEarning manual, BookingDecision decision, CancellationToken cancellationToken)
    {
        string? asked = decision.Answer switch
        {
            BookingAnswer.Replayed => key,
            BookingAnswer.Conflict => CampaignStreams.ConflictKeyOf(manual.Id, TermDigest.Of(manual)),
            _ => null,
        };
        ValueList<CommitReceipt> found = asked is null ? []
            : await ledger.FindAsync(campaign.Id, [asked], cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    private CommitBatch ToBatch(BookingConflict kept)
    {
        StreamId own = StreamId.OfBooking(campaign.Id, kept.Booking);
        return CampaignStreams.ToBatch(kept, new(own, versions[own]));
    }

    private async ValueTask LoadAsync(ManualEarning manual, Instant asOf, CancellationToken cancellationToken)
    {
        state = new(campaign);
        periods = StreamId.OfPeriods(campaign.Id, manual.Contract);
        versions.Clear();
        versions.Add(StreamId.OfBooking(campaign.Id, manual.Id), 0);
        versions.Add(StreamId.OfLedger(campaign.Id, manual.Contract, manual.Partner), 0);
        versions.Add(periods, 0);

        // In which tally it counts follows from the terms alone.
        foreach (LedgerEntry entry in new CampaignDecider(campaign).Book(new(campaign), manual, asOf).Entries)
        {
            if (TallyOf(entry) is { } tally)
            {
                versions.Add(tally, 0);
            }
        }

        HashSet<EntryId> seen = [];
        ValueList<StreamPosition> all = [.. versions.Keys.Select(static s => new StreamPosition(s, 0))];
        await foreach (StoredRecord stored in ledger.ReadAsync(all, cancellationToken).ConfigureAwait(false))
        {
            versions[stored.Stream] = stored.Version;
            if (stored.Record is not LedgerEntry entry || seen.Add(entry.Id))
            {
                state.Apply(stored.Record);
            }
        }
    }

    private StreamId? TallyOf(LedgerEntry entry) =>
        entry is ManualEntry { TallyScope: TallyScope.Contract or TallyScope.Campaign, TallyKey: { } key }
            ? StreamId.OfTally(campaign.Id, key)
            : null;

    private CommitBatch ToBatch(string key, ManualEarning manual, BookingDecision decision) => new()
    {
        Unit = campaign.Id,
        Key = key,
        Content = TermDigest.Of(manual),

        // The entry stands under its id, in the ledger, in a tally that is shared; no period is closed meanwhile.
        Appends =
        [
            .. versions.OrderBy(static s => s.Key.ToString(), StringComparer.Ordinal)
                .Select(s => new StreamAppend(
                    new(s.Key, s.Value), s.Key == periods ? [] : [.. decision.Entries])),
        ],
        Outbox = [.. decision.Entries.Select(OutboxMessage.Of)],
    };
}
