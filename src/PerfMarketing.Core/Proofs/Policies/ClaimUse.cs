using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Whether what a clause uses of an outcome is covered by the evidence that counts for a policy.</summary>
/// <remarks>
/// Evidence of whoever is paid covers nothing. Where a requirement names a claim for the part, that claim is compared,
/// with its tolerance; else the claim of the part's own name, exactly.
/// </remarks>
internal static class ClaimUse
{
    private const int UsesOnStack = 16;

    /// <summary>Where a proven policy stands when each used part has to be covered as well.</summary>
    public static ProofStanding Cover(EvidencePolicy policy, ProofCase proof, ProofStanding proven)
    {
        int count = proof.Subject.Uses.Count;
        if (count == 0)
        {
            return proven;
        }

        Span<Instant> coveredAt = count <= UsesOnStack ? stackalloc Instant[UsesOnStack] : new Instant[count];
        coveredAt = coveredAt[..count];
        coveredAt.Fill(ProofStanding.Never);
        if (!TryCover(policy, proof, coveredAt))
        {
            return ProofStanding.Contradicted;
        }

        Instant whole = proven.IndependentAt;
        foreach (Instant at in coveredAt)
        {
            if (at == ProofStanding.Never)
            {
                return proven.Until <= proof.AsOf ? ProofStanding.Closed : ProofStanding.Open(proven.Until);
            }

            whole = Instant.Max(whole, at);
        }

        return proven with { IndependentAt = whole };
    }

    /// <summary>Says which used parts are not covered, or differ.</summary>
    public static void Explain(EvidencePolicy policy, ProofCase proof, ProofExplanation into)
    {
        foreach (string use in proof.Subject.Uses)
        {
            bool isCovered = false;
            bool isUnreadable = false;
            foreach (EvidenceVerdict verdict in proof.Verdicts)
            {
                ClaimAgreement found = Compare(policy, proof, verdict, use, out Instant at);
                isCovered |= found == ClaimAgreement.Agrees && at < ProofStanding.Never;
                isUnreadable |= found == ClaimAgreement.Unreadable;
                if (found == ClaimAgreement.Differs)
                {
                    into.Contradict(
                        Reason.Of(ProofReasons.ClaimDiffers, ("claim", use)), verdict.ReplayKey.GetValueOrDefault());
                }
            }

            if (!isCovered)
            {
                string code = isUnreadable ? ProofReasons.ClaimMalformed : ProofReasons.ClaimNotCovered;
                into.Refuse(Reason.Of(code, ("claim", use)));
                policy.MissAll(into);
            }
        }
    }

    /// <summary>Names the evidence that covers what is used, as far as what is named does not.</summary>
    public static void Name(EvidencePolicy policy, ProofCase proof, EvidenceNames into)
    {
        foreach (string use in proof.Subject.Uses)
        {
            EvidenceVerdict? earliest = null;
            Instant earliestAt = ProofStanding.Never;
            foreach (EvidenceVerdict verdict in proof.Verdicts)
            {
                if (Compare(policy, proof, verdict, use, out Instant at) != ClaimAgreement.Agrees)
                {
                    continue;
                }

                if (into.Contains(verdict.ReplayKey.GetValueOrDefault()))
                {
                    earliest = null;
                    break;
                }

                earliest = at < earliestAt ? verdict : earliest;
                earliestAt = Instant.Min(at, earliestAt);
            }

            if (earliest is not null)
            {
                into.Add(earliest.ReplayKey.GetValueOrDefault());
            }
        }
    }

    // From when on each part is covered; false when a claim differs from the outcome.
    private static bool TryCover(EvidencePolicy policy, ProofCase proof, Span<Instant> coveredAt)
    {
        ValueList<string> uses = proof.Subject.Uses;
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            if (Counted(policy, proof, verdict, out Instant at) is not { } by)
            {
                continue;
            }

            for (int i = 0; i < coveredAt.Length; i++)
            {
                switch (Compare(by, proof, verdict, uses[i]))
                {
                    case ClaimAgreement.Agrees:
                        coveredAt[i] = Instant.Min(coveredAt[i], at);
                        break;
                    case ClaimAgreement.Differs:
                        return false;
                    default:
                        break;
                }
            }
        }

        return true;
    }

    private static RequiredProof? Counted(
        EvidencePolicy policy, ProofCase proof, EvidenceVerdict verdict, out Instant at)
    {
        at = ProofStanding.Never;
        return proof.IsBeneficiary(verdict.Party) ? null : policy.CountedBy(proof, verdict, out at);
    }

    private static ClaimAgreement Compare(
        EvidencePolicy policy, ProofCase proof, EvidenceVerdict verdict, string use, out Instant at) =>
        Counted(policy, proof, verdict, out at) is { } by
            ? Compare(by, proof, verdict, use)
            : ClaimAgreement.NotCovered;

    private static ClaimAgreement Compare(RequiredProof by, ProofCase proof, EvidenceVerdict verdict, string use)
    {
        RequiredClaim? named = by.ClaimFor(use);
        ClaimAgreement found = ClaimCheck.Compare(proof, verdict, named?.Name ?? use, use, named?.Tolerance ?? 0);
        return found == ClaimAgreement.Differs && proof.IsSettled(verdict) ? ClaimAgreement.Agrees : found;
    }
}
