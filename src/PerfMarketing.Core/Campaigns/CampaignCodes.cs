namespace PerfMarketing.Campaigns;

/// <summary>The codes of what can be wrong with a campaign draft.</summary>
public static class CampaignCodes
{
    /// <summary>The version is not 1 or higher.</summary>
    public const string Version = "campaign.version";

    /// <summary>No advertiser is named.</summary>
    public const string AdvertiserMissing = "campaign.advertiser-missing";

    /// <summary>The tz database has no such zone.</summary>
    public const string ZoneUnknown = "campaign.zone-unknown";

    /// <summary>There is no contract, or there are more than <see cref="Campaign.ContractCountMax"/>.</summary>
    public const string ContractCount = "campaign.contract-count";

    /// <summary>A contract's version stands twice.</summary>
    public const string ContractDuplicate = "campaign.contract-duplicate";

    /// <summary>There are more budgets than <see cref="Campaign.BudgetCountMax"/>, or two have one name.</summary>
    public const string Budgets = "campaign.budgets";

    /// <summary>A budget has another currency than a contract: it could not limit it.</summary>
    public const string BudgetCurrency = "campaign.budget-currency";

    /// <summary>A budget gives what it has no room for to a clause that no contract has.</summary>
    public const string BudgetDivert = "campaign.budget-divert";

    /// <summary>
    /// A budget runs by flight, but the campaign has no flight with an end; or it runs by a rolling period.
    /// </summary>
    public const string BudgetPeriod = "campaign.budget-period";

    /// <summary>
    /// The contracts in force when a touch happened pay its partner for having assisted, and not by credit: the touch
    /// gets no credit.
    /// </summary>
    public const string AssistsOnly = "campaign.assists-only";

    /// <summary>No contract in force when a touch happened names its partner: the touch gets no credit.</summary>
    public const string PartnerNotNamed = "campaign.partner-not-named";

    /// <summary>
    /// A list of the scope names nothing, names one thing twice or has more than <see cref="CampaignScope.CountMax"/>
    /// entries.
    /// </summary>
    public const string ScopeEntries = "campaign.scope-entries";

    /// <summary>
    /// A territory names nothing or one thing twice, or there are too many territories, accounts or places.
    /// </summary>
    public const string TerritoryEntries = "campaign.territory-entries";

    /// <summary>A territory belongs to nobody whom a contract names.</summary>
    public const string TerritoryPartner = "campaign.territory-partner";

    /// <summary>A binding lasts less than one month or more than <see cref="OwnershipTerms.MonthsMax"/>.</summary>
    public const string BindingMonths = "campaign.binding-months";

    /// <summary>The campaign says who owns what, and its attribution rule takes no such claims.</summary>
    public const string OwnershipUnused = "campaign.ownership-unused";

    /// <summary>The condition of the scope could not be decided.</summary>
    public const string ScopeCondition = "campaign.scope-condition";

    /// <summary>
    /// The outcome does not belong to the campaign. Args: one of kind, place, condition (the code of the first leaf
    /// against it).
    /// </summary>
    public const string OutsideScope = "campaign.outside-scope";

    /// <summary>A history is of no contract of the campaign, or of one that has another history.</summary>
    public const string LifecycleContract = "campaign.lifecycle-contract";

    /// <summary>Two versions of one contract differ in payer, currency or zone: that makes another contract.</summary>
    public const string VersionsDiffer = "campaign.versions-differ";

    /// <summary>Somebody pays somebody who, over one contract or several, pays back.</summary>
    public const string PaymentCircle = "campaign.payment-circle";

    /// <summary>A payout measures the leg of a contract that the campaign does not have.</summary>
    public const string LegUnknown = "campaign.leg-unknown";

    /// <summary>
    /// A payout measures the leg of a contract in another currency, and its own contract does not convert.
    /// </summary>
    public const string LegCurrency = "campaign.leg-currency";

    /// <summary>
    /// Contracts wait for each other: each is back-to-back with the other's leg, or measures it, directly or over
    /// others.
    /// </summary>
    public const string LegCircle = "campaign.leg-circle";

    /// <summary>A contract is back-to-back, but no contract pays its payer.</summary>
    public const string UpstreamMissing = "campaign.upstream-missing";
}
