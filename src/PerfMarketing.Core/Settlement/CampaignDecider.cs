using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Tallies;

namespace PerfMarketing.Settlement;

/// <summary>
/// Decides what an outcome, a piece of evidence, a correction or the passing of time means for a campaign.
/// </summary>
/// <remarks>
/// The one kernel behind the workflows and the batch: synchronous, and a function of the state, the input and
/// <c>asOf</c> alone. An outcome is never decided at an instant before what was decided of it: where a clock has gone
/// back, <c>asOf</c> is that instant. Every record it returns has been applied to the state already. Not thread-safe;
/// one decider serves one state at a time.
/// </remarks>
public sealed partial class CampaignDecider
{
    private readonly Campaign campaign;
    private readonly ExplainLevel explain;
    private readonly RateBook rates;
    private readonly Scratch scratchLists = new();

    // Whether a budget counts by touches, which earnings keep then; and whether one counts by anything but the event.
    private readonly bool countsTouches;
    private readonly bool countsElsewhere;

    // Whether a budget holds only from some instant on.
    private readonly bool beginsLater;

    // Whether what a budget sets aside expires.
    private readonly bool expires;

    // Whether a budget gives results that it has no room for to another clause.
    private readonly bool divertsBudgets;
    private readonly bool countsOutcomes;

    /// <summary>Makes a decider for a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="explain">How much decisions explain.</param>
    /// <param name="rates">The rates that convert what is in another currency; none when null.</param>
    public CampaignDecider(
        Campaign campaign, ExplainLevel explain = ExplainLevel.Standard, RateBook? rates = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        this.campaign = campaign;
        this.explain = explain;
        this.rates = rates ?? RateBook.Empty;
        countsElsewhere = campaign.Budgets.Any(static b => b.Recognition != BudgetRecognition.OnEvent);
        countsOutcomes = campaign.Budgets.Any(static b => b.Limit.IsCount);
        beginsLater = campaign.Budgets.Any(static b => b.Since is not null);
        expires = campaign.Budgets.Any(static b => b.ReserveFor is not null);
        divertsBudgets = campaign.Budgets.Any(static b => b.OnExceeded == LimitOverflow.Divert);
        countsTouches = campaign.Budgets.Any(static b => b.Recognition == BudgetRecognition.OnTouch);
    }

    /// <summary>Takes in an outcome, with the evidence that came with it.</summary>
    /// <param name="state">The state, to which the decision is applied.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="verdicts">What verifiers said of the evidence; empty when there is none.</param>
    /// <param name="journey">The customer's touches.</param>
    /// <param name="asOf">The instant of the decision.</param>
    public Decision Receive(
        CampaignState state, Outcome outcome, ValueList<EvidenceVerdict> verdicts, in Journey journey, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(verdicts);
        return Receive(state, outcome, verdicts, journey, (asOf, default));
    }

    // With who brought it, when that was found ahead.
    internal Decision Receive(
        CampaignState state,
        Outcome outcome,
        ValueList<EvidenceVerdict> verdicts,
        in Journey journey,
        in (Instant AsOf, FoundCredit Found) ahead)
    {
        (Instant asOf, FoundCredit found) = ahead;
        OutcomeState? known = state.Find(outcome.Id);
        asOf = known?.PresentAt(asOf) ?? asOf;
        if (known is { Outcome: not null })
        {
            return known.Outcome.SaysTheSameAs(outcome)
                ? Unchanged(state, known)
                : KeepConflict(state, known, ConflictReceived.Of(known.Outcome, outcome, asOf));
        }

        if (known is null && verdicts.Count == 0
            && DecideOrdinary(state, outcome, journey, asOf, ref found) is { } decision)
        {
            return decision;
        }

        Work work = new(state, outcome.Id, asOf, scratchLists.Take()) { Found = found.Attribution };
        work.Add(new OutcomeReceived { OutcomeId = outcome.Id, DecidedAt = asOf, Outcome = outcome });
        TakeEvidence(work, verdicts);
        Review(work, journey);
        return work.Done();
    }

    /// <summary>Takes in evidence for an outcome, which may still be unknown.</summary>
    /// <param name="state">The state, to which the decision is applied.</param>
    /// <param name="outcome">The outcome that the evidence is about.</param>
    /// <param name="verdict">What the verifier said.</param>
    /// <param name="journey">The customer's touches.</param>
    /// <param name="asOf">The instant of the decision.</param>
    public Decision AddEvidence(
        CampaignState state, OutcomeId outcome, EvidenceVerdict verdict, in Journey journey, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(verdict);
        OutcomeState known = state.Known(outcome);
        asOf = known.PresentAt(asOf);
        verdict = Believed(state, known, verdict);
        if (IsRepetition(known, verdict))
        {
            return Unchanged(state, known);
        }

        if (OtherWord(known, verdict) is { } first)
        {
            return KeepConflict(state, known, ConflictReceived.Of(known.Id, first, verdict, asOf));
        }

        if (!HasRoom(known, verdict))
        {
            return Overflow(state, known, verdict, asOf);
        }

        Work work = new(state, outcome, asOf, scratchLists.Take());
        work.Add(new EvidenceReceived { OutcomeId = outcome, DecidedAt = asOf, Verdict = verdict });
        Review(work, journey);
        return work.Done();
    }

    /// <summary>Takes in a correction of an outcome, which may still be unknown.</summary>
    /// <param name="state">The state, to which the decision is applied.</param>
    /// <param name="correction">The correction.</param>
    /// <param name="journey">The customer's touches.</param>
    /// <param name="asOf">The instant of the decision.</param>
    public Decision Correct(CampaignState state, Correction correction, in Journey journey, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(correction);
        OutcomeState known = state.Known(correction.Outcome);
        asOf = known.PresentAt(asOf);
        foreach (Correction earlier in known.Corrections)
        {
            if (earlier.Id == correction.Id)
            {
                return earlier.SaysTheSameAs(correction)
                    ? Unchanged(state, known)
                    : KeepConflict(state, known, ConflictReceived.Of(earlier, correction, asOf));
            }
        }

        Work work = new(state, correction.Outcome, asOf, scratchLists.Take())
        {
            Reopened = Reopens(known, correction),
        };
        work.Add(new CorrectionReceived { OutcomeId = correction.Outcome, DecidedAt = asOf, Correction = correction });
        Review(work, journey);
        return work.Done();
    }

    /// <summary>Decides an outcome again because time has passed: what waited too long for proof is rejected.</summary>
    /// <param name="state">The state, to which the decision is applied.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="journey">The customer's touches.</param>
    /// <param name="asOf">The instant of the decision.</param>
    public Decision Review(CampaignState state, OutcomeId outcome, in Journey journey, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(state);
        return ReviewAt(state, outcome, journey, state.Known(outcome).PresentAt(asOf));
    }

    // As of an instant before which something may count already that closed statements say.
    internal Decision ReviewAt(CampaignState state, OutcomeId outcome, in Journey journey, Instant asOf)
    {
        Work work = new(state, outcome, asOf, scratchLists.Take());
        Review(work, journey);
        return work.Done();
    }

    /// <summary>What an earlier decision on an outcome may have left to be decided next; decides nothing.</summary>
    /// <param name="state">The state.</param>
    /// <param name="outcome">The outcome.</param>
    internal Decision Look(CampaignState state, OutcomeId outcome) => Unchanged(state, state.Known(outcome));

    // The same again is a replay; other content under the same id is a conflict, with its reason.
    private Decision Unchanged(CampaignState state, OutcomeState known, Reason? conflict = null) =>
        new(conflict is null ? DecisionAnswer.Replayed : DecisionAnswer.Conflict, known, [], conflict)
        {
            Due = [.. DueChildren(campaign, known), .. DueBeside(state, known), .. state.DueInBudgets(known.Outcome)],
        };

    /// <summary>One input being decided: the state and the records so far.</summary>
    private sealed class Work(CampaignState state, OutcomeId id, Instant asOf, Scratch? scratch = null)
    {
        private readonly Scratch lists = scratch ?? new();
        private HashSet<(ContractId Contract, PartnerId Partner)>? late;
        private OutcomeTruth? truth;
        private List<LimitKey>? touched;

        public CampaignState State => state;

        public OutcomeId Id => id;

        public Instant AsOf => asOf;

        public OutcomeState Known => state.Known(id);

        // What is true of the outcome, which nothing is wrong with; no correction comes in while it is decided.
        public OutcomeTruth Truth => truth ??= OutcomeTruth.OfValid(Known.Outcome!, Known.Corrections);

        // The legs planned so far, those that others wait for first.
        public List<Leg> Legs => lists.Legs;

        // Who was not bound yet when the outcome was decided: what was decided then does not speak for them.
        public HashSet<(ContractId Contract, PartnerId Partner)> Late => late ??= [];

        // Whether the outcome was final: then what a version refused stays refused under the next.
        public bool WasFinal { get; init; }

        // The decision by hand that asks again for what was rejected; null when none does.
        public Ruling? Reopened { get; init; }

        // Whether a decision by hand changes what is being priced.
        public bool IsAdjustedAtOnce { get; set; }

        // Who brought the outcome, when that was asked already.
        public AttributionDecision? Found { get; init; }

        // Whether a ruling on the evidence takes back what was earned, or gives it back.
        public bool IsRuling { get; set; }

        // By which touches the outcome came, as far as it is decided here.
        public (AttributionDecision Attribution, Journey Journey)? Seen { get; set; }

        // That another campaign took the order, when a clause would be for the outcome.
        public Reason? TakenOrder { get; set; }

        // Whom contracts pay, as last planned.
        public List<Payment> Payments => lists.Payments;

        // Why credited partners have no leg, and what lost.
        public List<Reason> Notes => lists.Notes;

        public void Add(CampaignRecord record)
        {
            state.Apply(record);
            lists.Records.Add(record);
            if (record is LimitMoved moved)
            {
                (touched ??= []).Add(moved.Key);
            }
        }

        public Decision Done()
        {
            ValueList<CampaignRecord> records = lists.Records.ToValueList();
            lists.IsFree = true;
            return new(DecisionAnswer.Decided, state.Find(id) ?? Known, records)
            {
                Due = records.Count == 0 ? []
                    : touched is null && !state.HasQueues ? DueChildren(state.Campaign, Known)
                    :
                    [
                        .. DueChildren(state.Campaign, Known),
                        .. DueIn(state, touched ?? []),
                        .. state.DueInBudgets(records),
                    ],
            };
        }
    }

    /// <summary>The lists of one input being decided, used again for the next one.</summary>
    private sealed class Scratch
    {
        public List<CampaignRecord> Records { get; } = [];

        public List<Leg> Legs { get; } = [];

        public List<Payment> Payments { get; } = [];

        public List<Reason> Notes { get; } = [];

        public bool IsFree { get; set; } = true;

        // Null while another input is being decided, or was left undone by an exception.
        public Scratch? Take()
        {
            if (!IsFree)
            {
                return null;
            }

            Records.Clear();
            Legs.Clear();
            Notes.Clear();
            IsFree = false;
            return this;
        }
    }
}
