using FluentValidation;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Fixed"/>.</summary>
public sealed class FixedValidator : AbstractValidator<Fixed>
{
    /// <summary>Sets up the rules.</summary>
    public FixedValidator()
    {
        this.Term(nameof(Fixed.Price), static m => !m.Price.Currency.IsUnset)
            .WithErrorCode(PayoutCodes.CurrencyMismatch).WithMessage("A price has a currency.");
        this.Term(nameof(Fixed.Price), static m => m.Price.Amount >= 0)
            .WithErrorCode(PayoutCodes.PriceNegative).WithMessage("A price is not below zero.");
        this.Term(
                nameof(Fixed.Of),
                static m => m.Of.Kind is MeasureKind.Count or MeasureKind.Quantity or MeasureKind.Fact)
            .WithErrorCode(PayoutCodes.MeasureRefused)
            .WithMessage("A price is for outcomes, for units, or for those of a fact.");
        this.Term(nameof(Fixed.Size), static m => m.Size is >= 1 and <= Fixed.SizeMax)
            .WithErrorCode(PayoutCodes.SizeNotPositive).WithMessage($"A price is for 1 to {Fixed.SizeMax} units.");
    }
}
