using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>One thing that a campaign is asked to decide, under an idempotency key.</summary>
/// <param name="OutcomeId">The outcome.</param>
/// <param name="Key">The idempotency key, from what the host named; null for a key of the outcome's version.</param>
/// <param name="Content">The digest of what is asked.</param>
/// <param name="AsOf">The instant at which it is asked for.</param>
/// <param name="Decide">The kernel's function for it, and the instant of the decision.</param>
internal sealed record ConversionRequest(
    OutcomeId OutcomeId,
    string? Key,
    Digest Content,
    Instant AsOf,
    Func<CampaignDecider, CampaignState, Journey, Instant, Decision> Decide)
{
    /// <summary>The outcome that is handed in; null when it is known already or still unknown.</summary>
    public Outcome? Outcome { get; private init; }

    /// <summary>What verifiers said of the evidence that is handed in.</summary>
    public ValueList<EvidenceVerdict> Verdicts { get; private init; } = [];

    /// <summary>Whether nothing new comes in: only the outcome is looked at again.</summary>
    public bool IsReview { get; private init; }

    /// <summary>What a store noted as due, and this request decides; null when it was not asked for.</summary>
    public DueOutcome? Found { get; init; }

    /// <summary>
    /// When the outcome was to be decided because a wait was over, before what comes in now; null when it was not.
    /// </summary>
    /// <param name="decider">The kernel, with the rates that are known.</param>
    /// <param name="known">What is known of the outcome.</param>
    public Instant? OverdueSince(CampaignDecider decider, OutcomeState? known) =>
        !IsReview && known?.DueAt is not null && decider.DueOn(known) is { } due && due <= AsOf ? due : null;

    public static ConversionRequest Receive(Outcome outcome, ValueList<EvidenceVerdict> verdicts, Instant asOf) => new(
        outcome.Id,
        KeyOf("outcome", outcome.Id.Value),
        EventDigest.Of(outcome),
        asOf,
        (decider, state, journey, at) => decider.Receive(state, outcome, verdicts, journey, at))
    {
        Outcome = outcome,
        Verdicts = verdicts,
    };

    public static ConversionRequest AddEvidence(OutcomeId outcome, EvidenceVerdict verdict, Instant asOf)
    {
        var content = TermDigest.Of(verdict);
        return new(
            outcome,
            KeyOf("evidence", outcome.Value, content.ToIdText()),
            content,
            asOf,
            (decider, state, journey, at) => decider.AddEvidence(state, outcome, verdict, journey, at))
        {
            Verdicts = [verdict],
        };
    }

    public static ConversionRequest Correct(Correction correction, Instant asOf) => new(
        correction.Outcome,
        KeyOf("correction", correction.Outcome.Value, correction.Id.Value),
        EventDigest.Of(correction),
        asOf,
        (decider, state, journey, at) => decider.Correct(state, correction, journey, at));

    public static ConversionRequest Of(CampaignInput input, Instant asOf) => input switch
    {
        CampaignInput.OfOutcome { Outcome: var outcome } => Receive(outcome, [], asOf),
        CampaignInput.OfEvidence { Verdict: var verdict } => AddEvidence(input.OutcomeId, verdict, asOf),
        CampaignInput.OfCorrection { Correction: var correction } => Correct(correction, asOf),
        _ => throw new ArgumentException("Not a kind of input.", nameof(input)),
    };

    // The passing of time has no name of its own: one review for each version of the outcome and each instant.
    public static ConversionRequest Review(OutcomeId outcome, Instant asOf) => new(
        outcome,
        null,
        default,
        asOf,
        (decider, state, journey, at) => decider.Review(state, outcome, journey, at))
    {
        IsReview = true,
    };

    // A wait that was over before something came in; nothing, when somebody else was faster to decide it.
    public static ConversionRequest CatchUp(OutcomeId outcome, Instant due) => Review(outcome, due) with
    {
        Decide = (decider, state, journey, at) => state.Known(outcome).DueAt <= due
            ? decider.Review(state, outcome, journey, at)
            : decider.Look(state, outcome),
    };

    // What an earlier call may have left undone; never anything to commit.
    public static ConversionRequest Look(OutcomeId outcome, Instant asOf) =>
        new(outcome, null, default, asOf, (decider, state, _, _) => decider.Look(state, outcome)) { IsReview = true };

    /// <summary>
    /// The keys under which an earlier call may have committed the same: its own, or that of what it came along with.
    /// </summary>
    /// <param name="answer">The kernel's answer to the repetition.</param>
    public ValueList<string> KeysOf(DecisionAnswer answer) => Key is null ? []
        : answer == DecisionAnswer.Conflict ? [ConflictKey]
        : Outcome is null ? [Key, KeyOf("outcome", OutcomeId.Value)]
        : [Key];

    /// <summary>The idempotency key of a decision on the request.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="version">The version at which the outcome was met.</param>
    public string KeyFor(Decision decision, long version) =>
        decision.Answer == DecisionAnswer.Conflict ? ConflictKey : KeyAt(version);

    // The key of the request stands for what came first; what contradicts it is kept under its content.
    private string ConflictKey => KeyOf("conflict", OutcomeId.Value, Content.ToIdText());

    /// <summary>The idempotency key of the request when it meets the outcome at a version.</summary>
    private string KeyAt(long version) =>
        Key ?? KeyOf("review", OutcomeId.Value, InvariantText.Of(version), InstantText.Of(AsOf));

    private static string KeyOf(string kind, params ReadOnlySpan<string> parts)
    {
        string key = kind;
        foreach (string part in parts)
        {
            key += $"/{StreamId.Escape(part)}";
        }

        return key;
    }
}
