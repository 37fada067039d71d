using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Valid evidence of a kind is required, strong enough and in time.</summary>
/// <remarks>
/// <para>
/// The first such evidence qualifies the outcome, at its receipt. A repetition (same scheme, party and provider's id,
/// same content) counts once; the same id with other content disputes the outcome. Evidence that is forged, too weak or
/// of another scheme changes nothing: a stranger can neither prove nor spoil a result. When the wait is over, silence
/// rejects or approves, as <see cref="PastDue"/> says.
/// </para>
/// <para>
/// Evidence that would count, but says that it did not happen, closes this requirement; beside evidence that says it
/// did, it contradicts. Evidence that leaves it open never proves, unless <see cref="States"/> names its state.
/// </para>
/// </remarks>
/// <param name="Kind">The kind of evidence.</param>
public sealed partial record RequiredProof(EvidenceKind Kind) : EvidencePolicy
{
    /// <summary>The policy's name.</summary>
    public const string TagName = "require";

    /// <summary>The most schemes that a policy names.</summary>
    public const int SchemeCountMax = 16;

    /// <summary>The most states that a policy names.</summary>
    public const int StateCountMax = 16;

    /// <summary>The most claims that a policy names.</summary>
    public const int ClaimCountMax = 16;

    /// <summary>The most parties that a policy asks for, or names.</summary>
    public const int PartyCountMax = 8;

    /// <summary>The most reasons that a decision lists; the rest is left out.</summary>
    public const int ReasonCountMax = 16;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The weakest evidence that counts. <see cref="ProofStrength.Mac"/> by default.</summary>
    public ProofStrength MinStrength { get; init; } = ProofStrength.Mac;

    /// <summary>The schemes that count; empty, the default, takes any that is strong enough.</summary>
    public ValueList<SchemeId> Schemes { get; init; } = [];

    /// <summary>
    /// How long an outcome waits for its proof, from when it occurred; null, the default, waits without end.
    /// </summary>
    /// <remarks>Half-open: evidence received exactly at the end is too late. Whole seconds.</remarks>
    public Duration? Within { get; init; }

    /// <summary>
    /// What becomes of an outcome whose wait is over without proof. <see cref="PastDue.Reject"/> by default.
    /// </summary>
    /// <remarks>
    /// <see cref="PastDue.Approve"/> is a validation window: the advertiser approves by evidence, declines by a
    /// retraction or by evidence that says no, and silence until the end approves.
    /// </remarks>
    public PastDue PastDue { get; init; }

    /// <summary>
    /// The states that count, in the scheme's words, such as <c>delivered</c>; empty, the default, counts what says
    /// that it happened.
    /// </summary>
    /// <remarks>
    /// Where operators use a word in opposite ways, the contract says so by naming it. What says that it did not happen
    /// never counts.
    /// </remarks>
    public ValueList<string> States { get; init; } = [];

    /// <summary>The claims that the evidence must cover, and agree with. None by default.</summary>
    public ValueList<RequiredClaim> Claims { get; init; } = [];

    /// <summary>How many parties must say so; 1 by default. Two keys of one party count once.</summary>
    /// <remarks>With more than one, evidence of an unknown party does not count.</remarks>
    public int Parties { get; init; } = 1;

    /// <summary>
    /// Whose word counts; empty, the default, takes anybody's whose key the host trusts with the kind.
    /// </summary>
    /// <remarks>
    /// Where partners hold keys too, it keeps one from speaking of another's results, for them or against them. Where
    /// parties are named, evidence of an unknown party does not count.
    /// </remarks>
    public ValueList<PartyId> From { get; init; } = [];

    /// <summary>
    /// How old evidence may be when the outcome occurs: made at most so long before it. Null, the default, means any
    /// age.
    /// </summary>
    /// <remarks>
    /// By the time that the evidence itself says and covers, else by its receipt. Both ends included; whole seconds.
    /// </remarks>
    public Duration? MaxAge { get; init; }

    /// <summary>
    /// How late evidence may be made: at most so long after the outcome. Null, the default, means any time.
    /// </summary>
    /// <remarks>By the same time as <see cref="MaxAge"/>. Both ends included; whole seconds.</remarks>
    public Duration? MaxSkew { get; init; }

    /// <summary>
    /// How long evidence must have stood before it counts, from its receipt or the outcome, whichever is later. None by
    /// default.
    /// </summary>
    /// <remarks>For results that are often taken back soon, such as a delivery that bounces. Whole seconds.</remarks>
    public Duration Hold { get; init; } = Duration.Zero;

    /// <summary>Reads the policy's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static RequiredProof Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Value<EvidenceKind>("kind"))
        {
            MinStrength = terms.Enum("minStrength", ProofStrength.Mac),
            Schemes = terms.Values<SchemeId>("schemes"),
            Within = terms.Optional<DurationText>("within")?.Value,
            PastDue = terms.Enum("pastDue", PastDue.Reject),
            States = terms.Values<string>("states", 0, StateCountMax),
            Claims = terms.List("claims", RequiredClaim.Read, 0, ClaimCountMax),
            Parties = terms.Int("parties", 1),
            From = terms.Values<PartyId>("from", 0, PartyCountMax),
            MaxAge = terms.Optional<DurationText>("maxAge")?.Value,
            MaxSkew = terms.Optional<DurationText>("maxSkew")?.Value,
            Hold = terms.Value<DurationText>("hold", Duration.Zero),
            CoveredClaims = terms.Enum("coveredClaims", CoveredClaims.Required),
        };
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("kind", Kind);
        terms.Enum("minStrength", MinStrength, ProofStrength.Mac);
        terms.Values("schemes", Schemes);
        terms.Value("within", TextOf(terms, Within));
        terms.Enum("pastDue", PastDue, PastDue.Reject);
        terms.Values("states", States);
        terms.List("claims", Claims);
        terms.Integer("parties", Parties == 1 ? null : Parties);
        terms.Values("from", From);
        terms.Value("maxAge", TextOf(terms, MaxAge));
        terms.Value("maxSkew", TextOf(terms, MaxSkew));
        terms.Value<DurationText>("hold", terms.IsWalk ? Duration.Zero : Hold, Duration.Zero);
        terms.Enum("coveredClaims", CoveredClaims, CoveredClaims.Required);
    }

    // A walk in search of gaps may meet durations that have no text.
    internal static DurationText? TextOf(TermWriter terms, Duration? duration) =>
        !terms.IsWalk && duration is { } length ? new DurationText(length) : null;
}
