using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Attribution;
using PerfMarketing.Budgets;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Validation;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Campaigns.Validation;

/// <summary>
/// Says everything that is wrong with a <see cref="CampaignDraft"/> and its contracts, with codes and paths.
/// </summary>
public sealed class CampaignDraftValidator : AbstractValidator<CampaignDraft>
{
    private readonly TermCatalog catalog;

    /// <summary>Sets up the rules.</summary>
    /// <param name="catalog">The kinds of term that may be used.</param>
    public CampaignDraftValidator(TermCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        this.catalog = catalog;
        this.Term(nameof(CampaignDraft.Version), static c => c.Version >= 1)
            .WithErrorCode(CampaignCodes.Version).WithMessage("Versions count from 1.");
        this.Term(nameof(CampaignDraft.Advertiser), static c => !c.Advertiser.IsUnset)
            .WithErrorCode(CampaignCodes.AdvertiserMissing).WithMessage("An advertiser is required.");
        RuleFor(static c => c.Zone).Must(static z => ContractZone.TryFind(z, out _))
            .WithErrorCode(CampaignCodes.ZoneUnknown).WithMessage("The tz database has no such zone.");
        RuleFor(static c => c.Contracts).Must(static c => c.Count is > 0 and <= Campaign.ContractCountMax)
            .WithErrorCode(CampaignCodes.ContractCount)
            .WithMessage($"There are 1 to {Campaign.ContractCountMax} contracts.");
        RuleFor(static c => c.Contracts)
            .Must(static c => c.DistinctBy(static x => (x.Id, x.Version)).Count() == c.Count)
            .WithErrorCode(CampaignCodes.ContractDuplicate).WithMessage("A contract's version stands once.");
        RuleForEach(static c => c.Contracts).SetValidator(new ContractDraftValidator(catalog));
        AddVersionRules();
        AddBudgetRules();
        AddRightsRules();
    }

    /// <summary>Says what is wrong with the attribution rule, as the catalog knows it.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<CampaignDraft> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.HasGaps(context.InstanceToValidate))
        {
            return false;
        }

        string path = context.PropertyChain.BuildPropertyPath(nameof(CampaignDraft.Attribution));
        foreach (ValidationFailure failure in catalog.Rules.Validate(context.InstanceToValidate.Attribution, path))
        {
            context.AddFailure(failure);
        }

        ContractRules.Check(context.InstanceToValidate, context.PropertyChain, context.AddFailure);
        return true;
    }

    private void AddVersionRules()
    {
        RuleForEach(static c => c.Contracts)
            .Must(static (campaign, contract) => campaign.Contracts.First(c => c.Id == contract.Id) is var first
                && first.Payer == contract.Payer && first.Currency == contract.Currency && first.Zone == contract.Zone)
            .WithErrorCode(CampaignCodes.VersionsDiffer)
            .WithMessage("All versions of a contract have one payer, currency and zone.");
        RuleForEach(static c => c.Lifecycles)
            .Must(static (campaign, history) => campaign.Contracts.Any(c => c.Id == history.Contract)
                && campaign.Lifecycles.Count(l => l.Contract == history.Contract) == 1)
            .WithErrorCode(CampaignCodes.LifecycleContract)
            .WithMessage("A history is of a contract of the campaign, and the only one of it.");
        RuleForEach(static c => c.Lifecycles).SetValidator(static c => new ContractHistoryValidator(c.Contracts));
    }

    private void AddBudgetRules()
    {
        RuleFor(static c => c.Budgets)
            .Must(static b => b.Count <= Campaign.BudgetCountMax && b.DistinctBy(static x => x.Id).Count() == b.Count)
            .WithErrorCode(CampaignCodes.Budgets)
            .WithMessage($"There are at most {Campaign.BudgetCountMax} budgets, each with a name of its own.");
        RuleForEach(static c => c.Budgets)
            .Must(static (campaign, budget) =>
                budget.Limit is { IsCount: true, Units: > 0 } || HasCurrency(campaign, budget.Limit.Currency))
            .WithErrorCode(CampaignCodes.BudgetCurrency)
            .WithMessage("A budget of money has the currency of all contracts that it counts.");
        RuleForEach(static c => c.Budgets)
            .Must(static (campaign, budget) => budget.Per != PeriodUnit.Rolling
                && (budget.Per != PeriodUnit.Flight || campaign.Flight is { To: not null }))
            .WithErrorCode(CampaignCodes.BudgetPeriod)
            .WithMessage("A budget by flight needs a flight with an end; rolling budgets are not offered.");
        RuleForEach(static c => c.Budgets)
            .Must(static (campaign, budget) => budget.Per is not (PeriodUnit.Flight or PeriodUnit.Lifetime)
                || budget.Limit.IsCount || Ordered(campaign, budget.Limit.Currency) <= budget.Limit.Units)
            .WithErrorCode(InsertionOrderCodes.BudgetTooLow)
            .WithMessage("What the insertion orders may spend fits into a budget for the flight or for all time.");
        RuleForEach(static c => c.Budgets)
            .Must(static (campaign, budget) => budget.DivertTo is not { } to
                || campaign.Contracts.Any(contract => contract.Clauses.Any(clause => clause.Id == to)))
            .WithErrorCode(CampaignCodes.BudgetDivert)
            .WithMessage("A budget diverts to a clause that some contract has.");
        Lazy<BudgetValidator> budgets = new(static () => new());
        RuleForEach(static c => c.Budgets).SetValidator(_ => budgets.Value);
    }

    // What the newest versions of all orders may spend together, in minor units.
    private static Int128 Ordered(CampaignDraft campaign, Currency currency)
    {
        Int128 sum = 0;
        foreach (IGrouping<ContractId, ContractDraft> versions in campaign.Contracts.GroupBy(static c => c.Id))
        {
            if (versions.MaxBy(static c => c.Version)?.InsertionOrder?.MaximumSpend is { } spend
                && spend.Currency == currency)
            {
                sum += spend.MinorUnits;
            }
        }

        return sum;
    }

    private void AddRightsRules()
    {
        RuleFor(static c => c.Scope!).SetValidator(static _ => new CampaignScopeValidator());
        RuleFor(static c => c.Permissions!).SetValidator(static _ => new PermissionsValidator());
        RuleFor(static c => c.Ownership!).SetValidator(static c => new OwnershipTermsValidator(c.Contracts));
        RuleFor(static c => c.Ownership)
            .Must(static (campaign, owned) => (owned!.Territories.Count == 0 || Claims(campaign, ClaimBasis.Territory))
                && (owned.BindingMonths is null || Claims(campaign, ClaimBasis.Binding)))
            .When(static c => c is { Ownership: not null, Attribution: not null })
            .WithErrorCode(CampaignCodes.OwnershipUnused)
            .WithMessage("The attribution rule takes no such claims: name them in its claims.");
        RuleFor(static c => c.Contracts).Custom(static (contracts, context) =>
        {
            foreach (ValidationFailure failure in ExclusivityCheck.Of(contracts))
            {
                failure.PropertyName = context.PropertyChain.BuildPropertyPath(failure.PropertyName);
                context.AddFailure(failure);
            }
        });
    }

    private static bool Claims(CampaignDraft campaign, ClaimBasis basis) => campaign.Attribution.Claims.Contains(basis);

    private static bool HasCurrency(CampaignDraft campaign, Currency currency)
    {
        ContractGraph graph = new(campaign.Advertiser, campaign.Contracts);
        return campaign.Contracts.All(c => c.Currency == currency || !graph.Spends(c.Id));
    }
}
