using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>Many requests decided in memory, one after the other, over what was read of their streams.</summary>
internal sealed class BatchPlan
{
    private readonly Campaign campaign;
    private readonly CampaignDecider decider;
    private readonly CampaignState state;
    private readonly IReadOnlyDictionary<OutcomeId, Journey> journeys;
    private readonly Instant asOf;

    // Whether a request would have been decided in a statement that is closed, or before what was decided already.
    private bool isPast;

    private BatchPlan(
        (Campaign Campaign, CampaignDecider Decider) kernel,
        (CampaignStreams Streams, CampaignState State) known,
        IReadOnlyDictionary<OutcomeId, Journey> journeys,
        Instant asOf)
    {
        (campaign, decider) = kernel;
        View = known.Streams.Copy();
        state = known.State;
        this.journeys = journeys;
        this.asOf = asOf;
    }

    /// <summary>The streams as they are once all of it is committed.</summary>
    public CampaignStreams View { get; }

    /// <summary>The requests that were planned, the first ones in their order.</summary>
    public List<PlannedRequest> Requests { get; } = [];

    /// <summary>The streams that decisions name and that were not read; then the plan is not complete.</summary>
    public List<StreamId> MissingStreams { get; } = [];

    /// <summary>The outcomes whose journeys were not read; then the plan is not complete.</summary>
    public List<Outcome> MissingJourneys { get; } = [];

    /// <summary>The orders that decisions take for the campaign.</summary>
    public List<OrderClaimed> Claims { get; } = [];

    private bool IsComplete => MissingStreams.Count == 0 && MissingJourneys.Count == 0;

    public static BatchPlan Make(
        (Campaign Campaign, CampaignDecider Decider) kernel,
        (CampaignStreams Streams, CampaignState State) known,
        ConversionRequest[] requests,
        IReadOnlyDictionary<OutcomeId, Journey> journeys,
        Instant asOf)
    {
        BatchPlan plan = new(kernel, known, journeys, asOf);
        foreach (ConversionRequest request in requests)
        {
            if (!plan.Add(request))
            {
                break;
            }
        }

        return plan;
    }

    // False for a repetition of what an earlier call may have left undone, where time has decided something
    // first, and where a statement is closed: that is looked at by itself.
    private bool Add(ConversionRequest request)
    {
        if (request.OverdueSince(decider, state.Find(request.OutcomeId)) is not null)
        {
            return false;
        }

        PlannedRequest planned = new(request);
        SortedSet<DueOutcome> open = [];
        ConversionRequest? next = request;
        while (next is not null)
        {
            if (Decide(next) is { } step)
            {
                Decision decision = step.Decision;
                if (isPast || (ReferenceEquals(next, request) && decision.Answer == DecisionAnswer.Replayed
                    && (decision.Due.Count > 0 || decision.Outcome.ReleasedChildren.Count > 0)))
                {
                    return false;
                }

                planned.Steps.Add(step);
                open.UnionWith(decision.Due.Select(id => new DueOutcome(id, asOf)));
            }

            next = open.Count == 0 ? null
                : ConversionRequest.Review(open.Min.Outcome, asOf) with { Found = open.Min };
            open.Remove(open.Min);
        }

        if (planned.Steps.Count > 0)
        {
            Requests.Add(planned);
        }

        return true;
    }

    private PlannedStep? Decide(ConversionRequest request)
    {
        HashSet<StreamId> needed =
            [.. View.StreamsOf(request), .. View.StreamsOf(request.OutcomeId, request.Outcome)];
        if (IsMissing(needed))
        {
            return null;
        }

        OutcomeState known = state.Find(request.OutcomeId) ?? new() { Id = request.OutcomeId };
        needed.UnionWith(View.StreamsOf(known));
        Journey journey = default;
        if ((known.Outcome ?? request.Outcome) is { } outcome && !journeys.TryGetValue(outcome.Id, out journey))
        {
            MissingJourneys.Add(outcome);
            IsMissing(needed);
            return null;
        }

        if (IsMissing(needed))
        {
            return null;
        }

        Decision decision = request.Decide(decider, state, journey, request.AsOf);
        needed.UnionWith(View.StreamsOf(decision));
        ValueList<CampaignRecord> before = View.DecisionsOn(request.OutcomeId);
        bool isMissing = IsMissing(needed);
        isPast |= !isMissing && known.PresentAt(View.PresentOf(state, request.AsOf, needed)) != request.AsOf;
        if (isMissing || isPast || !IsComplete)
        {
            return new(decision, null, before);
        }

        if (decision.Records.Count == 0)
        {
            CommitBatch? note = request.Found is { } found && decision.Outcome.DueAt != found.At
                ? View.ToBatch(found, decision.Outcome, 0, needed)
                : null;
            return new(decision, note, before);
        }

        if (View.ClaimOf(decision) is { } claim)
        {
            Claims.Add(claim);
        }

        CommitBatch batch = View.ToBatch(request, decision, needed);
        View.Advance(batch);
        return new(decision, batch, before);
    }

    private bool IsMissing(HashSet<StreamId> needed)
    {
        StreamId[] missing = [.. needed.Where(s => !View.Has(s))];
        MissingStreams.AddRange(missing);
        return missing.Length > 0;
    }
}

/// <summary>A request with what it comes to: its own decision first, then those on whoever waited for it.</summary>
internal sealed record PlannedRequest(ConversionRequest Request)
{
    public List<PlannedStep> Steps { get; } = [];
}

/// <summary>One decision, with what it commits; null when it changes nothing.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Batch">What it commits: records, or only that nothing came of a turn.</param>
/// <param name="Before">What was decided on the outcome before.</param>
internal sealed record PlannedStep(Decision Decision, CommitBatch? Batch, ValueList<CampaignRecord> Before);
