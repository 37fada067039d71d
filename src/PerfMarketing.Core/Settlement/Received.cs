using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <summary>An outcome was taken into the books.</summary>
public sealed record OutcomeReceived : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "outcome";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The outcome as the host sent it.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>
    /// The order id that the outcome claims: the first with it is the order, all others are duplicates. Null when it
    /// has none, is a test, breaks a rule of what an outcome may be, or occurred outside the campaign's flight.
    /// </summary>
    /// <param name="campaign">The campaign.</param>
    public OrderId? ClaimIn(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return ClaimOf(Outcome, campaign);
    }

    internal static OrderId? ClaimOf(Outcome outcome, Campaign campaign) =>
        outcome is { OrderId: { } order, IsTest: false } && campaign.Flies(outcome.At) && outcome.Check().Count == 0
            ? order
            : null;

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("outcome", Outcome);
    }

    internal static OutcomeReceived ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Outcome = terms.Object("outcome", Events.Outcome.Read),
    };
}

/// <summary>What a verifier said of an outcome was taken into the books.</summary>
public sealed record EvidenceReceived : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "evidence";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The verdict.</summary>
    public required EvidenceVerdict Verdict { get; init; }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("verdict", Verdict);
    }

    internal static EvidenceReceived ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Verdict = terms.Object("verdict", EvidenceVerdict.Read),
    };
}

/// <summary>A correction of an outcome was taken into the books.</summary>
public sealed record CorrectionReceived : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "correction";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The correction as the host sent it.</summary>
    public required Correction Correction { get; init; }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("correction", Correction);
    }

    internal static CorrectionReceived ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Correction = terms.Object("correction", Events.Correction.Read),
    };
}
