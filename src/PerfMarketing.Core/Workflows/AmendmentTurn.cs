using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>Loads all that a contract paid, lets the kernel amend it, and commits outcome by outcome.</summary>
internal sealed class AmendmentTurn(ConversionTurn turn)
{
    private readonly Campaign campaign = turn.Campaign;
    private readonly ILedgerStore ledger = turn.Ledger;
    private readonly JourneysRead journeys = new();

    public async ValueTask<ValueList<ConversionReport>> AmendAsync(
        ContractId contract, Instant asOf, CancellationToken cancellationToken)
    {
        if (turn.CapsPeriods)
        {
            await turn.CloseFirstAsync(asOf, [], cancellationToken).ConfigureAwait(false);
        }

        List<ConversionReport> reports = [];
        CommitAttempts attempts = new(ledger, campaign.Id);
        bool isDone = false;
        while (!isDone)
        {
            isDone = true;
            CampaignStreams streams = new(campaign, ledger, turn.Orders);
            ValueList<Decision> decisions =
                await LoadAndDecideAsync(streams, contract, asOf, cancellationToken).ConfigureAwait(false);
            foreach (Decision decision in decisions.AsEnumerable())
            {
                if (decision.Records.Count == 0)
                {
                    continue;
                }

                ValueList<OutboxMessage> calls =
                    await turn.CallsAsync(streams, decision, null, cancellationToken).ConfigureAwait(false);
                CommitBatch batch = streams.ToBatch(contract, decision, calls);
                if (await attempts.CommitAsync(batch, cancellationToken).ConfigureAwait(false) is not { } receipt)
                {
                    if (attempts.Earlier is { } earlier)
                    {
                        // The key names what is posted: it is what was committed before.
                        reports.Add(ConversionReport.Of(decision) with { Receipt = earlier });
                        attempts = new(ledger, campaign.Id);
                    }

                    // Whatever was committed instead is in the streams: what is left is decided again.
                    isDone = false;
                    break;
                }

                streams.Advance(batch);
                reports.Add(ConversionReport.Of(decision) with { Receipt = receipt });
                attempts = new(ledger, campaign.Id);
            }
        }

        IEnumerable<DueOutcome> due = reports
            .SelectMany(static r => r.Due.Select(id => new DueOutcome(id, r.Records[0].DecidedAt)))
            .Concat(await turn.LeftAsync([], asOf, asOf, cancellationToken).ConfigureAwait(false));
        reports.AddRange(await turn.ReviewAsync(due, cancellationToken).ConfigureAwait(false));
        return reports.ToValueList();
    }

    // What decisions concern is known once they were made: what they name is read, and they are made again.
    private async ValueTask<ValueList<Decision>> LoadAndDecideAsync(
        CampaignStreams streams, ContractId contract, Instant asOf, CancellationToken cancellationToken)
    {
        CampaignDecider decider = new(campaign);
        ContractId[] affected = [.. decider.AffectedBy(contract)];
        await streams.LoadAsync(streams.StreamsOf(contract, affected, asOf), cancellationToken).ConfigureAwait(false);
        while (await streams.LoadAsync(streams.StreamsOfAll(), cancellationToken).ConfigureAwait(false))
        {
        }

        CampaignState known = streams.Fold();
        Outcome[] all = [.. known.Outcomes.Select(static o => o.Outcome).OfType<Outcome>()];
        decider = await turn.DeciderAsync(all, known, asOf, cancellationToken).ConfigureAwait(false);
        ValueList<Decision> decisions;
        bool isMissing;
        do
        {
            CampaignState state = streams.Fold();
            decisions = decider.Amend(state, contract, journeys, streams.PresentOf(state, asOf));
            isMissing = await streams
                .LoadAsync(decisions.SelectMany(streams.StreamsOf), cancellationToken).ConfigureAwait(false);
            foreach (Outcome outcome in journeys.TakeMissing())
            {
                Journey journey = await turn.ReadJourneyAsync(outcome, asOf, cancellationToken).ConfigureAwait(false);
                journeys.Add(outcome.Id, journey);
                isMissing = true;
            }
        }
        while (isMissing || await turn.Orders
            .TakeAsync(decisions.Select(streams.ClaimOf), cancellationToken).ConfigureAwait(false));

        return decisions;
    }

    /// <summary>The journeys that were read so far; those that are asked for in vain are read next.</summary>
    private sealed class JourneysRead : IJourneySource
    {
        private readonly Dictionary<OutcomeId, Journey> read = [];
        private readonly List<Outcome> missing = [];

        public Journey Find(Outcome outcome)
        {
            if (!read.TryGetValue(outcome.Id, out Journey journey))
            {
                missing.Add(outcome);
            }

            return journey;
        }

        public void Add(OutcomeId outcome, Journey journey) => read[outcome] = journey;

        public Outcome[] TakeMissing()
        {
            Outcome[] taken = [.. missing.DistinctBy(static o => o.Id)];
            missing.Clear();
            return taken;
        }
    }
}
