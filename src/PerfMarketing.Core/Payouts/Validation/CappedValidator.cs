using FluentValidation;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Capped"/>; its inner model is validated by the catalog.</summary>
public sealed class CappedValidator : AbstractValidator<Capped>
{
    /// <summary>Sets up the rules.</summary>
    public CappedValidator() =>
        RuleFor(static m => m.Cap.MinorUnits).GreaterThan(0)
            .OverridePropertyName(nameof(Capped.Cap))
            .WithErrorCode(PayoutCodes.CapNotPositive).WithMessage("A cap is above zero.");
}
