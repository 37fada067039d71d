using System.Globalization;
using FluentValidation.Internal;
using FluentValidation.Results;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;

namespace PerfMarketing.Campaigns.Validation;

/// <summary>What must hold between the contracts of a campaign.</summary>
internal static class ContractRules
{
    /// <summary>Notes every failure.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="chain">Where the campaign stands in what is validated.</param>
    /// <param name="add">Takes the failures.</param>
    public static void Check(CampaignDraft campaign, PropertyChain chain, Action<ValidationFailure> add)
    {
        ContractGraph graph = new(campaign.Advertiser, campaign.Contracts);
        HashSet<PartyId> ring = Layers.OnCircles(graph.Parties);
        HashSet<ContractId> circles = graph.Circles;
        ILookup<ContractId, ContractDraft> byId = campaign.Contracts.ToLookup(static c => c.Id);
        for (int i = 0; i < campaign.Contracts.Count; i++)
        {
            ContractDraft contract = campaign.Contracts[i];
            string path = string.Create(
                CultureInfo.InvariantCulture, $"{chain.BuildPropertyPath(nameof(CampaignDraft.Contracts))}[{i}]");
            if (ring.Contains(contract.Payer)
                && contract.Partners.Any(p => !p.IsUnset && ring.Contains(new(p.Value))))
            {
                add(new($"{path}.{nameof(ContractDraft.Payer)}", "Money would go round in a circle.")
                {
                    ErrorCode = CampaignCodes.PaymentCircle,
                });
            }

            bool waits = contract.Upstream == UpstreamPolicy.BackToBack;
            if (waits && graph.AsPartner(contract.Payer) is null)
            {
                add(new($"{path}.{nameof(ContractDraft.Upstream)}", "No contract of the campaign pays the payer.")
                {
                    ErrorCode = CampaignCodes.UpstreamMissing,
                });
            }

            bool inCircle = circles.Contains(contract.Id);
            bool measures = CheckLegs(contract, path, byId, inCircle, add);
            if (inCircle && waits && !measures)
            {
                add(Circle($"{path}.{nameof(ContractDraft.Upstream)}"));
            }
        }
    }

    // Whether any clause measures a leg that is there.
    private static bool CheckLegs(
        ContractDraft contract,
        string path,
        ILookup<ContractId, ContractDraft> byId,
        bool inCircle,
        Action<ValidationFailure> add)
    {
        bool measures = false;
        for (int i = 0; i < contract.Clauses.Count; i++)
        {
            string pays = string.Create(
                CultureInfo.InvariantCulture,
                $"{path}.{nameof(ContractDraft.Clauses)}[{i}].{nameof(ClauseDraft.Pays)}");
            foreach (ContractId leg in LegReferences.Of(contract.Clauses[i]))
            {
                measures = measures || byId.Contains(leg);
                if (!byId.Contains(leg))
                {
                    string message = $"The campaign has no contract '{leg}'.";
                    add(new(pays, message) { ErrorCode = CampaignCodes.LegUnknown });
                }
                else if (contract.Conversion is null && byId[leg].Any(c => c.Currency != contract.Currency))
                {
                    string message = $"'{leg}' pays in another currency, and the contract does not convert.";
                    add(new(pays, message) { ErrorCode = CampaignCodes.LegCurrency });
                }
                else if (inCircle)
                {
                    add(Circle(pays));
                }
            }
        }

        return measures;
    }

    private static ValidationFailure Circle(string path) =>
        new(path, "The contract waits for itself, over the legs of others.") { ErrorCode = CampaignCodes.LegCircle };
}
