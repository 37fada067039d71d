using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Policies;

/// <summary>One piece of valid evidence of a kind is required, strong enough and in time.</summary>
/// <remarks>
/// The first such evidence qualifies the outcome, at its receipt. A repetition (same scheme, party and provider's id,
/// same content) counts once; the same id with other content disputes the outcome. Evidence that is forged, too weak or
/// of another scheme changes nothing: a stranger can neither prove nor spoil a result. When the wait is over, silence
/// rejects or approves, as <see cref="PastDue"/> says.
/// </remarks>
/// <param name="Kind">The kind of evidence.</param>
public sealed record RequiredProof(EvidenceKind Kind) : ProofPolicy
{
    /// <summary>The policy's name.</summary>
    public const string TagName = "require";

    /// <summary>The most schemes that a policy names.</summary>
    public const int SchemeCountMax = 16;

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
    /// retraction, and silence until the end approves.
    /// </remarks>
    public PastDue PastDue { get; init; }

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
        };
    }

    /// <inheritdoc/>
    protected internal override Qualification JudgeCore(ProofCase proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        List<EvidenceVerdict> counted = [];
        HashSet<Reason> refused = [];
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            if (Refuse(verdict) is { } reason)
            {
                refused.Add(reason);
            }
            else
            {
                counted.Add(verdict);
            }
        }

        return counted.Count > 1 && Conflicts(counted) is { Count: > 0 } conflicts
            ? new Qualification.Disputed(Listed(conflicts))
            : Decide(proof, counted, refused);
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("kind", Kind);
        terms.Enum("minStrength", MinStrength, ProofStrength.Mac);
        terms.Values("schemes", Schemes);
        terms.Value("within", !terms.IsWalk && Within is { } within ? new DurationText(within) : (DurationText?)null);
        terms.Enum("pastDue", PastDue, PastDue.Reject);
    }

    private Qualification Decide(ProofCase proof, List<EvidenceVerdict> counted, HashSet<Reason> refused)
    {
        Instant? until = proof.EndOf(Within);
        if (counted.Count > 0 && !(counted[0].ReceivedAt >= until))
        {
            EvidenceVerdict first = counted[0];
            return new Qualification.Qualified(
                Instant.Max(proof.OutcomeAt, first.ReceivedAt), [first.ReplayKey.GetValueOrDefault()]);
        }

        if (until is not { } end || proof.AsOf < end)
        {
            return new Qualification.Pending([Kind], until, Listed(refused));
        }

        if (PastDue == PastDue.Approve)
        {
            return new Qualification.Qualified(end, []);
        }

        Reason main = counted.Count > 0
            ? Reason.Of(ProofReasons.Late, ("until", end))
            : Reason.Of(ProofReasons.Expired, ("kind", Kind), ("until", end));
        return new Qualification.Rejected([main, .. Listed(refused)]);
    }

    // Why a verdict does not count; null when it does. An undefined strength is no strength.
    private Reason? Refuse(EvidenceVerdict verdict)
    {
        if (verdict.Kind != Kind || Kind.IsUnset)
        {
            return Reason.Of(ProofReasons.OtherKind, ("kind", verdict.Kind));
        }

        if (!verdict.IsValid)
        {
            return verdict.Reason ?? new Reason(ProofReasons.NotValid);
        }

        if (Schemes.Count > 0 && !Schemes.Contains(verdict.Scheme))
        {
            return Reason.Of(ProofReasons.SchemeRefused, ("scheme", verdict.Scheme));
        }

        if (!IsStrength(verdict.Strength) || !IsStrength(MinStrength) || verdict.Strength < MinStrength)
        {
            return Reason.Of(
                ProofReasons.TooWeak, ("strength", Name(verdict.Strength)), ("required", Name(MinStrength)));
        }

        return verdict.ReplayKey is { IsUnset: false } ? null : new Reason(ProofReasons.NoReplayKey);
    }

    private static bool IsStrength(ProofStrength strength) =>
        strength is > ProofStrength.None and <= ProofStrength.PlatformAttested;

    private static string Name(ProofStrength strength) =>
        EnumText.Of(IsStrength(strength) ? strength : ProofStrength.None);

    private static HashSet<Reason> Conflicts(List<EvidenceVerdict> counted) => counted
        .GroupBy(static verdict => (verdict.Scheme, verdict.Party, verdict.ReplayKey))
        .Where(static group => group.Any(verdict => verdict.Content != group.First().Content))
        .Select(static group => group.Key.ReplayKey.GetValueOrDefault())
        .Select(static id => Reason.Of(ProofReasons.ReplayConflict, ("evidence", id)))
        .ToHashSet();

    private static ValueList<Reason> Listed(HashSet<Reason> reasons) => reasons
        .OrderBy(static reason => reason.ToString(), StringComparer.Ordinal)
        .Take(ReasonCountMax)
        .ToValueList();
}
