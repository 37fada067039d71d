using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <summary>Settles a campaign from a whole log: the batch around <see cref="CampaignDecider"/>.</summary>
/// <remarks>
/// Inputs come in the order in which they were recorded, so that the batch decides what live calls would have decided.
/// What waits for proof is rejected when its time has run out, before any later input. Not thread-safe.
/// </remarks>
public sealed class CampaignRun
{
    private readonly CampaignDecider decider;
    private readonly IJourneySource journeys;
    private readonly PriorityQueue<OutcomeId, Instant> deadlines = new();
    private readonly List<LedgerEntry> entries = [];
    private readonly List<Statement> closed = [];

    /// <summary>Begins a run.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="journeys">Gives the touches around an outcome.</param>
    /// <param name="explain">How much decisions explain.</param>
    public CampaignRun(Campaign campaign, IJourneySource journeys, ExplainLevel explain = ExplainLevel.Standard)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(journeys);
        this.journeys = journeys;
        decider = new(campaign, explain);
        State = new(campaign);
    }

    /// <summary>The state so far.</summary>
    public CampaignState State { get; }

    /// <summary>
    /// Is told of every decision, also of those that time alone brought about; null when nobody listens.
    /// </summary>
    public Action<Decision>? Decided { get; init; }

    /// <summary>Every ledger entry, in the order in which it was decided, those of closed statements first.</summary>
    public IReadOnlyList<LedgerEntry> Entries => entries;

    /// <summary>Takes over statements that were closed by an earlier run: what is in them stands.</summary>
    /// <param name="statements">The statements; open ones are ignored.</param>
    public void Restore(IEnumerable<Statement> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        foreach (Statement statement in statements.Where(static s => s.IsClosed).OrderBy(static s => s.From))
        {
            closed.Add(statement);
            entries.AddRange(statement.Lines);
            State.Close(statement.Contract, statement.To);
        }

        foreach (LedgerEntry entry in entries.OrderBy(static e => e.DecidedAt).ThenBy(static e => e is Adjustment))
        {
            State.Apply(entry);
        }

        decider.RestoreBudgets(State, entries);
    }

    /// <summary>Decides one input, and before it whatever ran out of time.</summary>
    /// <param name="input">The input; not recorded before an earlier one.</param>
    public Decision Process(CampaignInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Expire(input.RecordedAt);
        Decision decision = input switch
        {
            CampaignInput.OfOutcome { Outcome: var outcome } =>
                decider.Receive(State, outcome, [], journeys.Find(outcome), outcome.RecordedAt),
            CampaignInput.OfEvidence { Verdict: var verdict } =>
                decider.AddEvidence(State, input.OutcomeId, verdict, JourneyOf(input.OutcomeId), input.RecordedAt),
            CampaignInput.OfCorrection { Correction: var correction } =>
                decider.Correct(State, correction, JourneyOf(input.OutcomeId), input.RecordedAt),
            _ => throw new ArgumentException("Not a kind of input.", nameof(input)),
        };
        Keep(decision);
        return decision;
    }

    /// <summary>Rejects what has waited too long for proof.</summary>
    /// <param name="asOf">The instant up to which time has passed.</param>
    public void Expire(Instant asOf)
    {
        while (deadlines.TryPeek(out OutcomeId id, out Instant until) && until <= asOf)
        {
            deadlines.Dequeue();
            if (State.Find(id)?.Decision?.Qualification is Qualification.Pending)
            {
                Keep(decider.Review(State, id, JourneyOf(id), until));
            }
        }
    }

    /// <summary>The statements up to an instant; those that were restored are returned as they were.</summary>
    /// <param name="asOf">What is decided after this instant does not count.</param>
    public ValueList<Statement> Statements(Instant asOf) => StatementBook.Build(State.Campaign, entries, closed, asOf);

    private Journey JourneyOf(OutcomeId id) =>
        State.Find(id)?.Outcome is { } outcome ? journeys.Find(outcome) : default;

    private void Keep(Decision decision)
    {
        Decided?.Invoke(decision);
        entries.AddRange(decision.Posted);
        if (decision.Outcome.Decision is { } current && decision.Records.Count > 0)
        {
            foreach (LegDecision leg in current.Legs)
            {
                if (leg.Qualification is Qualification.Pending { Until: { } until })
                {
                    deadlines.Enqueue(decision.Outcome.Id, until);
                }
            }
        }
    }
}
