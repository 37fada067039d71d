using FluentValidation;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Multiplied"/>; its inner model is validated by the catalog.</summary>
public sealed class MultipliedValidator : AbstractValidator<Multiplied>
{
    /// <summary>Sets up the rules.</summary>
    public MultipliedValidator() =>
        RuleFor(static m => m.Factor)
            .Must(static f => f is > 0 and <= Multiplied.FactorMax
                && decimal.Round(f, Percentage.DecimalsMax) == f)
            .WithErrorCode(PayoutCodes.FactorOutOfRange)
            .WithMessage($"A factor is above 0, at most {Multiplied.FactorMax}, with at most 9 decimals.");
}
