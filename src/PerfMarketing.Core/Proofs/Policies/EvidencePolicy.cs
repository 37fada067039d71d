using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>A policy of this library's algebra: a requirement, or several of them together.</summary>
/// <remarks>
/// <para>
/// Wherever evidence contradicts itself or the outcome, the money is held, whatever else proves it: both pieces are
/// kept, and a ruling settles it. A ruling is evidence of the kind <see cref="EvidenceKind.Ruling"/>, as strong as the
/// strongest requirement and not from whoever is paid; <see cref="EvidenceFinding.Happened"/> lets the outcome stand,
/// <see cref="EvidenceFinding.Failed"/> rejects it. Of several the last counts, and what contradicts it later is a new
/// dispute.
/// </para>
/// <para>
/// Who is paid never proves the outcome alone: of the evidence that proves it, at least one piece comes from somebody
/// else.
/// </para>
/// </remarks>
public abstract record EvidencePolicy : ProofPolicy
{
    private protected EvidencePolicy()
    {
    }

    /// <summary>Which claims the evidence that proves this must cover. All that moves money, by default.</summary>
    /// <remarks>
    /// Under <see cref="CoveredClaims.Required"/> each part of the outcome that the clause pays or decides by has to be
    /// covered, with the same value, by evidence that counts here, in time, and is not from whoever is paid. The
    /// outermost policy says so for the proof as a whole; a policy inside another says nothing of it.
    /// </remarks>
    public CoveredClaims CoveredClaims { get; init; }

    /// <summary>The policies inside this one; empty for a requirement.</summary>
    internal virtual ValueList<ProofPolicy> Parts => [];

    // The strength that a ruling must have.
    internal abstract ProofStrength RulingStrength { get; }

    /// <inheritdoc/>
    protected internal sealed override Qualification JudgeCore(ProofCase proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ClaimCoverage covered = default;
        ProofStanding standing = StandingAsWhole(proof, ref covered);
        return standing.Kind == ProofStandingKind.Contradicted && RulingOf(proof) is { } ruling
            ? Rule(proof, ruling)
            : Conclude(proof, standing, covered);
    }

    /// <summary>Where a part stands, whoever wrote it.</summary>
    internal static ProofStanding StandingOf(ProofPolicy part, ProofCase proof) =>
        part is EvidencePolicy own ? own.StandingCore(proof) : ProofStanding.Of(part.JudgeCore(proof));

    /// <summary>Says why a part is not proven.</summary>
    internal static void Explain(ProofPolicy part, ProofCase proof, ProofExplanation into)
    {
        if (part is EvidencePolicy own)
        {
            ProofStanding standing = own.StandingCore(proof);
            if (standing.Kind != ProofStandingKind.Proven)
            {
                own.ExplainCore(proof, standing, into);
            }

            return;
        }

        switch (part.JudgeCore(proof))
        {
            case Qualification.Pending pending:
                pending.Missing.ToList().ForEach(into.Miss);
                pending.Reasons.ToList().ForEach(into.Refuse);
                break;
            case Qualification.Rejected rejected:
                rejected.Reasons.ToList().ForEach(into.End);
                break;
            case Qualification.Disputed disputed:
                disputed.Reasons.ToList().ForEach(r => into.Contradict(r, disputed.Evidence.AsSpan()));
                break;
            default:
                break;
        }
    }

    /// <summary>Where this stands, whatever claims the clause uses.</summary>
    internal abstract ProofStanding StandingCore(ProofCase proof);

    /// <summary>Says why this is not proven.</summary>
    internal abstract void ExplainCore(ProofCase proof, ProofStanding standing, ProofExplanation into);

    /// <summary>Names the evidence that proves this.</summary>
    internal abstract void Name(ProofCase proof, EvidenceNames into);

    /// <summary>Whether a piece of evidence counts for this, as proof that it happened.</summary>
    internal abstract bool Counts(ProofCase proof, EvidenceVerdict verdict);

    /// <summary>
    /// The requirement for which a piece of evidence counts the earliest; null when it counts for none.
    /// </summary>
    /// <param name="proof">The case.</param>
    /// <param name="verdict">The evidence.</param>
    /// <param name="at">From when on it counts; <see cref="ProofStanding.Never"/> when it came too late.</param>
    internal abstract RequiredProof? CountedBy(ProofCase proof, EvidenceVerdict verdict, out Instant at);

    /// <summary>Notes every kind that is asked for as missing: more of any could still prove it.</summary>
    internal abstract void MissAll(ProofExplanation into);

    /// <summary>Whether this asks for a kind of evidence.</summary>
    internal abstract bool AsksFor(EvidenceKind kind);

    // Whether all that moves money is covered, too. What is no known way to cover claims asks for it.
    private ProofStanding StandingAsWhole(ProofCase proof, ref ClaimCoverage covered)
    {
        ProofStanding own = StandingCore(proof);
        return CoveredClaims == CoveredClaims.AsNamed || own.Kind != ProofStandingKind.Proven
            ? own
            : ClaimUse.Cover(this, proof, own, ref covered);
    }

    private void Explain(ProofCase proof, ProofStanding standing, ProofExplanation into)
    {
        if (standing.Kind != ProofStandingKind.Proven)
        {
            ProofStanding own = StandingCore(proof);
            ExplainCore(proof, own, into);
            if (CoveredClaims != CoveredClaims.AsNamed && own.Kind == ProofStandingKind.Proven)
            {
                ClaimUse.Explain(this, proof, into);
            }
        }
    }

    private Qualification Conclude(ProofCase proof, ProofStanding standing, in ClaimCoverage covered)
    {
        if (standing.Kind == ProofStandingKind.Proven && standing.IndependentAt <= proof.AsOf)
        {
            return QualifiedBy(proof, standing, covered, []);
        }

        ProofExplanation why = new();
        Explain(proof, standing, why);
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            if (!AsksFor(verdict.Kind) && verdict.Kind != EvidenceKind.Ruling)
            {
                why.Refuse(Reason.Of(ProofReasons.OtherKind, ("kind", verdict.Kind)));
            }
        }

        return standing.Kind switch
        {
            ProofStandingKind.Contradicted => new Qualification.Disputed(why.Contradictions) { Evidence = why.Pair },
            ProofStandingKind.Closed => new Qualification.Rejected(why.Reasons),
            ProofStandingKind.Open => new Qualification.Pending(why.Missing, standing.Until, why.Reasons),
            _ => NotYet(proof, standing, why),
        };
    }

    // Proven, but only later: after a hold, or when somebody else says so too.
    private Qualification NotYet(ProofCase proof, ProofStanding standing, ProofExplanation why)
    {
        if (standing.IsIndependent)
        {
            why.Refuse(Reason.Of(ProofReasons.Held, ("until", standing.IndependentAt)));
            return new Qualification.Pending([], standing.IndependentAt, why.Reasons);
        }

        MissAll(why);
        why.Refuse(new(ProofReasons.PartyNotIndependent));
        return standing.Until <= proof.AsOf
            ? new Qualification.Rejected(why.Reasons)
            : new Qualification.Pending(why.Missing, standing.Until, why.Reasons);
    }

    private Qualification.Qualified QualifiedBy(
        ProofCase proof, ProofStanding standing, in ClaimCoverage covered, ValueList<EvidenceId> rulings)
    {
        EvidenceNames evidence = new();
        Name(proof, evidence);
        if (CoveredClaims != CoveredClaims.AsNamed)
        {
            ClaimUse.Name(this, proof, covered, evidence);
        }

        foreach (EvidenceId ruling in rulings)
        {
            evidence.Add(ruling);
        }

        return new(Instant.Max(proof.OutcomeAt, standing.IndependentAt), evidence.ToValueList());
    }

    private EvidenceVerdict? RulingOf(ProofCase proof)
    {
        EvidenceVerdict? last = null;
        bool isTied = false;
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            if (verdict.Kind == EvidenceKind.Ruling && verdict.IsValid && verdict.Finding != EvidenceFinding.Undecided
                && verdict.ReplayKey is { IsUnset: false } && !proof.IsBeneficiary(verdict.Party)
                && !proof.IsElsewhere(verdict)
                && verdict.Strength >= RulingStrength && verdict.Strength <= ProofStrength.PlatformAttested)
            {
                isTied = last?.ReceivedAt == verdict.ReceivedAt && (isTied || last.Finding != verdict.Finding);
                last = verdict;
            }
        }

        return isTied ? null : last;
    }

    private Qualification Rule(ProofCase proof, EvidenceVerdict ruling)
    {
        EvidenceId id = ruling.ReplayKey.GetValueOrDefault();
        ProofCase ruled = proof.Ruled(ruling.ReceivedAt);
        if (ruling.Finding == EvidenceFinding.Failed)
        {
            return proof.Verdicts.Any(v => v.ReceivedAt > ruling.ReceivedAt && Counts(ruled, v))
                ? Conclude(proof, ProofStanding.Contradicted, default)
                : new Qualification.Rejected([Reason.Of(ProofReasons.RuledOut, ("evidence", id))]);
        }

        ClaimCoverage covered = default;
        ProofStanding standing = StandingAsWhole(ruled, ref covered);
        return standing.Kind == ProofStandingKind.Proven && standing.IndependentAt <= proof.AsOf
            ? QualifiedBy(
                ruled,
                standing with { IndependentAt = Instant.Max(standing.IndependentAt, ruling.ReceivedAt) },
                covered,
                [id])
            : Conclude(ruled, standing, covered);
    }
}
