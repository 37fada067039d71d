using System.Diagnostics;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>Takes in outcomes, evidence, corrections and the passing of time, and commits what they come to.</summary>
/// <remarks>
/// <para>
/// Decides nothing: it loads what a decision needs, lets the kernel decide, and commits once. When another call was
/// faster it drops everything and begins again, at most <see cref="AttemptCountMax"/> times; when the store cannot say
/// whether it committed, the same batch is handed in again under the same key. Every call may be repeated: it then gets
/// the original answer.
/// </para>
/// <para>
/// <c>asOf</c> is the present of the decision: it never goes back behind what was decided before, except in replays.
/// Where a clock runs back by some minutes, an outcome is decided at the instant of what was decided of it before.
/// Exceptions of ports come through untouched. Thread-safe when the ports are.
/// </para>
/// </remarks>
public sealed class ConversionWorkflow
{
    /// <summary>The most commits that one call tries.</summary>
    public const int AttemptCountMax = 16;

    private readonly WorkflowPorts ports;
    private readonly EvidenceVerifier verifier;

    /// <summary>Makes the workflow.</summary>
    /// <param name="ports">What the host brings.</param>
    /// <param name="verifier">Checks evidence.</param>
    public ConversionWorkflow(WorkflowPorts ports, EvidenceVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(verifier);
        this.ports = ports;
        this.verifier = verifier;
    }

    /// <summary>Who knows invalid traffic by licensed lists; null, the default, when nobody is asked.</summary>
    public ITrafficClassifier? Traffic { get; init; }

    /// <summary>Takes in an outcome, with the evidence that came with it.</summary>
    /// <remarks>When the same outcome is handed in again, evidence that is new is added to it.</remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="evidence">The evidence; empty when there is none yet.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public ValueTask<ConversionReport> ProcessAsync(
        CampaignId campaign,
        Outcome outcome,
        ValueList<EvidenceInput> evidence,
        Instant asOf,
        CancellationToken cancellationToken) =>
        ProcessAsync(campaign, outcome, evidence, source: null, asOf, cancellationToken);

    /// <summary>Takes in an outcome whose source is known, with the evidence that came with it.</summary>
    /// <remarks>
    /// When a contract's rules go by licensed lists, <see cref="Traffic"/> is asked before anything is decided, and its
    /// answer is kept as evidence with the outcome; the source itself is kept nowhere. A repetition of the call gets
    /// the original answer, whatever the lists say now.
    /// </remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="evidence">The evidence; empty when there is none yet.</param>
    /// <param name="source">Where it came from; null when that is not known.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    /// <exception cref="InvalidOperationException">The classifier gave no answer for the source.</exception>
    public async ValueTask<ConversionReport> ProcessAsync(
        CampaignId campaign,
        Outcome outcome,
        ValueList<EvidenceInput> evidence,
        TrafficSource? source,
        Instant asOf,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Process, campaign);
        ConversionTurn turn = await BeginAsync(campaign, outcome.Id, cancellationToken).ConfigureAwait(false);
        ValueList<EvidenceVerdict> verdicts =
            await verifier.VerifyAsync(evidence, turn.Claims, cancellationToken).ConfigureAwait(false);
        if (MarkOf(new CampaignInput.OfOutcome(outcome)) is { } mark)
        {
            await ports.Journeys.MarkAsync(mark, cancellationToken).ConfigureAwait(false);
        }

        EvidenceVerdict? classified = Traffic is null || source is null || !turn.AsksLists ? null
            : await ClassifyAsync(Traffic, outcome.Id, source, asOf, cancellationToken).ConfigureAwait(false);
        ValueList<EvidenceVerdict> all = classified is null ? verdicts : verdicts.Add(classified);
        var request = ConversionRequest.Receive(outcome, all, asOf);
        ConversionReport report = await turn.DecideAsync(request, cancellationToken).ConfigureAwait(false);
        // An outcome that was known before lacks what came with it this time only.
        bool wasKnown = report.IsRepetition;
        for (int i = 0; wasKnown && i < verdicts.Count && report.Answer != DecisionAnswer.Conflict; i++)
        {
            if (!report.State.Verdicts.Contains(verdicts[i]))
            {
                request = ConversionRequest.AddEvidence(outcome.Id, verdicts[i], asOf);
                report = await turn.DecideAsync(request, cancellationToken).ConfigureAwait(false);
            }
        }

        return WorkflowTelemetry.Answer(activity, campaign, report);
    }

    /// <summary>Takes in evidence for an outcome, which may still be unknown.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="outcome">The outcome that the evidence is about.</param>
    /// <param name="evidence">The evidence.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public async ValueTask<ConversionReport> AddEvidenceAsync(
        CampaignId campaign,
        OutcomeId outcome,
        EvidenceInput evidence,
        Instant asOf,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.AddEvidence, campaign);
        ConversionTurn turn = await BeginAsync(campaign, outcome, cancellationToken).ConfigureAwait(false);
        ValueList<EvidenceVerdict> verdicts =
            await verifier.VerifyAsync([evidence], turn.Claims, cancellationToken).ConfigureAwait(false);
        var request = ConversionRequest.AddEvidence(outcome, verdicts[0], asOf);
        ConversionReport report = await turn.DecideAsync(request, cancellationToken).ConfigureAwait(false);
        return WorkflowTelemetry.Answer(activity, campaign, report);
    }

    /// <summary>Takes in what a verifier of the host's own said of evidence for an outcome.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="outcome">The outcome that the evidence is about; it may still be unknown.</param>
    /// <param name="verdict">The verdict, which is believed.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public async ValueTask<ConversionReport> AddVerdictAsync(
        CampaignId campaign,
        OutcomeId outcome,
        EvidenceVerdict verdict,
        Instant asOf,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.AddVerdict, campaign);
        ConversionTurn turn = await BeginAsync(campaign, outcome, cancellationToken).ConfigureAwait(false);
        var request = ConversionRequest.AddEvidence(outcome, verdict, asOf);
        ConversionReport report = await turn.DecideAsync(request, cancellationToken).ConfigureAwait(false);
        return WorkflowTelemetry.Answer(activity, campaign, report);
    }

    /// <summary>Takes in a correction of an outcome, which may still be unknown.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="correction">The correction.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public ValueTask<ConversionReport> CorrectAsync(
        CampaignId campaign, Correction correction, Instant asOf, CancellationToken cancellationToken) =>
        TakeAsync(WorkflowTelemetry.Correct, campaign, correction, asOf, cancellationToken);

    /// <summary>Takes in many outcomes, verdicts and corrections with few reads and one commit of them all.</summary>
    /// <remarks>
    /// Comes to what one call after the other in this order would come to: the same records, the same receipts, also
    /// when other callers are faster meanwhile or the store gives no answer. An idempotency key, and what is committed
    /// under it, stays that of each input: any part of the batch may be handed in again, alone or in another batch.
    /// Where the campaign's rule cuts journeys at conversions the inputs are taken one after the other. A batch of some
    /// hundreds is good; all of it is in memory.
    /// </remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="inputs">The inputs, in the order in which they arrived; verdicts are believed.</param>
    /// <param name="asOf">The instant of the decisions.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <returns>One report for each input, in their order.</returns>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">
    /// No attempt to commit succeeded; the first inputs may be committed.
    /// </exception>
    public async ValueTask<ValueList<ConversionReport>> ProcessBatchAsync(
        CampaignId campaign, ValueList<CampaignInput> inputs, Instant asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        foreach (CampaignInput input in inputs)
        {
            if (input.OutcomeId.IsUnset)
            {
                throw new ArgumentException("An outcome has an id.", nameof(inputs));
            }
        }

        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.ProcessBatch, campaign);
        ConversionTurn turn = await ports.BeginAsync(campaign, cancellationToken).ConfigureAwait(false);
        ConversionRequest[] requests = [.. inputs.Select(i => ConversionRequest.Of(i, asOf))];
        if (!turn.Campaign.Attribution.CutAtConversion)
        {
            await ports.Journeys.MarkAllAsync([.. inputs.Select(MarkOf).OfType<OutcomeMark>()], cancellationToken)
                .ConfigureAwait(false);
            BatchTurn batch = new(turn, asOf);
            return WorkflowTelemetry.Answer(
                activity, campaign, await batch.ProcessAsync(requests, cancellationToken).ConfigureAwait(false));
        }

        List<ConversionReport> reports = [];
        for (int i = 0; i < requests.Length; i++)
        {
            if (MarkOf(inputs[i]) is { } mark)
            {
                await ports.Journeys.MarkAsync(mark, cancellationToken).ConfigureAwait(false);
            }

            reports.Add(await turn.DecideAsync(requests[i], cancellationToken).ConfigureAwait(false));
        }

        return WorkflowTelemetry.Answer(activity, campaign, reports.ToValueList());
    }

    /// <summary>
    /// Takes in what a person decided on an outcome, which may still be unknown: an approval, also at another amount or
    /// after the outcome was rejected, or a rejection.
    /// </summary>
    /// <remarks>
    /// A ruling is a correction: <see cref="CorrectAsync"/> takes it too, and its id is unique among corrections.
    /// </remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="ruling">What was decided; who may decide it is the host's business.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public ValueTask<ConversionReport> DecideAsync(
        CampaignId campaign, Ruling ruling, Instant asOf, CancellationToken cancellationToken) =>
        TakeAsync(WorkflowTelemetry.Decide, campaign, ruling, asOf, cancellationToken);

    /// <summary>Takes in the grade that the buyer gave an outcome; the contract says what it means.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="grade">The grade.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public ValueTask<ConversionReport> GradeAsync(
        CampaignId campaign, Graded grade, Instant asOf, CancellationToken cancellationToken) =>
        TakeAsync(WorkflowTelemetry.Grade, campaign, grade, asOf, cancellationToken);

    /// <summary>Decides an outcome again because time has passed or touchpoints came late.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="asOf">
    /// The instant of the decision; <see cref="ConversionReport.ReviewAt"/> says when one is due.
    /// </param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public async ValueTask<ConversionReport> ReviewAsync(
        CampaignId campaign, OutcomeId outcome, Instant asOf, CancellationToken cancellationToken)
    {
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Review, campaign);
        ConversionTurn turn = await BeginAsync(campaign, outcome, cancellationToken).ConfigureAwait(false);
        var request = ConversionRequest.Review(outcome, asOf);
        ConversionReport report = await turn.DecideAsync(request, cancellationToken).ConfigureAwait(false);
        return WorkflowTelemetry.Answer(activity, campaign, report);
    }

    private static async ValueTask<EvidenceVerdict> ClassifyAsync(
        ITrafficClassifier classifier,
        OutcomeId outcome,
        TrafficSource source,
        Instant asOf,
        CancellationToken cancellationToken)
    {
        ValueList<ValueList<string>> answers =
            await classifier.ClassifyAsync([source], cancellationToken).ConfigureAwait(false);
        return answers is [var classes]
            ? TrafficEvidence.Classify(new(DerivedId.Of("traffic-classified", outcome.Value)), classes, asOf)
            : throw new InvalidOperationException("A classifier gives one answer for each source.");
    }

    private async ValueTask<ConversionReport> TakeAsync(
        string call, CampaignId campaign, Correction correction, Instant asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(correction);
        using Activity? activity = WorkflowTelemetry.Start(call, campaign);
        ConversionTurn turn = await BeginAsync(campaign, correction.Outcome, cancellationToken).ConfigureAwait(false);
        var request = ConversionRequest.Correct(correction, asOf);
        ConversionReport report = await turn.DecideAsync(request, cancellationToken).ConfigureAwait(false);
        return WorkflowTelemetry.Answer(activity, campaign, report);
    }

    private async ValueTask<ConversionTurn> BeginAsync(
        CampaignId id, OutcomeId outcome, CancellationToken cancellationToken)
    {
        if (outcome.IsUnset)
        {
            throw new ArgumentException("An outcome has an id.", nameof(outcome));
        }

        return await ports.BeginAsync(id, cancellationToken).ConfigureAwait(false);
    }

    // Where rules may cut.
    private static OutcomeMark? MarkOf(CampaignInput input) =>
        input is CampaignInput.OfOutcome { Outcome: { Customer: { } customer, IsTest: false } outcome }
            ? new(customer, outcome.Id, outcome.At, outcome.RecordedAt)
            : null;
}
