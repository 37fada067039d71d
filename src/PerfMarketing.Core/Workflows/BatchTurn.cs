using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>
/// Decides many requests with few reads and one commit: what one call after the other would have come to.
/// </summary>
internal sealed class BatchTurn(ConversionTurn turn, Instant asOf)
{
    private readonly Campaign campaign = turn.Campaign;
    private readonly ILedgerStore ledger = turn.Ledger;
    private readonly Dictionary<OutcomeId, Journey> journeys = [];

    // How many requests to plan at once: twice as many as went together the last time, so that what is read in vain
    // stays within what is read.
    private int window = int.MaxValue;

    /// <summary>Decides all of them, in their order.</summary>
    public async ValueTask<ValueList<ConversionReport>> ProcessAsync(
        ConversionRequest[] requests, CancellationToken cancellationToken)
    {
        List<ConversionReport> reports = [];
        if (turn.CapsPeriods && requests.Length > 0)
        {
            // The first one closes what is over by then.
            reports.Add(await turn.DecideAsync(requests[0], cancellationToken).ConfigureAwait(false));
        }

        while (reports.Count < requests.Length)
        {
            await TakeAsync(requests, reports, cancellationToken).ConfigureAwait(false);
        }

        return reports.ToValueList();
    }

    // As many requests as can be planned and committed together; the one that stops it is taken by itself.
    private async ValueTask TakeAsync(
        ConversionRequest[] requests, List<ConversionReport> reports, CancellationToken cancellationToken)
    {
        int begin = reports.Count;
        int end = begin + Math.Min(window, requests.Length - begin);
        CampaignImage? image = turn.Cache.Take(campaign);
        CampaignStreams streams = new(campaign, ledger, turn.Orders, image);
        BatchPlan plan = await PlanAsync(streams, requests[begin..end], cancellationToken).ConfigureAwait(false);
        window = Math.Clamp(2 * plan.Requests.Count, 1, requests.Length);
        CommitBatch[] batches = await BatchesAsync(plan, cancellationToken).ConfigureAwait(false);
        ValueList<CommitResult> results = batches.Length == 0 ? []
            : await ledger.CommitAllAsync([.. batches], cancellationToken).ConfigureAwait(false);
        foreach (CommitResult result in results)
        {
            WorkflowTelemetry.NoteCommit(campaign.Id, result);
        }

        int done = results.TakeWhile(static r => r is CommitResult.Committed).Count();
        if (done == batches.Length && plan.Requests.Count == end - begin)
        {
            streams.Keep(batches);
        }

        turn.Cache.Return(image);
        Dictionary<string, CommitReceipt> known = await FindAsync(plan, cancellationToken).ConfigureAwait(false);
        int place = 0;
        foreach (PlannedRequest planned in plan.Requests)
        {
            int next = place + planned.Steps.Count(static s => s.Batch is not null);
            ConversionReport? report = next > done ? null : await ReportAsync(
                planned, results, place, (plan.View, known), cancellationToken).ConfigureAwait(false);
            if (report is null)
            {
                // Somebody was faster, or the store does not know: from here on the streams say what happened.
                WorkflowTelemetry.NoteRetry(campaign.Id);
                reports.Add(await AgainAsync(planned, results, (place, done), cancellationToken).ConfigureAwait(false));
                return;
            }

            reports.Add(report);
            place = next;
        }

        if (reports.Count < end)
        {
            reports.Add(await turn.DecideAsync(requests[reports.Count], cancellationToken).ConfigureAwait(false));
        }
    }

    private async ValueTask<ConversionReport> AgainAsync(
        PlannedRequest planned,
        ValueList<CommitResult> results,
        (int Place, int Done) at,
        CancellationToken cancellationToken)
    {
        int failed = 0;
        List<ConversionReport> made = [];
        foreach (PlannedStep step in planned.Steps)
        {
            if (step.Batch is not null && at.Place == at.Done)
            {
                break;
            }

            made.Add(step.Batch is null ? ConversionReport.Of(step.Decision) : ReportOf(step, results, at.Place++));
            failed++;
        }

        if (failed == 0)
        {
            return await turn.DecideAsync(planned.Request, cancellationToken).ConfigureAwait(false);
        }

        // Its own commit was made: whose turn it is goes on.
        HashSet<OutcomeId> due = [];
        foreach (PlannedStep step in planned.Steps.Take(failed))
        {
            due.Remove(step.Decision.Outcome.Id);
            due.UnionWith(step.Decision.Due);
        }

        ValueList<ConversionReport> later = await turn
            .ReviewAsync(due.Select(id => new DueOutcome(id, asOf)), cancellationToken).ConfigureAwait(false);
        return made[0] with { Promoted = [.. made.Skip(1), .. later] };
    }

    private static async ValueTask<ConversionReport?> ReportAsync(
        PlannedRequest planned,
        ValueList<CommitResult> results,
        int place,
        (CampaignStreams Streams, Dictionary<string, CommitReceipt> Known) earlier,
        CancellationToken cancellationToken)
    {
        List<ConversionReport> made = [];
        foreach (PlannedStep step in planned.Steps)
        {
            made.Add(step.Batch is null
                ? ConversionReport.Of(step.Decision)
                : ReportOf(step, results, place++));
        }

        ConversionReport own = made[0];
        if (planned.Steps[0].Batch is null)
        {
            CommitReceipt? receipt = planned.Request.KeysOf(own.Answer)
                .Select(earlier.Known.GetValueOrDefault).FirstOrDefault(static r => r is not null);
            if (receipt is not null)
            {
                if (await earlier.Streams.ReadAsync(receipt, cancellationToken).ConfigureAwait(false) is not { } read)
                {
                    return null;
                }

                own = own with { Receipt = receipt, Records = read, IsRepetition = true };
            }
        }

        return made.Count == 1 ? own : own with { Promoted = [.. made.Skip(1)] };
    }

    private static ConversionReport ReportOf(PlannedStep step, ValueList<CommitResult> results, int place) =>
        ConversionReport.Of(step.Decision) with
        {
            Receipt = step.Decision.Records.Count > 0 ? ((CommitResult.Committed)results[place]).Receipt : null,
        };

    private async ValueTask<Dictionary<string, CommitReceipt>> FindAsync(
        BatchPlan plan, CancellationToken cancellationToken)
    {
        ValueList<string> keys =
        [
            .. plan.Requests.Where(static r => r.Steps[0].Batch is null)
                .SelectMany(static r => r.Request.KeysOf(r.Steps[0].Decision.Answer)).Distinct(),
        ];
        return keys.Count == 0 ? []
            : (await ledger.FindAsync(campaign.Id, keys, cancellationToken).ConfigureAwait(false))
                .ToDictionary(static r => r.Key);
    }

    private async ValueTask<CommitBatch[]> BatchesAsync(BatchPlan plan, CancellationToken cancellationToken)
    {
        List<CommitBatch> batches = [];
        foreach (PlannedStep step in plan.Requests.SelectMany(static r => r.Steps))
        {
            if (step is { Batch: { } only, Decision.Records.Count: 0 })
            {
                batches.Add(only);
            }
            else if (step.Batch is { } batch)
            {
                Journey journey = journeys.GetValueOrDefault(step.Decision.Outcome.Id);
                ValueList<OutboxMessage> calls = await turn
                    .CallsAsync(_ => step.Before, step.Decision, journey, cancellationToken).ConfigureAwait(false);
                batches.Add(calls.Count == 0 ? batch : batch with { Outbox = [.. batch.Outbox, .. calls] });
            }
        }

        return [.. batches];
    }

    // What decisions concern is known once they were made: what they name is read, and all are made again.
    private async ValueTask<BatchPlan> PlanAsync(
        CampaignStreams streams, ConversionRequest[] requests, CancellationToken cancellationToken)
    {
        await streams.LoadAsync(
            requests.SelectMany(r => streams.StreamsOf(r).Concat(streams.StreamsOf(r.OutcomeId, r.Outcome))),
            cancellationToken)
            .ConfigureAwait(false);
        journeys.Clear();
        BatchPlan plan;
        bool isComplete;
        do
        {
            CampaignState known = streams.FoldOn(asOf);
            Outcome[] outcomes =
                [.. requests.Select(r => known.Find(r.OutcomeId)?.Outcome ?? r.Outcome).OfType<Outcome>()];
            CampaignDecider decider =
                await turn.DeciderAsync(outcomes, known, asOf, cancellationToken).ConfigureAwait(false);
            plan = BatchPlan.Make((campaign, decider), (streams, known), requests, journeys, asOf);
            streams.NoteTime(asOf);
            isComplete = !await streams.LoadAsync(plan.MissingStreams, cancellationToken).ConfigureAwait(false);
            if (plan.MissingJourneys.Count > 0)
            {
                isComplete = false;
                Outcome[] missing = [.. plan.MissingJourneys.DistinctBy(static o => o.Id)];
                Journey[] read =
                    await turn.ReadJourneysAsync(missing, asOf, cancellationToken).ConfigureAwait(false);
                for (int i = 0; i < missing.Length; i++)
                {
                    journeys[missing[i].Id] = read[i];
                }
            }
        }
        while (!isComplete || await turn.Orders.TakeAsync(plan.Claims, cancellationToken).ConfigureAwait(false));

        return plan;
    }
}
