using FluentValidation;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Floored"/>; its inner model is validated by the catalog.</summary>
public sealed class FlooredValidator : AbstractValidator<Floored>
{
    /// <summary>Sets up the rules.</summary>
    public FlooredValidator() =>
        RuleFor(static m => m.Floor.MinorUnits).GreaterThan(0)
            .OverridePropertyName(nameof(Floored.Floor))
            .WithErrorCode(PayoutCodes.FloorNotPositive).WithMessage("A floor is above zero.");
}
