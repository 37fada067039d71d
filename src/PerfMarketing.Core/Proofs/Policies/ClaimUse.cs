using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <summary>Whether what a clause uses of an outcome is covered by the evidence that counts for a policy.</summary>
internal static class ClaimUse
{
    /// <summary>Where a proven policy stands when each used part has to be covered as well.</summary>
    public static ProofStanding Cover(EvidencePolicy policy, ProofCase proof, ProofStanding proven)
    {
        Instant at = proven.IndependentAt;
        foreach (string use in proof.Subject.Uses)
        {
            (ClaimAgreement found, EvidenceVerdict? by) = Find(policy, proof, use);
            if (found == ClaimAgreement.Differs)
            {
                return ProofStanding.Contradicted;
            }

            if (by is null)
            {
                return proven.Until <= proof.AsOf ? ProofStanding.Closed : ProofStanding.Open(proven.Until);
            }

            at = Instant.Max(at, by.ReceivedAt);
        }

        return proven with { IndependentAt = at };
    }

    /// <summary>Says which used parts are not covered, or differ.</summary>
    public static void Explain(EvidencePolicy policy, ProofCase proof, ProofExplanation into)
    {
        foreach (string use in proof.Subject.Uses)
        {
            (ClaimAgreement found, EvidenceVerdict? by) = Find(policy, proof, use);
            if (found == ClaimAgreement.Differs)
            {
                into.Contradict(
                    Reason.Of(ProofReasons.ClaimDiffers, ("claim", use)), by!.ReplayKey.GetValueOrDefault());
            }
            else if (by is null)
            {
                string code = found == ClaimAgreement.Unreadable
                    ? ProofReasons.ClaimMalformed
                    : ProofReasons.ClaimNotCovered;
                into.Refuse(Reason.Of(code, ("claim", use)));
                policy.MissAll(into);
            }
        }
    }

    /// <summary>Names the evidence that covers what is used, as far as what is named does not.</summary>
    public static void Name(EvidencePolicy policy, ProofCase proof, HashSet<EvidenceId> into)
    {
        foreach (string use in proof.Subject.Uses)
        {
            bool isNamed = proof.Verdicts.Any(v => v.ReplayKey is { } id && into.Contains(id)
                && Covers(policy, proof, v, use) == ClaimAgreement.Agrees);
            if (!isNamed && Find(policy, proof, use).By?.ReplayKey is { } by)
            {
                into.Add(by);
            }
        }
    }

    // The first evidence that covers a part; one that differs goes before all.
    private static (ClaimAgreement Found, EvidenceVerdict? By) Find(EvidencePolicy policy, ProofCase proof, string use)
    {
        (ClaimAgreement Found, EvidenceVerdict? By) best = (ClaimAgreement.NotCovered, null);
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            ClaimAgreement found = Covers(policy, proof, verdict, use);
            if (found == ClaimAgreement.Differs)
            {
                return (found, verdict);
            }

            if (found == ClaimAgreement.Agrees && best.By is null)
            {
                best = (found, verdict);
            }
            else if (found == ClaimAgreement.Unreadable && best.By is null)
            {
                best = (found, null);
            }
        }

        return best;
    }

    private static ClaimAgreement Covers(EvidencePolicy policy, ProofCase proof, EvidenceVerdict verdict, string use)
    {
        if (proof.IsBeneficiary(verdict.Party) || !policy.Counts(proof, verdict))
        {
            return ClaimAgreement.NotCovered;
        }

        ClaimAgreement found = ClaimCheck.Compare(proof, verdict, use, use, 0);
        return found == ClaimAgreement.Differs && proof.IsSettled(verdict) ? ClaimAgreement.Agrees : found;
    }
}
