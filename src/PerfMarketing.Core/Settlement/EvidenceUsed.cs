using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.Settlement;

/// <summary>That a provider's id was used as evidence for an outcome: it proves no other outcome.</summary>
/// <remarks>
/// Follows from <see cref="EvidenceReceived"/>, and is kept by itself so that a decision on another outcome of the
/// campaign can look it up. Holds nothing of what the evidence says but the digest.
/// </remarks>
public sealed record EvidenceUsed : CampaignRecord
{
    /// <summary>The record's name in its written form.</summary>
    public const string TagName = "evidence-used";

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The scheme, within which ids are told apart.</summary>
    public required SchemeId Scheme { get; init; }

    /// <summary>Who vouched, within whose ids this one is told apart; null when it is not known.</summary>
    public PartyId? Party { get; init; }

    /// <summary>The provider's id.</summary>
    public required EvidenceId ReplayKey { get; init; }

    /// <summary>The digest of what the evidence said.</summary>
    public required Digest Content { get; init; }

    internal (SchemeId Scheme, PartyId? Party, EvidenceId Id) Key => (Scheme, Party, ReplayKey);

    /// <summary>What a piece of evidence uses; null when it uses nothing, since it is not valid.</summary>
    internal static EvidenceUsed? Of(EvidenceReceived received) =>
        received.Verdict is { IsValid: true, ReplayKey: { IsUnset: false } id } verdict
            ? new()
            {
                OutcomeId = received.OutcomeId,
                DecidedAt = received.DecidedAt,
                Scheme = verdict.Scheme,
                Party = verdict.Party,
                ReplayKey = id,
                Content = verdict.Said,
            }
            : null;

    internal static EvidenceUsed ReadCore(TermReader terms) => new()
    {
        OutcomeId = IdOf(terms),
        DecidedAt = TimeOf(terms),
        Scheme = terms.Value<SchemeId>("scheme"),
        Party = terms.Optional<PartyId>("party"),
        ReplayKey = terms.Value<EvidenceId>("replayKey"),
        Content = terms.Value<Digest>("content", default),
    };

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("scheme", Scheme);
        terms.Value("party", Party);
        terms.Value("replayKey", ReplayKey);
        terms.Value("content", Content, default);
    }
}
