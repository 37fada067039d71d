using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Policies;

/// <content>What contradicts what.</content>
public sealed partial record RequiredProof
{
    // One provider's id with two contents.
    private bool HasConflict(ProofCase proof)
    {
        ValueList<EvidenceVerdict> verdicts = proof.Verdicts;
        if (verdicts.Count > PairCountMax)
        {
            return ConflictsIn(proof).Any();
        }

        for (int i = 1; i < verdicts.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Conflict(proof, verdicts[j], verdicts[i]) && IsBasic(verdicts[i]) && IsBasic(verdicts[j]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Conflict(ProofCase proof, EvidenceVerdict earlier, EvidenceVerdict later) =>
        earlier.Content != later.Content && earlier.ReplayKey == later.ReplayKey && earlier.Scheme == later.Scheme
        && earlier.Party == later.Party && !proof.IsSettled(later);

    private IEnumerable<EvidenceId> ConflictsIn(ProofCase proof) => proof.Verdicts
        .Where(IsBasic)
        .GroupBy(static verdict => (verdict.Scheme, verdict.Party, verdict.ReplayKey))
        .Where(group => group.Any(later => Conflict(proof, group.First(), later)))
        .Select(static group => IdOf(group.First()));

    private void ExplainContradiction(ProofCase proof, ProofExplanation into)
    {
        foreach (EvidenceId id in ConflictsIn(proof))
        {
            into.Contradict(Reason.Of(ProofReasons.ReplayConflict, ("evidence", id)), id);
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
