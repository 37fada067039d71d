using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>A policy of this library, by its name: what usually proves an outcome.</summary>
/// <remarks>
/// The name with its version means the same for ever, so a contract that names it is frozen as if it wrote it out. A
/// name or a version that is not known passes nothing.
/// </remarks>
public sealed record StandardProof : EvidencePolicy
{
    /// <summary>The policy's name.</summary>
    public const string TagName = "standard";

    /// <summary>The newest version of the names' meanings.</summary>
    public const int VersionMax = 1;

    /// <summary>Makes the policy.</summary>
    /// <param name="of">The name, one of <see cref="ProofPolicies.Names"/>.</param>
    public StandardProof(string of)
    {
        Policy = StandardPolicies.Of(of, 1, null);
        Version = 1;
        Of = of;
    }

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>The name, one of <see cref="ProofPolicies.Names"/>.</summary>
    public string Of
    {
        get;
        init
        {
            field = value;
            Policy = StandardPolicies.Of(value, Version, Within);
        }
    }

    /// <summary>The version of the name's meaning; 1 by default.</summary>
    public int Version
    {
        get;
        init
        {
            field = value;
            Policy = StandardPolicies.Of(Of, value, Within);
        }
    }

    /// <summary>How long an outcome waits for its proof at most; null, the default, waits without end.</summary>
    /// <remarks>Shortens nothing that the policy itself ends sooner. Whole seconds.</remarks>
    public Duration? Within
    {
        get;
        init
        {
            field = value;
            Policy = StandardPolicies.Of(Of, Version, value);
        }
    }

    /// <summary>The policy written out; one that nothing passes when name or version is not known.</summary>
    public EvidencePolicy Policy { get; private init; }

    /// <inheritdoc/>
    internal override ProofStrength RulingStrength => Policy.RulingStrength;

    /// <summary>Reads the policy's terms.</summary>
    /// <param name="terms">The terms.</param>
    public static StandardProof Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Text("of"))
        {
            Version = terms.Int("version", 1),
            Within = terms.Optional<Time.DurationText>("within")?.Value,
            CoveredClaims = terms.Enum("coveredClaims", CoveredClaims.Required),
        };
    }

    /// <inheritdoc/>
    internal override ProofStanding StandingCore(ProofCase proof) => Policy.StandingCore(proof);

    /// <inheritdoc/>
    internal override void ExplainCore(ProofCase proof, ProofStanding standing, ProofExplanation into) =>
        Explain(Policy, proof, into);

    /// <inheritdoc/>
    internal override void Name(ProofCase proof, EvidenceNames into) => Policy.Name(proof, into);

    /// <inheritdoc/>
    internal override bool Counts(ProofCase proof, EvidenceVerdict verdict) => Policy.Counts(proof, verdict);

    /// <inheritdoc/>
    internal override RequiredProof? CountedBy(ProofCase proof, EvidenceVerdict verdict, out Instant at) =>
        Policy.CountedBy(proof, verdict, out at);

    /// <inheritdoc/>
    internal override void MissAll(ProofExplanation into) => Policy.MissAll(into);

    /// <inheritdoc/>
    internal override bool AsksFor(EvidenceKind kind) => Policy.AsksFor(kind);

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("of", Of);
        terms.Integer("version", Version == 1 ? null : Version);
        terms.Value("within", RequiredProof.TextOf(terms, Within));
        terms.Enum("coveredClaims", CoveredClaims, CoveredClaims.Required);
    }
}
