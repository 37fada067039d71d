using FluentValidation;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Fixed"/>.</summary>
public sealed class FixedValidator : AbstractValidator<Fixed>
{
    /// <summary>Sets up the rules.</summary>
    public FixedValidator()
    {
        RuleFor(static m => m.Price).Must(static price => !price.Currency.IsUnset)
            .WithErrorCode(PayoutCodes.CurrencyMismatch).WithMessage("A price has a currency.");
        RuleFor(static m => m.Price.Amount).GreaterThanOrEqualTo(0)
            .OverridePropertyName(nameof(Fixed.Price))
            .WithErrorCode(PayoutCodes.PriceNegative).WithMessage("A price is not below zero.");
        RuleFor(static m => m.Of)
            .Must(static of => of.Kind is MeasureKind.Count or MeasureKind.Quantity or MeasureKind.Fact)
            .WithErrorCode(PayoutCodes.MeasureRefused)
            .WithMessage("A price is for outcomes, for units, or for those of a fact.");
        RuleFor(static m => m.Size).InclusiveBetween(1, Fixed.SizeMax)
            .WithErrorCode(PayoutCodes.SizeNotPositive).WithMessage($"A price is for 1 to {Fixed.SizeMax} units.");
    }
}
