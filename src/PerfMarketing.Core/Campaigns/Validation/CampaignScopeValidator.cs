using FluentValidation;
using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns.Validation;

/// <summary>Says what is wrong with a <see cref="CampaignScope"/>.</summary>
public sealed class CampaignScopeValidator : AbstractValidator<CampaignScope>
{
    /// <summary>Sets up the rules.</summary>
    public CampaignScopeValidator()
    {
        string message = $"A list names each thing once, at most {CampaignScope.CountMax} of them.";
        RuleFor(static s => s.Kinds).Must(static list => IsList(list))
            .WithErrorCode(CampaignCodes.ScopeEntries).WithMessage(message);
        RuleFor(static s => s.Places).Must(static list => IsList(list))
            .WithErrorCode(CampaignCodes.ScopeEntries).WithMessage(message);
        RuleFor(static s => s.When).Must(static c => c is null || c.Check().Count == 0)
            .WithErrorCode(CampaignCodes.ScopeCondition).WithMessage("The condition could not be decided.");
    }

    private static bool IsList<T>(ValueList<T> list) => list.Count <= CampaignScope.CountMax
        && list.Distinct().Count() == list.Count && !list.Contains(default!);
}
