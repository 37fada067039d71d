using FluentValidation;
using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with a <see cref="CommissionableAmount"/>.</summary>
public sealed class CommissionableAmountValidator : AbstractValidator<CommissionableAmount>
{
    /// <summary>Sets up the rules.</summary>
    public CommissionableAmountValidator()
    {
        RuleFor(static c => c.ExcludedCategories).Must(IsShort)
            .WithErrorCode(ContractCodes.ExclusionCount).WithMessage(TooMany);
        RuleFor(static c => c.ExcludedSkus).Must(IsShort)
            .WithErrorCode(ContractCodes.ExclusionCount).WithMessage(TooMany);
        RuleFor(static c => c.ExcludedBrands).Must(IsShort)
            .WithErrorCode(ContractCodes.ExclusionCount).WithMessage(TooMany);
        RuleForEach(static c => c.ExcludedCategories).Must(IsName)
            .WithErrorCode(ContractCodes.ExclusionName).WithMessage(NoName);
        RuleForEach(static c => c.ExcludedSkus).Must(IsName)
            .WithErrorCode(ContractCodes.ExclusionName).WithMessage(NoName);
        RuleForEach(static c => c.ExcludedBrands).Must(IsName)
            .WithErrorCode(ContractCodes.ExclusionName).WithMessage(NoName);
    }

    private static string TooMany => $"At most {CommissionableAmount.ExclusionCountMax} names are excluded, each once.";

    private static string NoName => $"A name has 1 to {OrderLine.TextLengthMax} characters.";

    private static bool IsShort(ValueList<string> names) =>
        names.Count <= CommissionableAmount.ExclusionCountMax
        && names.Distinct(StringComparer.Ordinal).Count() == names.Count;

    private static bool IsName(string name) => OrderLine.IsText(name);
}
