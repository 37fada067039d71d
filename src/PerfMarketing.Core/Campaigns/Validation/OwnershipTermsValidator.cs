using FluentValidation;
using PerfMarketing.Contracts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns.Validation;

/// <summary>Says what is wrong with the <see cref="OwnershipTerms"/> of a campaign.</summary>
internal sealed class OwnershipTermsValidator : AbstractValidator<OwnershipTerms>
{
    public OwnershipTermsValidator(ValueList<ContractDraft> contracts)
    {
        RuleFor(static o => o.Territories).Must(static list => list.Count <= OwnershipTerms.TerritoryCountMax)
            .WithErrorCode(CampaignCodes.TerritoryEntries).WithMessage("There are at most 10,000 territories.");
        RuleForEach(static o => o.Territories).ChildRules(territory =>
        {
            territory.RuleFor(static t => t.Partner)
                .Must(partner => contracts.Any(c => c.Partners.Contains(partner)))
                .WithErrorCode(CampaignCodes.TerritoryPartner)
                .WithMessage("A territory belongs to a partner of one of the contracts.");
            territory.RuleFor(static t => t).Must(static t => t.Accounts.Count + t.Places.Count > 0
                    && IsList(t.Accounts, Territory.AccountCountMax) && IsList(t.Places, Territory.PlaceCountMax))
                .WithErrorCode(CampaignCodes.TerritoryEntries)
                .WithMessage("A territory names accounts or places, each once, and not too many.");
        });
        RuleFor(static o => o.BindingMonths).InclusiveBetween(1, OwnershipTerms.MonthsMax)
            .WithErrorCode(CampaignCodes.BindingMonths).WithMessage("A binding lasts 1 to 1,200 months, or for life.");
    }

    private static bool IsList<T>(ValueList<T> list, int max) => list.Count <= max
        && list.Distinct().Count() == list.Count && !list.Contains(default!);
}
