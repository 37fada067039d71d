using System.Globalization;
using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="FirstMatch"/>; its models are validated by the catalog.</summary>
public sealed class FirstMatchValidator : AbstractValidator<FirstMatch>
{
    /// <summary>Sets up the rules.</summary>
    public FirstMatchValidator() =>
        RuleFor(static m => m.Cases.Count).InclusiveBetween(1, FirstMatch.CaseCountMax)
            .OverridePropertyName(nameof(FirstMatch.Cases))
            .WithErrorCode(PayoutCodes.CaseCount).WithMessage($"There are 1 to {FirstMatch.CaseCountMax} cases.");

    /// <summary>Says which conditions cannot be decided.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<FirstMatch> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ValueList<MatchCase> cases = context.InstanceToValidate.Cases;
        for (int i = 0; i < cases.Count; i++)
        {
            string path = string.Create(
                CultureInfo.InvariantCulture, $"{nameof(FirstMatch.Cases)}[{i}].{nameof(MatchCase.When)}");
            foreach (ValidationFailure failure in ConditionFailures.Of(cases[i].When, path))
            {
                context.AddFailure(failure);
            }
        }

        return true;
    }
}
