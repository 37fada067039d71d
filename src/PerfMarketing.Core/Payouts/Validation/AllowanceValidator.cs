using FluentValidation;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with an <see cref="Allowance"/>; its inner model is validated by the catalog.</summary>
public sealed class AllowanceValidator : AbstractValidator<Allowance>
{
    /// <summary>Sets up the rules.</summary>
    public AllowanceValidator()
    {
        RuleFor(static m => m).Must(static m => m.Count is not null || m.Value is not null)
            .OverridePropertyName(nameof(Allowance.Count))
            .WithErrorCode(PayoutCodes.AllowanceMissing).WithMessage("Outcomes or a value are free, or both.");
        RuleFor(static m => m.Count).Must(static c => c is null or > 0)
            .WithErrorCode(PayoutCodes.AllowanceMissing).WithMessage("More than no outcome is free.");
        RuleFor(static m => m.Value).Must(static v => v is null or { MinorUnits: > 0 })
            .WithErrorCode(PayoutCodes.AllowanceMissing).WithMessage("More than no value is free.");
        RuleFor(static m => m.Inner).Must(static i => i is not { UsesTally: true })
            .WithErrorCode(PayoutCodes.TallyNested).WithMessage("What is not free is priced outcome by outcome.");
    }
}
