using FluentValidation;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="BestOf"/>; its models are validated by the catalog.</summary>
public sealed class BestOfValidator : AbstractValidator<BestOf>
{
    /// <summary>Sets up the rules.</summary>
    public BestOfValidator() =>
        RuleFor(static m => m.Models.Count).InclusiveBetween(1, BestOf.ModelCountMax)
            .OverridePropertyName(nameof(BestOf.Models))
            .WithErrorCode(PayoutCodes.ModelCount)
            .WithMessage($"The best is one of 1 to {BestOf.ModelCountMax} models.");
}
