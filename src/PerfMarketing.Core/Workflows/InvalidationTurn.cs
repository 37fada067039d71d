using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Workflows;

/// <summary>Loads what a source earned, lets the kernel take what is invalid, and commits all of it at once.</summary>
internal sealed class InvalidationTurn(ConversionTurn turn)
{
    private readonly Campaign campaign = turn.Campaign;
    private readonly ILedgerStore ledger = turn.Ledger;

    public async ValueTask<InvalidationReport> InvalidateAsync(
        Invalidation invalidation, Instant asOf, CancellationToken cancellationToken)
    {
        if (invalidation.Id.IsUnset)
        {
            return new(new CampaignDecider(campaign).Invalidate(new(campaign), invalidation, asOf), null, []);
        }

        if (turn.CapsPeriods)
        {
            await turn.CloseFirstAsync(asOf, [], cancellationToken).ConfigureAwait(false);
        }

        CommitAttempts attempts = new(ledger, campaign.Id);
        string key = $"invalidation/{StreamId.Escape(invalidation.Id.Value)}";
        while (true)
        {
            CampaignStreams streams = new(campaign, ledger);
            InvalidationDecision decision =
                await LoadAndDecideAsync(streams, invalidation, asOf, cancellationToken).ConfigureAwait(false);
            if (decision.Kept is { } kept)
            {
                if (await attempts.CommitAsync(streams.ToBatch(kept), cancellationToken).ConfigureAwait(false)
                    is { } keptBy)
                {
                    return new(decision, keptBy, []);
                }

                continue;
            }

            if (decision.Answer != BookingAnswer.Booked)
            {
                string asked = decision.Answer == BookingAnswer.Replayed ? key
                    : CampaignStreams.ConflictKeyOf(invalidation.Id, TermDigest.Of(invalidation));
                ValueList<CommitReceipt> found =
                    await ledger.FindAsync(campaign.Id, [asked], cancellationToken).ConfigureAwait(false);
                return new(
                    decision,
                    found.Count > 0 ? found[0] : null,
                    await FinishAsync(decision, asOf, cancellationToken).ConfigureAwait(false));
            }

            List<OutboxMessage> calls = [];
            foreach (Decision made in decision.Decisions.AsEnumerable())
            {
                calls.AddRange(
                    await turn.CallsAsync(streams, made, null, cancellationToken).ConfigureAwait(false));
            }

            CommitBatch batch = streams.ToBatch(key, invalidation, decision, calls);
            if (await attempts.CommitAsync(batch, cancellationToken).ConfigureAwait(false) is { } receipt)
            {
                return new(
                    decision,
                    receipt,
                    await turn.ReviewAsync(DueAfter(decision), cancellationToken).ConfigureAwait(false));
            }

            // Whatever was committed instead is in the streams.
        }
    }

    private static IEnumerable<DueOutcome> DueAfter(InvalidationDecision made) =>
        made.Due.Select(id => new DueOutcome(id, made.Entries[0].DecidedAt));

    // A call that broke off may have taken the lines, and not given the room to whoever waited for it.
    private async ValueTask<ValueList<ConversionReport>> FinishAsync(
        InvalidationDecision known, Instant asOf, CancellationToken cancellationToken)
    {
        if (known.Entries.Count == 0)
        {
            return [];
        }

        IEnumerable<OutcomeId> taken = known.Entries.Select(static e => e.OutcomeId).Distinct();
        ValueList<DueOutcome> due = await turn
            .LeftAsync(taken, known.Entries[0].DecidedAt, asOf, cancellationToken).ConfigureAwait(false);
        return await turn.ReviewAsync(due, cancellationToken).ConfigureAwait(false);
    }

    // Which lines are taken from is known once it was decided: what they name is read, and it is decided again.
    private async ValueTask<InvalidationDecision> LoadAndDecideAsync(
        CampaignStreams streams, Invalidation invalidation, Instant asOf, CancellationToken cancellationToken)
    {
        CampaignDecider decider = new(campaign);
        await streams.LoadAsync(streams.StreamsOf(invalidation), cancellationToken).ConfigureAwait(false);
        while (invalidation.When is not null
            && await streams.LoadAsync(streams.StreamsOfAll(), cancellationToken).ConfigureAwait(false))
        {
        }

        // What stands under the id copies what ledgers hold: it comes after them.
        await streams.LoadAsync([StreamId.OfBooking(campaign.Id, invalidation.Id)], cancellationToken)
            .ConfigureAwait(false);
        InvalidationDecision decision;
        bool isMissing;
        do
        {
            decision = decider.Invalidate(streams.Fold(), invalidation, asOf);
            isMissing = await streams.LoadAsync(
                decision.Decisions.Select(d => StreamId.OfOutcome(campaign.Id, d.Outcome.Id)), cancellationToken)
                .ConfigureAwait(false);
            isMissing |= await streams.LoadAsync(decision.Decisions.SelectMany(streams.StreamsOf), cancellationToken)
                .ConfigureAwait(false);
        }
        while (isMissing);

        return decision;
    }
}
