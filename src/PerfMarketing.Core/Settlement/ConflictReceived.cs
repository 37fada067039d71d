using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <summary>
/// An outcome, a correction or the host's own word came in under an id that stands for other content, or more evidence
/// than an outcome takes: kept as evidence, and no money moves.
/// </summary>
public sealed record ConflictReceived : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "conflict";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>
    /// The digest of the content that the id stands for, as <see cref="EventDigest"/> or
    /// <see cref="EvidenceVerdict.Said"/> makes it; all zeros for evidence that was too much, and for an outcome of
    /// which only the entries of closed statements are known.
    /// </summary>
    public required Digest Original { get; init; }

    /// <summary>The digest of the content that came in.</summary>
    public required Digest Content { get; init; }

    /// <summary>The outcome that came in; null when it was something else.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>The correction that came in; null when it was something else.</summary>
    public Correction? Correction { get; init; }

    /// <summary>The id of the evidence that came in; null when it was something else.</summary>
    public EvidenceId? Evidence { get; init; }

    /// <summary>Why it changed nothing.</summary>
    public Reason Reason => Correction is { } correction
        ? Reason.Of(SettlementReasons.Conflict, ("correction", correction.Id))
        : Outcome is not null ? Reason.Of(SettlementReasons.Conflict, ("outcome", OutcomeId))
        : Original == default ? Reason.Of(SettlementReasons.EvidenceFull, ("outcome", OutcomeId))
        : Reason.Of(ProofReasons.ReplayConflict, ("evidence", Evidence.GetValueOrDefault()));

    internal static ConflictReceived Of(Outcome first, Outcome other, Instant asOf) => new()
    {
        OutcomeId = first.Id,
        DecidedAt = asOf,
        Original = EventDigest.Of(first),
        Content = EventDigest.Of(other),
        Outcome = other,
    };

    // Other content than entries of closed statements were priced by; there is no digest of that.
    internal static ConflictReceived Of(Outcome other, Instant asOf) => new()
    {
        OutcomeId = other.Id,
        DecidedAt = asOf,
        Original = default,
        Content = EventDigest.Of(other),
        Outcome = other,
    };

    internal static ConflictReceived Of(Correction first, Correction other, Instant asOf) => new()
    {
        OutcomeId = first.Outcome,
        DecidedAt = asOf,
        Original = EventDigest.Of(first),
        Content = EventDigest.Of(other),
        Correction = other,
    };

    // The digest of what was signed, and nothing of what the evidence says.
    internal static ConflictReceived Of(
        OutcomeId outcome, EvidenceVerdict? first, EvidenceVerdict verdict, Instant asOf) => new()
        {
            OutcomeId = outcome,
            DecidedAt = asOf,
            Original = first?.Said ?? default,
            Content = verdict.Said,
            Evidence = verdict.ReplayKey,
        };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("original", Original);
        terms.Value("content", Content);
        terms.Terms("outcome", Outcome);
        terms.Terms("correction", Correction);
        terms.Value("evidence", Evidence);
    }

    internal static ConflictReceived ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Original = terms.Value<Digest>("original"),
        Content = terms.Value<Digest>("content"),
        Outcome = terms.OptionalObject("outcome", Events.Outcome.Read),
        Correction = terms.OptionalObject("correction", Events.Correction.Read),
        Evidence = terms.Optional<EvidenceId>("evidence"),
    };
}
