using NodaTime;

namespace PerfMarketing.Proofs.Policies;

/// <content>Which evidence proves the requirement, and which covers what the clause uses.</content>
public sealed partial record RequiredProof
{
    /// <inheritdoc/>
    internal override void Name(ProofCase proof, EvidenceNames into)
    {
        if (Parties > 1)
        {
            NameParties(proof, into);
            return;
        }

        Instant? until = proof.EndOf(Within);
        EvidenceVerdict? first = null;
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            if (IsInTime(verdict, until) && Counts(proof, verdict))
            {
                first ??= verdict;
                if (!proof.IsBeneficiary(verdict.Party))
                {
                    first = verdict;
                    break;
                }
            }
        }

        if (first is not null)
        {
            into.Add(IdOf(first));
        }
    }

    /// <inheritdoc/>
    internal override RequiredProof? CountedBy(ProofCase proof, EvidenceVerdict verdict, out Instant at)
    {
        at = ProofStanding.Never;
        if (verdict.Kind != Kind || !Counts(proof, verdict))
        {
            return null;
        }

        if (IsInTime(verdict, proof.EndOf(Within)) && CountsForParties(verdict))
        {
            at = StandsFrom(proof, verdict);
        }

        return this;
    }

    /// <summary>The claim that the requirement compares with a part of the outcome; null when it names none.</summary>
    internal RequiredClaim? ClaimFor(string part)
    {
        foreach (RequiredClaim claim in Claims)
        {
            if (claim.Matches == part)
            {
                return claim;
            }
        }

        return null;
    }

    private void NameParties(ProofCase proof, EvidenceNames into)
    {
        Instant? until = proof.EndOf(Within);
        List<EvidenceVerdict> chosen = [];
        EvidenceVerdict? independent = null;
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            if (IsInTime(verdict, until) && CountsForParties(verdict) && Counts(proof, verdict))
            {
                independent ??= proof.IsBeneficiary(verdict.Party) ? null : verdict;
                if (chosen.Count < Parties && !chosen.Exists(c => c.Party == verdict.Party))
                {
                    chosen.Add(verdict);
                }
            }
        }

        if (chosen.Count < Parties)
        {
            return;
        }

        chosen.ForEach(c => into.Add(IdOf(c)));
        if (independent is not null && chosen.TrueForAll(c => proof.IsBeneficiary(c.Party)))
        {
            into.Add(IdOf(independent));
        }
    }
}
