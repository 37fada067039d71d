using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>What came of one call: the outcome as it now stands, and what the call added to the books.</summary>
/// <param name="Answer">How the call relates to what was known before.</param>
/// <param name="State">Everything known of the outcome.</param>
/// <param name="Records">
/// What the call committed, in order. Of a repetition what the first call committed, stream by stream, whatever was
/// decided since. Empty when there is nothing that was committed.
/// </param>
/// <param name="Reason">Why the call moved nothing; null when it did, or when it was a repetition.</param>
public sealed record ConversionReport(
    DecisionAnswer Answer, OutcomeState State, ValueList<CampaignRecord> Records, Reason? Reason = null)
{
    /// <summary>
    /// The decision as a whole; pending with <see cref="WorkflowReasons.OutcomeAwaited"/> while only evidence or
    /// corrections have come.
    /// </summary>
    public Qualification Qualification =>
        State.Decision?.Qualification ?? new Qualification.Pending([], null, [new(WorkflowReasons.OutcomeAwaited)]);

    /// <summary>Who gets the credit, touch by touch; null when nobody was looked for.</summary>
    public AttributionDecision? Attribution => State.Decision?.Attribution;

    /// <summary>What each contract decided.</summary>
    public ValueList<LegDecision> Legs => State.Decision?.Legs ?? [];

    /// <summary>
    /// What time had decided before, when nobody had asked for it, on this outcome, or on others where periods ended
    /// whose payouts are under a limit: committed on their own before this call. Then what came of other outcomes that
    /// had waited: for this outcome, their parent, or for room under a limit which this call gave back. In the order in
    /// which they were decided; each was committed on its own.
    /// </summary>
    public ValueList<ConversionReport> Promoted { get; init; } = [];

    /// <summary>
    /// The receipt of the commit; of a repetition that of the first. Null when nothing was committed.
    /// </summary>
    public CommitReceipt? Receipt { get; init; }

    /// <summary>
    /// Whether an earlier call committed the records: this one, or an attempt of it whose answer was lost, is a
    /// repetition.
    /// </summary>
    public bool IsRepetition { get; init; }

    /// <summary>What was earned by the outcome, by this call or before it, without later adjustments.</summary>
    public ValueList<Earning> Earnings => [.. State.Earnings.Select(static e => e.Earning)];

    /// <summary>What the call posted to ledgers.</summary>
    public ValueList<LedgerEntry> Posted => [.. Records.OfType<LedgerEntry>()];

    /// <summary>What the call took back or added to earnings.</summary>
    public ValueList<Adjustment> Adjustments => [.. Records.OfType<Adjustment>()];

    /// <summary>What the call did to budgets.</summary>
    public ValueList<BudgetEntry> BudgetEntries => [.. Records.OfType<BudgetMoved>().Select(static m => m.Entry)];

    /// <summary>Why the outcome stands as it does: the reasons of the decision and of each leg, and notes.</summary>
    public ValueList<Reason> Reasons =>
    [
        .. Legs.Select(static l => l.Qualification).Prepend(Qualification).SelectMany(ReasonsOf)
            .Concat(Legs.SelectMany(static l => l.Notes)).Concat(State.Decision?.Notes ?? [])
            .Concat(Reason is null ? [] : [Reason]).Distinct(),
    ];

    /// <summary>
    /// When <see cref="ConversionWorkflow.ReviewAsync"/> is next due because a wait for proof ends; null when never.
    /// </summary>
    public Instant? ReviewAt => Legs
        .Select(static l => (l.Qualification as Qualification.Pending)?.Until)
        .Min();

    internal static ConversionReport Of(Decision decision) =>
        new(decision.Answer, decision.Outcome, decision.Records, decision.Reason) { Due = decision.Due };

    // The outcomes to promote next.
    internal ValueList<OutcomeId> Due { get; private init; } = [];

    private static ValueList<Reason> ReasonsOf(Qualification qualification) => qualification.Match(
        qualified: static _ => ValueList<Reason>.Empty,
        pending: static p => p.Reasons,
        rejected: static r => r.Reasons,
        disputed: static d => d.Reasons);
}
