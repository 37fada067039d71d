using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Campaigns;

/// <summary>Makes a campaign of one contract, named after it, without saying everything twice.</summary>
public static class OneContractCampaign
{
    /// <summary>A campaign of this contract alone, in its zone and on its days.</summary>
    /// <param name="contract">The contract.</param>
    public static CampaignDraft ToCampaign(this ContractDraft contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return new()
        {
            Id = new(contract.Id.ToString()),
            Advertiser = contract.Payer.IsUnset ? default : new(contract.Payer.ToString()),
            Zone = contract.Zone,
            Contracts = [contract],
        };
    }

    /// <summary>A campaign of this contract alone, with a rule that says who gets the credit.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="rule">The rule.</param>
    public static CampaignDraft AttributedBy(this ContractDraft contract, AttributionRule rule) =>
        contract.ToCampaign().AttributedBy(rule);

    /// <summary>The campaign with a limit on what is spent in each calendar month of its zone.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="monthly">The limit.</param>
    /// <param name="atCap">What is promised to results that come when the limit is reached.</param>
    public static CampaignDraft BudgetedAt(
        this CampaignDraft campaign, Money monthly, CapBehavior atCap = CapBehavior.StopAndHonorInFlight)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        return campaign.BudgetedBy(new(new BudgetId("monthly"), monthly, PeriodUnit.Month) { AtCap = atCap });
    }
}
