using FluentValidation;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Fixed"/>.</summary>
public sealed class FixedValidator : AbstractValidator<Fixed>
{
    /// <summary>Sets up the rules.</summary>
    public FixedValidator() =>
        RuleFor(static m => m.Price.Amount).GreaterThanOrEqualTo(0)
            .OverridePropertyName(nameof(Fixed.Price))
            .WithErrorCode(PayoutCodes.PriceNegative).WithMessage("A price is not below zero.");
}
