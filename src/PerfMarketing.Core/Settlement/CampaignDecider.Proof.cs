using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Settlement;

/// <content>What the contract makes of the evidence.</content>
public sealed partial class CampaignDecider
{
    // Whoever is paid by the leg never proves it alone.
    private static Qualification Judge(
        Clause clause,
        Outcome outcome,
        IReadOnlyList<Credit> credits,
        ValueList<EvidenceVerdict> verdicts,
        Instant asOf)
    {
        if (clause.Proof is NoProof)
        {
            return clause.Proof.Judge(outcome.At, verdicts, asOf);
        }

        var beneficiaries = new PartyId[credits.Count];
        for (int i = 0; i < beneficiaries.Length; i++)
        {
            beneficiaries[i] = new(credits[i].Partner.Value);
        }

        ProofSubject subject = ProofSubject.Of(outcome) with
        {
            Beneficiaries = ValueList.Create<PartyId>(beneficiaries),
        };
        return clause.Proof.Judge(subject, verdicts, asOf);
    }
}
