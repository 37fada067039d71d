using FluentValidation;
using PerfMarketing.Attribution.Rules;

namespace PerfMarketing.Attribution.Validation;

/// <summary>Says what is wrong with a <see cref="PriorityGroups"/>, the rule inside aside.</summary>
public sealed class PriorityGroupsValidator : AbstractValidator<PriorityGroups>
{
    /// <summary>Sets up the rules.</summary>
    public PriorityGroupsValidator()
    {
        RuleFor(static r => r.Groups).Must(static list => list.Count is > 0 and <= PriorityGroups.GroupCountMax)
            .WithErrorCode(AttributionCodes.CountOutOfRange).WithMessage("There are 1 to 100 groups.");
        RuleForEach(static r => r.Groups).SetValidator(new TouchFilterValidator());
    }
}
