using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tool.Settle;

/// <summary>Decides all events of a log for a campaign, in the order in which they were recorded.</summary>
internal sealed class SettlementRun
{
    private readonly CampaignRun run;
    private readonly EvidenceIds evidence = new();
    private readonly List<OutcomeId> order = [];
    private readonly List<Reason> refused = [];
    private readonly List<SetAside> aside = [];
    private readonly List<LogEvent> early = [];

    /// <summary>Begins a run.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="journeys">Gives the touchpoints around an outcome.</param>
    /// <param name="previous">What an earlier run left behind.</param>
    /// <param name="rates">The exchange rates.</param>
    /// <param name="explain">How much decisions explain.</param>
    /// <param name="decided">Is told of every decision; null when nobody listens.</param>
    public SettlementRun(
        Campaign campaign,
        IJourneySource journeys,
        PreviousRun previous,
        RateBook rates,
        ExplainLevel explain = ExplainLevel.Standard,
        Action<Decision>? decided = null)
    {
        run = new(campaign, journeys, explain, rates) { Decided = decided };
        run.Restore(previous.Statements, previous.AsOf);
    }

    /// <summary>The touchpoints of the log; null when their ids are not looked at.</summary>
    public TouchColumns? Touches { get; init; }

    /// <summary>The run itself.</summary>
    public CampaignRun Run => run;

    /// <summary>How many lines said again what an earlier line had said: they changed nothing.</summary>
    public long Repeated { get; private set; }

    /// <summary>How many lines had the id of an earlier one and said something else: they moved no money.</summary>
    public long Conflicting { get; private set; }

    /// <summary>The invalidations that took nothing, with their reasons.</summary>
    public IReadOnlyList<Reason> Refused => refused;

    /// <summary>
    /// What was read and moved nothing: contradictions and refused invalidations in the order of the log, then what is
    /// about outcomes that the log does not have, then those of them that closed statements paid for.
    /// </summary>
    public IEnumerable<SetAside> SetAside => aside.Concat(Unknown).Concat(Missing);

    private IEnumerable<SetAside> Unknown =>
        from held in early
        let input = held.ToInput()!
        where State.Find(input.OutcomeId) is null or { Outcome: null }
        let because = Reason.Of(SettleCodes.OutcomeUnknown, ("outcome", input.OutcomeId))
        select new SetAside(because.Code, held.Id, because.ToString(), held.Value as ITerms, held.Line);

    private IEnumerable<SetAside> Missing =>
        from known in State.Outcomes
        where known is { Outcome: null, Earnings.Count: > 0 }
        orderby known.Id
        let because = Reason.Of(SettleCodes.OutcomeMissing, ("outcome", known.Id))
        select new SetAside(because.Code, known.Id.ToString(), because.ToString(), null);

    /// <summary>The state of all outcomes.</summary>
    public CampaignState State => run.State;

    /// <summary>Every ledger entry.</summary>
    public IReadOnlyList<LedgerEntry> Entries => run.Entries;

    /// <summary>The outcomes in the order in which they were first heard of.</summary>
    public IEnumerable<OutcomeState> Outcomes => order.Select(id => State.Find(id)!);

    /// <summary>Decides one event.</summary>
    /// <param name="held">The event; a touchpoint is passed over.</param>
    public void Process(in LogEvent held)
    {
        if (held.Value is LogInvalidation line)
        {
            Take(run.Invalidate(line.Invalidation, line.RecordedAt), held, line);
            return;
        }

        if (held.Value is LogClaim { Claim: var claim })
        {
            run.Note(claim);
            return;
        }

        CampaignInput? input = held.ToInput();
        if (input is null)
        {
            return;
        }

        bool isNew = State.Find(input.OutcomeId) is null or { Outcome: null };
        Decision decision = run.Process(input);
        Repeated += decision.Answer == DecisionAnswer.Replayed ? 1 : 0;
        if (decision is { Answer: DecisionAnswer.Conflict, Reason: { } because })
        {
            Contradict(held, because);
        }
        else if (held.Value is LogEvidence told)
        {
            NoteEvidence(held, told, decision);
        }

        if (decision is { Answer: DecisionAnswer.Decided, Outcome.Outcome: null })
        {
            early.Add(held);
        }

        // What closed statements paid as something else is a conflict, and still not there.
        if (isNew && input is CampaignInput.OfOutcome && State.Find(input.OutcomeId) is { Outcome: not null })
        {
            order.Add(input.OutcomeId);
        }
    }

    // What contradicts a message of its id, proves another outcome already, or says itself that it is about another.
    private void NoteEvidence(in LogEvent held, LogEvidence told, Decision decision)
    {
        if (evidence.Note(told) is { } contradiction)
        {
            Contradict(held, contradiction);
        }
        else if (told.Verdict.IsValid
            && decision.Records.OfType<EvidenceReceived>().FirstOrDefault()
                is { Verdict: { IsValid: false, Reason: { } because } })
        {
            bool isOfOneId = because.Code is ProofReasons.Replay or ProofReasons.ReplayConflict;
            Conflicting += isOfOneId ? 1 : 0;
            aside.Add(new(because.Code, held.Id, because.ToString(), held.Value as ITerms, held.Line));
        }
    }

    private void Contradict(in LogEvent held, Reason because)
    {
        Conflicting++;
        aside.Add(new(because.Code, held.Id, because.ToString(), held.Value as ITerms, held.Line));
    }

    private void Take(InvalidationDecision decision, in LogEvent held, LogInvalidation line)
    {
        Repeated += decision.Answer == BookingAnswer.Replayed ? 1 : 0;
        Conflicting += decision.Answer == BookingAnswer.Conflict ? 1 : 0;
        if (decision is { Answer: BookingAnswer.Refused, Reason: { } reason })
        {
            refused.Add(reason with { Args = [new("id", line.Invalidation.Id.ToString()), .. reason.Args] });
        }

        if (decision is { Answer: BookingAnswer.Refused or BookingAnswer.Conflict, Reason: { } because })
        {
            aside.Add(new(
                because.Code, line.Invalidation.Id.ToString(), because.ToString(), line.Invalidation, held.Line));
        }
    }

    /// <summary>Ends the run: what has waited too long is rejected, and the statements are cut.</summary>
    /// <param name="asOf">The instant at which everything is looked at.</param>
    public ValueList<Statement> Close(Instant asOf)
    {
        End(asOf);
        return run.Statements(asOf);
    }

    /// <summary>Ends the run without statements.</summary>
    /// <param name="asOf">The instant at which everything is looked at.</param>
    public void End(Instant asOf)
    {
        run.Expire(asOf);
        foreach ((int row, long line) in Touches?.Conflicts(asOf) ?? [])
        {
            Touchpoint touch = Touches!.TouchpointOf(row);
            Reason because = Reason.Of(SettleCodes.TouchConflict, ("touch", touch.Id));
            Conflicting++;
            aside.Add(new(because.Code, touch.Id.Value, because.ToString(), touch, line));
        }
    }
}
