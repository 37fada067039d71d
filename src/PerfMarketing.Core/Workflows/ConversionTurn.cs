using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Claims;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Postbacks;

namespace PerfMarketing.Workflows;

/// <summary>Loads, lets the kernel decide, commits; and again when another was faster.</summary>
internal sealed partial class ConversionTurn(Campaign campaign, WorkflowPorts ports)
{
    private readonly IJourneyStore journeys = ports.Journeys;
    private readonly ILedgerStore ledger = ports.Ledger;
    private readonly OrderClaims orders = new(campaign, ports.Ledger);
    private ValueList<PostbackTerms>? told;

    /// <summary>The campaign.</summary>
    public Campaign Campaign => campaign;

    /// <summary>Where its records are kept.</summary>
    public ILedgerStore Ledger => ledger;

    /// <summary>What earlier calls read.</summary>
    public CampaignCache Cache => ports.Cache;

    /// <summary>Which campaign has which order of the advertiser, as far as the call asked.</summary>
    public OrderClaims Orders => orders;

    /// <summary>How the campaign's contracts read evidence.</summary>
    public ValueList<ClaimField> Claims => campaign.Claims;

    /// <summary>Whether a contract's rules of invalid traffic go by licensed lists.</summary>
    public bool AsksLists => campaign.Contracts.Any(static c => c.Traffic?.AsksLists == true);

    /// <summary>Decides the request, and then whoever waited for it or for room that it gave back.</summary>
    public async ValueTask<ConversionReport> DecideAsync(
        ConversionRequest request, CancellationToken cancellationToken)
    {
        (ConversionReport report, ValueList<DueOutcome> due) =
            await DecideAloneAsync(request, ports.Due, cancellationToken).ConfigureAwait(false);
        return due.Count == 0 ? report : report with
        {
            Promoted = [.. report.Promoted, .. await ReviewAsync(due, cancellationToken).ConfigureAwait(false)],
        };
    }

    /// <summary>Decides the request, and tells whom that lets go on.</summary>
    /// <param name="request">The request.</param>
    /// <param name="index">What a store noted; null when none is asked.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What came of it, with what time had decided before; and who is to be decided next.</returns>
    public async ValueTask<(ConversionReport Report, ValueList<DueOutcome> Due)> DecideAloneAsync(
        ConversionRequest request, IDueOutcomes? index, CancellationToken cancellationToken)
    {
        List<ConversionReport> overdue = [];
        ConversionReport report = await CommitAsync(request, overdue, cancellationToken).ConfigureAwait(false);
        report = overdue.Count == 0 ? report : report with { Promoted = overdue.ToValueList() };
        Instant at = report.Records.Count > 0 ? report.Records[0].DecidedAt : request.AsOf;
        return (report, report.Answer != DecisionAnswer.Replayed
            ? report.Due.Count == 0 ? [] : [.. report.Due.Select(id => new DueOutcome(id, at))]
            : index is not null && report.Records.Count > 0
            ? await NotedAsync(index, at, cancellationToken).ConfigureAwait(false)
            : await LookAsync(report, request.AsOf, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Decides outcomes whose turn has come, and whoever waited for them, each in a commit of its own: of all that are
    /// known always the first, as a store would name it.
    /// </summary>
    public async ValueTask<ValueList<ConversionReport>> ReviewAsync(
        IEnumerable<DueOutcome> due, CancellationToken cancellationToken)
    {
        List<ConversionReport> reports = [];
        SortedSet<DueOutcome> open = [.. due];
        while (open.Count > 0)
        {
            DueOutcome first = open.Min;
            open.Remove(first);
            ConversionRequest review = ConversionRequest.Review(first.Outcome, first.At) with { Found = first };
            (ConversionReport next, ValueList<DueOutcome> later) =
                await DecideAloneAsync(review, ports.Due, cancellationToken).ConfigureAwait(false);
            reports.AddRange(next.Promoted);
            reports.Add(next with { Promoted = [] });
            open.UnionWith(later);
        }

        return reports.ToValueList();
    }

    private async ValueTask<ConversionReport> CommitAsync(
        ConversionRequest request, List<ConversionReport> overdue, CancellationToken cancellationToken)
    {
        CommitAttempts attempts = new(ledger, campaign.Id);
        Instant? caughtUp = null;
        bool isClosed = campaign.CapsPeriods.Count == 0;
        while (true)
        {
            CampaignImage? image = attempts.IsFresh ? ports.Cache.Take(campaign) : null;
            CampaignStreams streams = new(campaign, ledger, orders, image);
            (Decision decision, Journey journey, Instant? since) =
                await LoadAndDecideAsync(request, streams, caughtUp, cancellationToken).ConfigureAwait(false);
            if (since is { } due)
            {
                // What time has decided comes before what comes in now.
                caughtUp = due;
                ports.Cache.Return(image);
                ConversionReport past = await DecideAsync(
                    ConversionRequest.CatchUp(request.OutcomeId, due), cancellationToken).ConfigureAwait(false);
                overdue.AddRange(past.Records.Count > 0 ? [past] : []);
                continue;
            }

            if (!isClosed)
            {
                isClosed = true;
                if (await CloseFirstAsync(request.AsOf, overdue, cancellationToken).ConfigureAwait(false))
                {
                    continue;
                }
            }

            ConversionReport? report = decision.Records.Count == 0
                ? await AnswerAsync((request, decision), streams, attempts, cancellationToken).ConfigureAwait(false)
                : await CommitAsync((request, decision), journey, streams, attempts, cancellationToken)
                    .ConfigureAwait(false);
            ports.Cache.Return(attempts.IsFresh || report is not null ? image : null);
            if (report is not null)
            {
                return report;
            }

            // Whatever was committed instead is in the streams: the kernel answers for it when it decides again. A
            // review that was committed is over: to decide once more would be another one.
            request = request is { Key: null } && decision.Records.Count > 0 && attempts.Earlier is not null
                ? ConversionRequest.Look(request.OutcomeId, request.AsOf)
                : request;
        }
    }

    // Null when something else was committed before.
    private async ValueTask<ConversionReport?> CommitAsync(
        (ConversionRequest Request, Decision Decision) asked,
        Journey journey,
        CampaignStreams streams,
        CommitAttempts attempts,
        CancellationToken cancellationToken)
    {
        ValueList<OutboxMessage> calls =
            await CallsAsync(streams, asked.Decision, journey, cancellationToken).ConfigureAwait(false);
        CommitBatch batch = streams.ToBatch(asked.Request, asked.Decision, calls);
        if (await attempts.CommitAsync(batch, cancellationToken).ConfigureAwait(false) is not { } receipt)
        {
            return null;
        }

        streams.Keep(batch);
        return ConversionReport.Of(asked.Decision) with { Receipt = receipt };
    }

    // What nothing is added to; null when somebody was faster, or what was read is old: nothing may come of it that was
    // not looked at.
    private async ValueTask<ConversionReport?> AnswerAsync(
        (ConversionRequest Request, Decision Decision) asked,
        CampaignStreams streams,
        CommitAttempts attempts,
        CancellationToken cancellationToken)
    {
        (ConversionRequest request, Decision decision) = asked;
        if (request.Found is { } found && decision.Outcome.DueAt != found.At
            && !await NoteAsync(streams, found, decision.Outcome, cancellationToken).ConfigureAwait(false))
        {
            attempts.NoteStaleRead($"due/{found.Outcome}");
            return null;
        }

        ConversionReport? report =
            await AnswerAsync(asked, streams, attempts.Earlier, cancellationToken).ConfigureAwait(false);
        if (report is null)
        {
            attempts.NoteStaleRead(request.Key ?? string.Empty);
            return null;
        }

        streams.Keep();
        return report;
    }

    // One instant may be noted several times, by whoever gave room: each note is taken back by a commit of its own.
    // False when it was not.
    private async ValueTask<bool> NoteAsync(
        CampaignStreams streams, DueOutcome found, OutcomeState known, CancellationToken cancellationToken)
    {
        CommitResult result;
        int time = 0;
        do
        {
            result = await ledger.CommitAsync(streams.ToBatch(found, known, time++), cancellationToken)
                .ConfigureAwait(false);
        }
        while (result is CommitResult.Replayed && time < ConversionWorkflow.AttemptCountMax);
        return result is CommitResult.Committed;
    }

    // What nothing is added to gets the original answer: the receipt of the first commit, and what that appended. Null
    // when what was read is older than the receipt.
    private async ValueTask<ConversionReport?> AnswerAsync(
        (ConversionRequest Request, Decision Decision) asked,
        CampaignStreams streams,
        CommitReceipt? earlier,
        CancellationToken cancellationToken)
    {
        ConversionReport report = ConversionReport.Of(asked.Decision);
        ValueList<string> keys = earlier is null ? asked.Request.KeysOf(asked.Decision.Answer) : [];
        if (keys.Count > 0)
        {
            ValueList<CommitReceipt> found =
                await ledger.FindAsync(campaign.Id, keys, cancellationToken).ConfigureAwait(false);
            earlier = keys.Select(k => found.FirstOrDefault(r => r.Key == k)).FirstOrDefault(static r => r is not null);
        }

        // Known from an earlier call alone: a store that was set back does not hold it any more.
        return earlier is null && keys.Count > 0 && streams.IsKept && report.Answer == DecisionAnswer.Replayed ? null
            : earlier is null ? report
            : await streams.ReadAsync(earlier, cancellationToken).ConfigureAwait(false) is { } records
                ? report with { Receipt = earlier, Records = records, IsRepetition = true }
                : null;
    }

    // Which ledgers a decision concerns is known once it was made: what it names is read, and it is made again. Nothing
    // is decided while a wait that was over since the instant given back is still to be decided.
    private async ValueTask<(Decision Decision, Journey Journey, Instant? Overdue)> LoadAndDecideAsync(
        ConversionRequest request, CampaignStreams streams, Instant? caughtUp, CancellationToken cancellationToken)
    {
        OutcomeId id = request.OutcomeId;
        IEnumerable<StreamId> first = streams.StreamsOf(request).Concat(streams.StreamsOf(id, request.Outcome));
        await streams.LoadAsync(first, cancellationToken).ConfigureAwait(false);
        CampaignState state = streams.Fold();
        OutcomeState known = state.Find(id) ?? new() { Id = id };
        Outcome[] priced = (known.Outcome ?? request.Outcome) is { } one ? [one] : [];
        CampaignDecider decider =
            await DeciderAsync(priced, state, request.AsOf, cancellationToken).ConfigureAwait(false);
        if (request.OverdueSince(decider, known) is { } due && due != caughtUp)
        {
            return (new(DecisionAnswer.Replayed, known, []), default, due);
        }

        bool isFolded =
            !await streams.LoadAsync(streams.StreamsOf(known), cancellationToken).ConfigureAwait(false);
        Journey journey = (known.Outcome ?? request.Outcome) is { } outcome
            ? await ReadJourneyAsync(outcome, request.AsOf, cancellationToken).ConfigureAwait(false)
            : default;
        Instant at = request.AsOf;
        Decision decision;
        do
        {
            // What was only looked at, and to which no stream was added, is as it was.
            state = isFolded ? state : streams.FoldOn(request.AsOf);
            isFolded = false;
            Instant present = (state.Find(id) ?? known).PresentAt(streams.PresentOf(state, request.AsOf));
            if (present != at)
            {
                at = present;
                decider = await DeciderAsync(priced, state, at, cancellationToken).ConfigureAwait(false);
            }

            decision = request.Decide(decider, state, journey, at);
            streams.NoteTime(at);
        }
        while (await streams.LoadAsync(streams.StreamsOf(decision), cancellationToken).ConfigureAwait(false)
            || await orders.TakeAsync([streams.ClaimOf(decision)], cancellationToken).ConfigureAwait(false));

        return (decision, journey, null);
    }

    /// <summary>The kernel, with the rates that outcomes need, or have waited for.</summary>
    public async ValueTask<CampaignDecider> DeciderAsync(
        IEnumerable<Outcome> outcomes, CampaignState known, Instant asOf, CancellationToken cancellationToken) => new(
        campaign, ports.Explain, await ReadRatesAsync(outcomes, known, asOf, cancellationToken).ConfigureAwait(false));

    // The rates that outcomes need whose value is in another currency.
    private async ValueTask<RateBook> ReadRatesAsync(
        IEnumerable<Outcome> outcomes, CampaignState known, Instant asOf, CancellationToken cancellationToken)
    {
        if (ports.Rates is null)
        {
            return RateBook.Empty;
        }

        List<RecordedRate> found = [];
        foreach (RateNeed need in outcomes.SelectMany(NeedsOf).Distinct())
        {
            found.AddRange(await ports.Rates.FindAsync(need, cancellationToken).ConfigureAwait(false));
        }

        return found.Count == 0 ? RateBook.Empty : new(found);

        IEnumerable<RateNeed> NeedsOf(Outcome outcome) => CampaignDecider.RatesFor(
            campaign,
            outcome,
            known.Find(outcome.Id) is { AwaitsRate: true, Decision.DecidedAt: var since } ? since : asOf,
            asOf);
    }

    /// <summary>
    /// What partners are told of a decision, without what they were told when it was decided before.
    /// </summary>
    public async ValueTask<ValueList<OutboxMessage>> CallsAsync(
        CampaignStreams streams, Decision decision, Journey? found, CancellationToken cancellationToken)
    {
        return await CallsAsync(streams.DecisionsOn, decision, found, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same, when what was decided before is at hand.</summary>
    public async ValueTask<ValueList<OutboxMessage>> CallsAsync(
        Func<OutcomeId, ValueList<CampaignRecord>> earlier,
        Decision decision,
        Journey? found,
        CancellationToken cancellationToken)
    {
        if (ports.Postbacks is null || decision.Outcome.Outcome is not { } outcome)
        {
            return [];
        }

        Journey journey = found
            ?? await ReadJourneyAsync(outcome, decision.Records[0].DecidedAt, cancellationToken).ConfigureAwait(false);

        // Once for each call of the workflow, however much it decides.
        ValueList<PostbackTerms> targets =
            told ??= await ports.Postbacks.FindAsync(campaign.Id, cancellationToken).ConfigureAwait(false);
        Decision before = decision with { Records = earlier(decision.Outcome.Id) };
        HashSet<string> known = [.. Postback.Of(campaign, targets, before, journey).Select(static c => c.Id)];
        return
        [
            .. Postback.Of(campaign, targets, decision, journey).Where(c => !known.Contains(c.Id))
                .Select(OutboxMessage.Of),
        ];
    }
}
