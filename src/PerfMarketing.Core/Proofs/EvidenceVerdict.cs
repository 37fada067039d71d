using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>
/// What a verifier says of one piece of evidence: whether it is authentic, how strong it is, and what it covers.
/// </summary>
/// <remarks>
/// A verdict does not say whether the evidence is enough: that is the contract's decision, see
/// <see cref="ProofPolicy"/>. Only claims in <see cref="Covered"/> may move money.
/// </remarks>
public sealed record EvidenceVerdict : ITerms
{
    /// <summary>What the evidence speaks of.</summary>
    public required EvidenceKind Kind { get; init; }

    /// <summary>How it was checked.</summary>
    public required SchemeId Scheme { get; init; }

    /// <summary>Whether it comes unchanged from whom it claims to come from.</summary>
    public required Authenticity Authenticity { get; init; }

    /// <summary>Why it is not valid, one of <see cref="ProofReasons"/>; null when it is.</summary>
    public Reason? Reason { get; init; }

    /// <summary>How hard it is to forge; <see cref="ProofStrength.None"/> unless it is valid.</summary>
    public ProofStrength Strength { get; init; }

    /// <summary>The key that verified it; null when none did or none was needed.</summary>
    public KeyId? Key { get; init; }

    /// <summary>Who vouches for it: the holder of the key; null when it is not known.</summary>
    public PartyId? Party { get; init; }

    /// <summary>
    /// The names of what the signature covers, such as <c>id</c>, <c>timestamp</c> and <c>body</c>. None by default.
    /// </summary>
    public ValueList<string> Covered { get; init; } = [];

    /// <summary>What the signature covers, read as claims. None by default; only these may move money.</summary>
    public ValueList<EvidenceClaim> Claims { get; init; } = [];

    /// <summary>What the message says beside, which the signature does not cover. None by default.</summary>
    public ValueList<EvidenceClaim> Uncovered { get; init; } = [];

    /// <summary>Whether the message says that the result happened.</summary>
    public EvidenceFinding Finding { get; init; }

    /// <summary>
    /// The state that the message reports in the scheme's words, such as <c>delivered</c>; null when it has no states.
    /// </summary>
    public string? State { get; init; }

    /// <summary>The provider's own id, by which a repetition is told; null unless the evidence is valid.</summary>
    public EvidenceId? ReplayKey { get; init; }

    /// <summary>
    /// The digest of the raw body, which may be empty. All zeros when the body was too large.
    /// </summary>
    public Digest Content { get; init; }

    /// <summary>
    /// What a repetition must match: <see cref="Content"/>, or where the host's own word has no document, the digest of
    /// what it says: kind, finding, state, strength, claims and when it was said, but not when it was received.
    /// </summary>
    public Digest Said => IsBareWord ? DigestOfWord() : Content;

    /// <summary>When the evidence says it was made, if that is covered; null otherwise.</summary>
    public Instant? AssertedAt { get; init; }

    /// <summary>When the host received it.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>Whether the evidence is authentic.</summary>
    public bool IsValid => Authenticity == Authenticity.Valid;

    /// <summary>The host's own statement: valid, but no stronger than <see cref="ProofStrength.Asserted"/>.</summary>
    /// <param name="kind">What the statement speaks of.</param>
    /// <param name="providerId">
    /// The id under which the host or its provider knows it; a repetition has the same.
    /// </param>
    /// <param name="at">When the host said so.</param>
    public static EvidenceVerdict Asserted(EvidenceKind kind, EvidenceId providerId, Instant at) => new()
    {
        Kind = kind,
        Scheme = SchemeId.Asserted,
        Authenticity = Authenticity.Valid,
        Strength = ProofStrength.Asserted,
        ReplayKey = providerId,
        Content = NoDocument,
        AssertedAt = at,
        ReceivedAt = at,
    };

    // The host's own word, with no document whose bytes could be compared.
    internal bool IsBareWord => Scheme == SchemeId.Asserted && IsValid && Content == NoDocument;

    private static Digest NoDocument { get; } = Digest.Of([]);

    private Digest DigestOfWord()
    {
        CanonicalWriter word = new CanonicalWriter("asserted-word")
            .Text(Kind.ToString())
            .Integer((long)Finding)
            .Text(State)
            .Integer((long)Strength)
            .List(Claims.Count);
        foreach (EvidenceClaim claim in Claims)
        {
            word.Text(claim.Name).Text(claim.Value);
        }

        word = AssertedAt is { } at ? word.Instant(at) : word.Null();
        return Digest.Of(word.WrittenSpan);
    }

    // The same message where it proves nothing: what it said of the result is gone, not what it was.
    internal EvidenceVerdict Disbelieved(Reason why) => this with
    {
        Authenticity = Authenticity.Invalid,
        Reason = why,
        Strength = ProofStrength.None,
        Covered = [],
        Claims = [],
        ReplayKey = null,
        AssertedAt = null,
    };

    /// <summary>Reads a verdict.</summary>
    /// <param name="terms">The terms.</param>
    public static EvidenceVerdict Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new()
        {
            Kind = terms.Value<EvidenceKind>("kind"),
            Scheme = terms.Value<SchemeId>("scheme"),
            Authenticity = terms.Enum<Authenticity>("authenticity"),
            Reason = terms.OptionalObject("reason", Reason.Read),
            Strength = terms.Enum("strength", ProofStrength.None),
            Key = terms.Optional<KeyId>("key"),
            Party = terms.Optional<PartyId>("party"),
            Covered = terms.Values<string>("covered"),
            Claims = terms.List("claims", EvidenceClaim.Read),
            Uncovered = terms.List("uncovered", EvidenceClaim.Read),
            Finding = terms.Enum("finding", EvidenceFinding.Happened),
            State = terms.OptionalText("state"),
            ReplayKey = terms.Optional<EvidenceId>("replayKey"),
            Content = terms.Value<Digest>("content", default),
            AssertedAt = terms.OptionalInstant("assertedAt"),
            ReceivedAt = terms.Instant("receivedAt"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("kind", Kind);
        terms.Value("scheme", Scheme);
        terms.Enum("authenticity", Authenticity);
        terms.Terms("reason", Reason);
        terms.Enum("strength", Strength, ProofStrength.None);
        terms.Value("key", Key);
        terms.Value("party", Party);
        terms.Values("covered", Covered);
        terms.List("claims", Claims);
        terms.List("uncovered", Uncovered);
        terms.Enum("finding", Finding, EvidenceFinding.Happened);
        terms.Value("state", State);
        terms.Value("replayKey", ReplayKey);
        terms.Value("content", Content, default);
        terms.Instant("assertedAt", AssertedAt);
        terms.Instant("receivedAt", ReceivedAt);
    }
}
