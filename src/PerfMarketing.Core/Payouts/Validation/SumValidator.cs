using FluentValidation;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Sum"/>; its models are validated by the catalog.</summary>
public sealed class SumValidator : AbstractValidator<Sum>
{
    /// <summary>Sets up the rules.</summary>
    public SumValidator() =>
        RuleFor(static m => m.Models.Count).InclusiveBetween(1, Sum.ModelCountMax)
            .OverridePropertyName(nameof(Sum.Models))
            .WithErrorCode(PayoutCodes.ModelCount).WithMessage($"A sum has 1 to {Sum.ModelCountMax} models.");
}
