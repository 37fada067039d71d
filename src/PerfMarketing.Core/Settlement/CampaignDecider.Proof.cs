using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Calls;
using PerfMarketing.Proofs.Delivery;
using PerfMarketing.Proofs.Policies;

namespace PerfMarketing.Settlement;

/// <content>What the contract makes of the evidence.</content>
public sealed partial class CampaignDecider
{
    // Whoever is paid by the leg never proves it alone.
    private Qualification Judge(
        Contract contract,
        Clause clause,
        Outcome outcome,
        IReadOnlyList<Credit> credits,
        ValueList<EvidenceVerdict> verdicts,
        Instant asOf)
    {
        if (clause.Proof is NoProof)
        {
            return NoProof.Judge(outcome.At);
        }

        var beneficiaries = new PartyId[credits.Count];
        for (int i = 0; i < beneficiaries.Length; i++)
        {
            beneficiaries[i] = new(credits[i].Partner.Value);
        }

        ProofSubject subject = ProofSubject.Of(outcome) with
        {
            Beneficiaries = ValueList.Create<PartyId>(beneficiaries),
            Uses = UsesOf(contract, clause, outcome),
            Fields = contract.Claims,
            Contracts = campaign.ContractIds,
        };
        return clause.Proof.Judge(
            subject, DeliveryReports.Read(contract.Deliveries, contract.Claims, verdicts), asOf);
    }

    // The order that it is, and how many it stands for, move money under every clause, and what calls are judged by.
    private static ValueList<string> UsesOf(Contract contract, Clause clause, Outcome outcome)
    {
        ValueList<string> uses = clause.Uses;
        if (contract.Calls is { } calls && CallTerms.IsCall(outcome.Kind))
        {
            string caller = outcome.Facts.TryFind(Facts.Caller.Name, out _)
                ? Facts.Caller.Name
                : OutcomeClaims.Customer;
            uses = [.. uses.Union([Facts.CallSeconds.Name, .. calls.UniqueWithin is null ? [] : (string[])[caller]])
                .Union(contract.CallFacts)];
        }

        uses = outcome.OrderId is null ? uses : uses.Add(OutcomeClaims.OrderId);
        return outcome.Quantity == 1 || clause.Uses.Contains(OutcomeClaims.Quantity)
            ? uses
            : uses.Add(OutcomeClaims.Quantity);
    }
}
