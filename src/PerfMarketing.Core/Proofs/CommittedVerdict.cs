using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Traffic;

namespace PerfMarketing.Proofs;

/// <summary>A verdict as it is kept: what it claims can be erased without breaking any proof above it.</summary>
/// <remarks>
/// What may be personal (the claims, covered and uncovered, and the digest of the raw body, which could be guessed) is
/// chained by a <see cref="SaltedCommitment"/> alone; the rest, such as scheme, key, strength and finding, in the
/// clear, and the codes and classes of <see cref="TrafficEvidence"/>: without them a finding would be forgotten, and
/// a clearing would clear everything.
/// <see cref="ChainContent"/> is the same before and after <see cref="Erase"/>.
/// </remarks>
public sealed record CommittedVerdict : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    private CommittedVerdict(EvidenceVerdict verdict, Digest commitment, Digest? salt) =>
        (Verdict, Commitment, Salt) = (verdict, commitment, salt);

    /// <summary>The verdict; without claims and content once it was erased.</summary>
    public EvidenceVerdict Verdict { get; }

    /// <summary>The commitment to what can be erased.</summary>
    public Digest Commitment { get; }

    /// <summary>The salt; null once it was erased.</summary>
    public Digest? Salt { get; }

    /// <summary>Whether claims and salt were erased.</summary>
    public bool IsErased => Salt is null;

    /// <summary>What goes into the chain of the ledger; see <see cref="RecordChain.Append(Digest)"/>.</summary>
    public Digest ChainContent => TermDigest.Of(new Chained(Bare(Verdict), Commitment));

    /// <summary>Commits to a verdict.</summary>
    /// <param name="verdict">What the verifier said.</param>
    /// <param name="salt">32 secret bytes for this evidence: <see cref="EvidenceSalt"/>, or random ones.</param>
    public static CommittedVerdict Of(EvidenceVerdict verdict, Digest salt)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return new(verdict, CommitmentTo(verdict, salt), salt);
    }

    /// <summary>Reads a committed verdict; one whose claims are not those committed to is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static CommittedVerdict Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        EvidenceVerdict? verdict = terms.Object("verdict", EvidenceVerdict.Read);
        CommittedVerdict found = new(verdict!, terms.Value<Digest>("commitment"), terms.Optional<Digest>("salt"));
        if (verdict is not null && !found.Holds())
        {
            terms.Fail("commitment", ProofReasons.CommitmentBroken, "The claims are not those that were committed to.");
        }

        return found;
    }

    /// <summary>Whether the claims are those that were committed to; once erased, whether there are none.</summary>
    public bool Holds() => Salt is { } salt
        ? CommitmentTo(Verdict, salt) == Commitment
        : Verdict == Bare(Verdict);

    /// <summary>
    /// The verdict without what can be erased. The host forgets salt, claims and raw body; nobody can restore them.
    /// </summary>
    /// <remarks>
    /// What was decided stands: the record of the decision names the evidence by its id. Append an
    /// <see cref="Erasure"/>
    /// to the same chain, and keep what a dispute or the law still needs.
    /// </remarks>
    public CommittedVerdict Erase() => new(Bare(Verdict), Commitment, salt: null);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Terms("verdict", Verdict);
        terms.Value("commitment", Commitment);
        terms.Value("salt", Salt);
    }

    private static EvidenceVerdict Bare(EvidenceVerdict verdict) =>
        verdict with { Claims = TrafficEvidence.LastingIn(verdict), Uncovered = [], Content = default };

    private static Digest CommitmentTo(EvidenceVerdict verdict, Digest salt) =>
        SaltedCommitment.Of(salt, new Erasable(verdict.Claims, verdict.Uncovered, verdict.Content));

    private sealed record Erasable(
        ValueList<EvidenceClaim> Claims, ValueList<EvidenceClaim> Uncovered, Digest Content) : ITerms
    {
        public void Write(TermWriter terms)
        {
            terms.List("claims", Claims);
            terms.List("uncovered", Uncovered);
            terms.Value("content", Content);
        }
    }

    private sealed record Chained(EvidenceVerdict Verdict, Digest Commitment) : ITerms
    {
        public void Write(TermWriter terms)
        {
            terms.Terms("verdict", Verdict);
            terms.Value("commitment", Commitment);
        }
    }
}
