using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Settlement;

/// <summary>Settles a campaign from a whole log: the batch around <see cref="CampaignDecider"/>.</summary>
/// <remarks>
/// Inputs come in the order in which they were recorded, so that the batch decides what live calls would have decided.
/// What waits for proof is rejected when its time has run out, before any later input; what waits for its parent is
/// decided in the instant in which the parent is. What is due at one instant, and whom a decision of that instant lets
/// go on, is decided in the order of the ids. Not thread-safe.
/// </remarks>
public sealed partial class CampaignRun
{
    private readonly CampaignDecider decider;
    private readonly IJourneySource journeys;
    private readonly PriorityQueue<ContractId, (Instant At, long Order)> amendments = new();
    private readonly Queue<LedgerEntry> restored = [];
    private readonly List<LedgerEntry> entries = [];
    private readonly List<Statement> closed = [];
    private long order;

    /// <summary>Begins a run.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="journeys">Gives the touches around an outcome.</param>
    /// <param name="explain">How much decisions explain.</param>
    /// <param name="rates">
    /// The rates that convert what is in another currency; none when null. What waits for one is decided when it
    /// becomes known.
    /// </param>
    public CampaignRun(
        Campaign campaign,
        IJourneySource journeys,
        ExplainLevel explain = ExplainLevel.Standard,
        RateBook? rates = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(journeys);
        this.journeys = journeys;
        Credits = new(campaign, journeys, explain);
        decider = new(campaign, explain, rates) { Straight = Credits.Straight };
        State = new(campaign);
        foreach (BackDatedVersion accepted in campaign.BackDated)
        {
            amendments.Enqueue(accepted.Contract, (accepted.AcceptedAt, amendments.Count));
        }
    }

    /// <summary>The state so far.</summary>
    public CampaignState State { get; }

    /// <summary>
    /// Is told of every decision, also of those that time alone brought about; null when nobody listens.
    /// </summary>
    public Action<Decision>? Decided { get; init; }

    /// <summary>
    /// Is told of every record when it counts: those of decisions, what is paid for periods, what is booked by hand,
    /// and entries of closed statements that were restored. Null when nobody listens.
    /// </summary>
    public Action<CampaignRecord>? Recorded { get; init; }

    /// <summary>Every ledger entry, in the order in which it was decided, those that were restored first.</summary>
    public IReadOnlyList<LedgerEntry> Entries => entries;

    /// <summary>Takes over statements that were closed by an earlier run: what is in them stands.</summary>
    /// <remarks>
    /// The log is then decided again from its beginning. Each entry counts from when it was decided, so that every
    /// decision of the earlier run comes out as it was; what the log has got since, although recorded in a closed
    /// period, is decided when that period ends, and is in the next statement. Of one instant the entries of an outcome
    /// count when it is decided in it, leg by leg; where that happens several times in one instant, by the decision by
    /// which all had come that they name. What the log of that instant does not ask for counts when it is over: when
    /// something later comes, or <see cref="Statements"/> are asked for.
    /// Statements hold no evidence: hand in that of the log again, or what contradicts or settles a restored earning
    /// later is judged without it. An outcome that the log now tells otherwise than it was paid is a conflict: what was
    /// paid stands, and nothing moves it.
    /// </remarks>
    /// <param name="statements">
    /// The statements. Of open ones what was decided before the newest closed statement of their contract was over
    /// stands too: where partners are settled for different periods, hand in those as well. The rest of them is
    /// decided again.
    /// </param>
    /// <param name="asOf">
    /// The instant of the earlier run: periods of statements that were over by then are closed, also those without a
    /// statement, and none after the beginning of an open one. Null when it is not known: then the newest closed
    /// statement says which are.
    /// </param>
    /// <exception cref="ArgumentException">
    /// One statement stands twice, or <see cref="CheckRestored"/> names something.
    /// </exception>
    /// <exception cref="InvalidOperationException">Something was decided or restored before.</exception>
    public void Restore(IEnumerable<Statement> statements, Instant? asOf = null)
    {
        ArgumentNullException.ThrowIfNull(statements);
        Statement[] all = [.. statements.OrderBy(static s => s.From)];
        Statement[] earlier = [.. all.Where(static s => s.IsClosed)];
        if (entries.Count > 0 || order > 0 || State.Outcomes.Count > 0)
        {
            throw new InvalidOperationException("Statements are restored once, before anything is decided.");
        }

        if (earlier.DistinctBy(static s => s.Id).Count() < earlier.Length)
        {
            throw new ArgumentException("Each statement stands once.", nameof(statements));
        }

        if (CheckRestored(State.Campaign, all) is { Count: > 0 } changed)
        {
            throw new ArgumentException(changed[0].ToString(), nameof(statements));
        }

        closed.AddRange(earlier);
        entries.AddRange(StandingIn(all));
        foreach (LedgerEntry entry in entries.OrderBy(static e => e.DecidedAt).ThenBy(static e => e is not Earning))
        {
            restored.Enqueue(entry);
        }

        paid = entries.OfType<Earning>().ToLookup(static e => e.OutcomeId);
        CloseThrough(asOf ?? earlier.Max(static s => (Instant?)s.To), all);
        foreach (ContractId contract in State.Campaign.Contracts.Select(static c => c.Id).Distinct())
        {
            closedBefore.Add(contract, State.ClosedThrough(contract));
        }
    }

    /// <summary>
    /// Notes that a campaign of the advertiser took an order: outcomes with it are refused here, when that is another
    /// campaign.
    /// </summary>
    /// <remarks>
    /// A log is of one campaign, and does not say what others pay for. Hand in the claims of its orders before it is
    /// decided: then the run comes to what the workflows came to, whose claims stand in the advertiser's streams of
    /// orders. Where no workflow ran, <see cref="OrderClaimed.Of"/> tells by the decisions of a run what the runs after
    /// it are to be told.
    /// </remarks>
    /// <param name="claim">The claim; of several of one order the first counts.</param>
    public void Note(OrderClaimed claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        State.Apply(claim);
    }

    /// <summary>Decides one input, of which it may be known already who brought it.</summary>
    /// <param name="input">The input; not recorded before an earlier one.</param>
    /// <param name="found">What <see cref="Credits"/> found of the same input; <c>default</c> for nothing.</param>
    /// <exception cref="ArgumentException">That is about another input, or was found for another run.</exception>
    public Decision Process(CampaignInput input, FoundCredit found)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check(input, found);
        Pass(input.RecordedAt);
        Recall(input.RecordedAt);
        Arrive(input.OutcomeId, input.RecordedAt, input);
        found = Standing(input, found);
        Decision decision = input switch
        {
            CampaignInput.OfOutcome { Outcome: var outcome } when IsPaidAsOther(outcome) =>
                decider.KeepOther(State, outcome, outcome.RecordedAt),
            CampaignInput.OfOutcome { Outcome: var outcome } =>
                decider.Receive(
                    State, outcome, [], JourneyOf(outcome, found), (outcome.RecordedAt, found)),
            CampaignInput.OfEvidence { Verdict: var verdict } =>
                decider.AddEvidence(State, input.OutcomeId, verdict, JourneyOf(input.OutcomeId), input.RecordedAt),
            CampaignInput.OfCorrection { Correction: var correction } =>
                decider.Correct(State, correction, JourneyOf(input.OutcomeId), input.RecordedAt),
            _ => throw new ArgumentException("Not a kind of input.", nameof(input)),
        };
        Instant at = decision.IsStraight || decision.Records.Count == 0
            ? input.RecordedAt
            : decision.Records[0].DecidedAt;
        KeepAll(decision, at, at);
        if (input is CampaignInput.OfCorrection)
        {
            // A correction that came into a closed period adjusts when the period ends.
            AskAtClosings(input.OutcomeId, input.RecordedAt);
        }

        Finish(at);
        return decision;
    }

    /// <summary>Books by hand, after whatever ran out of time before.</summary>
    /// <param name="manual">What is booked.</param>
    /// <param name="recordedAt">
    /// When it was recorded; not before an earlier input. In a closed period it is booked when that ends.
    /// </param>
    public BookingDecision Book(ManualEarning manual, Instant recordedAt)
    {
        ArgumentNullException.ThrowIfNull(manual);
        Pass(recordedAt);
        if (!manual.Id.IsUnset
            && ManualEntry.IdOf(State.Campaign.Id, manual.Id) is var id
            && restored.OfType<ManualEntry>().FirstOrDefault(e => e.Id == id) is { } later)
        {
            return BookingDecision.Known(later, manual);
        }

        BookingDecision decision = decider.Book(State, manual, recordedAt);
        Record(decision.Kept is { } kept ? [kept] : []);
        if (decision.Answer == BookingAnswer.Booked)
        {
            entries.AddRange(decision.Entries);
            Record(decision.Entries);
        }

        return decision;
    }

    /// <summary>Takes invalid results from the lines of their source and period.</summary>
    /// <param name="invalidation">What is invalid.</param>
    /// <param name="recordedAt">
    /// When it was recorded; not before an earlier input. In a closed period it is decided when that ends.
    /// </param>
    public InvalidationDecision Invalidate(Invalidation invalidation, Instant recordedAt)
    {
        ArgumentNullException.ThrowIfNull(invalidation);
        Pass(recordedAt);
        Recall(recordedAt);
        ValueList<Adjustment> later =
            [.. restored.OfType<Adjustment>().Where(e => e.Invalidated?.Id == invalidation.Id)];
        if (later.Count > 0)
        {
            return CampaignDecider.AnswerOf(invalidation, later);
        }

        Arrive(invalidation, recordedAt);
        InvalidationDecision made = decider.Invalidate(State, invalidation, recordedAt);
        Record(made.Kept is { } kept ? [kept] : []);
        foreach (Decision decision in made.Decisions)
        {
            Keep(decision);
        }

        LetGo(made.Due, recordedAt, recordedAt);
        Finish(recordedAt);
        return made;
    }

    /// <summary>
    /// Decides what time decides: what has waited too long for proof is rejected, and periods that are over are paid
    /// for.
    /// </summary>
    /// <param name="asOf">The instant up to which time has passed.</param>
    public void Expire(Instant asOf) => Pass(asOf);

    private void Pass(Instant asOf)
    {
        do
        {
            while (CloseNext(asOf) || ReviewNext(asOf))
            {
            }

            Amend(asOf);
        }
        while (Recall(asOf) || turns.Count > 0);
    }

    private Journey JourneyOf(OutcomeId id) =>
        State.Find(id)?.Outcome is { } outcome ? journeys.Find(outcome) : default;

    // Terms that reach back are applied when they are accepted, before anything else of that instant; in a closed
    // period when it ends.
    private void Amend(Instant asOf)
    {
        while (amendments.TryPeek(out ContractId contract, out (Instant At, long Order) due) && due.At <= asOf)
        {
            amendments.Dequeue();
            Recall(due.At);
            if (decider.AmendableFrom(State, contract) is var end && due.At < end)
            {
                amendments.Enqueue(contract, (end, due.Order));
                continue;
            }

            ValueList<Decision> amended = decider.Amend(State, contract, journeys, due.At);
            foreach (Decision decision in amended)
            {
                Keep(decision);
                LetGo(decision.Due, due.At, due.At);
            }
        }
    }

    // A period closes before what is decided at its end.
    private bool CloseNext(Instant asOf)
    {
        (ContractId contract, Instant end) = (default, Instant.MaxValue);
        foreach (ContractId next in State.PeriodContracts)
        {
            (contract, end) = State.NextClosing(next) is { } closing && closing < end
                ? (next, closing)
                : (contract, end);
        }

        if (contract.IsUnset || end > asOf
            || (TryNext(out _, out Deadline due) && due.At < end))
        {
            return false;
        }

        Amend(end - Duration.Epsilon);
        Recall(end - Duration.Epsilon);
        if (TryNext(out _, out due) && due.At < end)
        {
            return true;
        }

        PeriodClosing periods = decider.ClosePeriods(State, contract, end);
        entries.AddRange(periods.Entries);
        Record(periods.Records);
        LetGo(periods.Due, end, end);
        return true;
    }

    private void Record(IEnumerable<CampaignRecord> records)
    {
        if (Recorded is { } told)
        {
            foreach (CampaignRecord record in records)
            {
                told(record);
            }
        }
    }

    // A decision, and whoever it lets go on: children that waited for it, and who waits for room.
    private void KeepAll(Decision decision, Instant asOf, Instant since)
    {
        Keep(decision);
        LetGo(DueAfter(decision, asOf), asOf, since);
    }

    private void Keep(Decision decision)
    {
        Decided?.Invoke(decision);
        if (decision.IsStraight)
        {
            // Nothing is open of it: no deadline, no wait.
            if (decision.Earned is { } only)
            {
                entries.Add(only);
            }

            if (Recorded is not null)
            {
                Record(decision.Records);
            }

            return;
        }

        Record(decision.Records);
        foreach (CampaignRecord record in decision.Records)
        {
            if (record is LedgerEntry entry)
            {
                entries.Add(entry);
            }
            else if (record is TrafficCounted change)
            {
                counted.Add(change);
            }
        }

        if (decision.Outcome.Decision is { } current && decision.Records.Count > 0)
        {
            if (DisputedLegs.AreDue(decision.Outcome))
            {
                AskAtClosings(decision.Outcome.Id, decision.Records[0].DecidedAt);
            }

            AskWhenDue(decision.Outcome, current, decision.Records[0].DecidedAt);
        }
    }
}
