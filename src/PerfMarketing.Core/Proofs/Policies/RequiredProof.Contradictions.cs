using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <content>What contradicts what.</content>
public sealed partial record RequiredProof
{
    // One provider's id with two contents, the later of which no ruling settled.
    private bool HasConflict(ProofCase proof)
    {
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            if (IsInConflict(proof, verdict))
            {
                return true;
            }
        }

        return false;
    }

    // A repetition of what was known when a ruling came begins no new dispute.
    private bool IsInConflict(ProofCase proof, EvidenceVerdict verdict)
    {
        if (proof.IsSettled(verdict) || !IsBasic(proof, verdict))
        {
            return false;
        }

        bool hasOther = false;
        foreach (EvidenceVerdict other in proof.Verdicts)
        {
            if (other.ReplayKey != verdict.ReplayKey || other.Scheme != verdict.Scheme || other.Party != verdict.Party
                || !IsBasic(proof, other))
            {
                continue;
            }

            if (other.Content != verdict.Content)
            {
                hasOther = true;
            }
            else if (proof.IsSettled(other))
            {
                return false;
            }
        }

        return hasOther;
    }

    private void ExplainContradiction(ProofCase proof, ProofExplanation into)
    {
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            if (IsInConflict(proof, verdict))
            {
                EvidenceId id = IdOf(verdict);
                into.Contradict(Reason.Of(ProofReasons.ReplayConflict, ("evidence", id)), id);
            }
        }

        Instant? until = proof.EndOf(Within);
        EvidenceVerdict? says = proof.Verdicts.FirstOrDefault(v => IsInTime(v, until) && Counts(proof, v));
        foreach (EvidenceVerdict verdict in proof.Verdicts)
        {
            Weight weight = Weigh(proof, verdict, null);
            if (weight is not (Weight.Against or Weight.Differs) || proof.IsSettled(verdict))
            {
                continue;
            }

            EvidenceId id = IdOf(verdict);
            if (weight == Weight.Differs)
            {
                ExplainDifference(proof, verdict, into);
            }
            else if (says is not null)
            {
                into.Contradict(
                    Reason.Of(ProofReasons.Contradicted, ("evidence", IdOf(says)), ("against", id)), IdOf(says), id);
            }
            else if (PastDue == PastDue.Approve && verdict.ReceivedAt >= until)
            {
                into.Contradict(Reason.Of(ProofReasons.OutcomeNegative, ("evidence", id)), id);
            }
        }
    }

    private void ExplainDifference(ProofCase proof, EvidenceVerdict verdict, ProofExplanation into)
    {
        foreach (RequiredClaim claim in Claims)
        {
            if (ClaimCheck.Check(proof, verdict, claim) == ClaimAgreement.Differs)
            {
                into.Contradict(Reason.Of(ProofReasons.ClaimDiffers, ("claim", claim.Name)), IdOf(verdict));
            }
        }
    }
}
