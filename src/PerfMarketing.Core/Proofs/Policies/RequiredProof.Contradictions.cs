using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <content>What contradicts what.</content>
public sealed partial record RequiredProof
{
    // So few are compared with each other; more are looked up.
    private const int ComparedMax = 32;

    // One provider's id with two contents, the later of which no ruling settled.
    private bool HasConflict(ProofCase proof, ReadOnlySpan<int> believed)
    {
        if (!HasTwoContents(proof.Verdicts.AsSpan(), believed))
        {
            return false;
        }

        foreach (int place in believed)
        {
            if (IsInConflict(proof, proof.Verdicts[place]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasTwoContents(ReadOnlySpan<EvidenceVerdict> verdicts, ReadOnlySpan<int> believed)
    {
        if (believed.Length > ComparedMax)
        {
            return HasTwoContentsOfMany(verdicts, believed);
        }

        for (int i = 1; i < believed.Length; i++)
        {
            EvidenceVerdict verdict = verdicts[believed[i]];
            foreach (int place in believed[..i])
            {
                EvidenceVerdict other = verdicts[place];
                if (IsOfOneId(other, verdict) && other.Said != verdict.Said)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasTwoContentsOfMany(ReadOnlySpan<EvidenceVerdict> verdicts, ReadOnlySpan<int> believed)
    {
        Dictionary<(EvidenceId? Id, SchemeId Scheme, PartyId? Party), Digest> first = new(believed.Length);
        foreach (int place in believed)
        {
            EvidenceVerdict verdict = verdicts[place];
            (EvidenceId?, SchemeId, PartyId?) id = (verdict.ReplayKey, verdict.Scheme, verdict.Party);
            if (!first.TryAdd(id, verdict.Said) && first[id] != verdict.Said)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfOneId(EvidenceVerdict one, EvidenceVerdict other) =>
        one.ReplayKey == other.ReplayKey && one.Scheme == other.Scheme && one.Party == other.Party;

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
            if (!IsOfOneId(other, verdict) || !IsBasic(proof, other))
            {
                continue;
            }

            if (other.Said != verdict.Said)
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
