using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Proofs;

/// <summary>
/// What a contract asks for before it believes that an outcome happened: immutable data with its own pure decision.
/// </summary>
/// <remarks>
/// Derive a sealed record to add a policy, and give its reading function and validator to
/// <see cref="ProofPolicyCatalog.With{T}"/>. Two laws hold for every policy: the order of evidence makes no difference,
/// and more evidence that is valid and consistent never lowers a decision. A policy is stateless and thread-safe.
/// </remarks>
public abstract record ProofPolicy : ITerms
{
    /// <summary>No proof is required: every outcome qualifies when it occurs.</summary>
    public static ProofPolicy None { get; } = new NoProof();

    /// <summary>
    /// The policy's name in JSON and digest; bare names are this library's, others carry a prefix: <c>acme.panel</c>.
    /// </summary>
    public abstract string Tag { get; }

    /// <summary>One piece of evidence of a kind is required.</summary>
    /// <param name="kind">The kind of evidence.</param>
    /// <param name="minStrength">The weakest evidence that counts; contracts that trust the host's word say so.</param>
    /// <param name="within">How long an outcome waits for it; null waits without end.</param>
    public static RequiredProof Require(
        EvidenceKind kind, ProofStrength minStrength = ProofStrength.Mac, Duration? within = null) =>
        new(kind) { MinStrength = minStrength, Within = within };

    /// <summary>
    /// The host's own word is enough: that it happened, and what it is worth. Nothing is signed, so this is for results
    /// that the host itself records and for tests.
    /// </summary>
    /// <param name="kind">The kind of evidence.</param>
    /// <param name="within">How long an outcome waits for it; null waits without end.</param>
    public static RequiredProof TrustHost(EvidenceKind kind, Duration? within = null) => new(kind)
    {
        MinStrength = ProofStrength.Asserted,
        Within = within,
        CoveredClaims = CoveredClaims.AsNamed,
    };

    /// <summary>All of several policies have to be satisfied.</summary>
    /// <param name="of">The policies.</param>
    public static AllOf All(params ReadOnlySpan<ProofPolicy> of) => new(ValueList.Create(of));

    /// <summary>One of several policies has to be satisfied.</summary>
    /// <param name="of">The policies.</param>
    public static AnyOf Any(params ReadOnlySpan<ProofPolicy> of) => new(ValueList.Create(of));

    /// <summary>Some number of several policies has to be satisfied.</summary>
    /// <param name="count">How many.</param>
    /// <param name="of">The policies.</param>
    public static AtLeast Some(int count, params ReadOnlySpan<ProofPolicy> of) => new(count, ValueList.Create(of));

    /// <summary>Decides whether the evidence known at an instant is enough.</summary>
    /// <param name="subject">What is to be proven.</param>
    /// <param name="verdicts">
    /// What verifiers said of the outcome's evidence, in any order, repetitions included.
    /// </param>
    /// <param name="asOf">When it is decided; evidence received later is left out.</param>
    public Qualification Judge(ProofSubject subject, IEnumerable<EvidenceVerdict> verdicts, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(verdicts);
        return JudgeCore(ProofCase.Of(subject, verdicts, asOf));
    }

    /// <summary>
    /// Decides whether the evidence known at an instant is enough, when nothing but the outcome's time is known.
    /// </summary>
    /// <param name="outcomeAt">When the outcome occurred.</param>
    /// <param name="verdicts">
    /// What verifiers said of the outcome's evidence, in any order, repetitions included.
    /// </param>
    /// <param name="asOf">When it is decided; evidence received later is left out.</param>
    public Qualification Judge(Instant outcomeAt, IEnumerable<EvidenceVerdict> verdicts, Instant asOf) =>
        Judge(new ProofSubject(outcomeAt), verdicts, asOf);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("proof", Tag);
        WriteCore(terms);
    }

    /// <summary>Decides a case.</summary>
    /// <param name="proof">The outcome's time and its evidence in canonical order.</param>
    protected internal abstract Qualification JudgeCore(ProofCase proof);

    /// <summary>Writes the policy's own terms, without the tag.</summary>
    /// <param name="terms">Where to write them.</param>
    protected abstract void WriteCore(TermWriter terms);
}
