using FluentValidation;
using PerfMarketing.Payouts.Models;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Recurring"/>; its inner model is validated by the catalog.</summary>
public sealed class RecurringValidator : AbstractValidator<Recurring>
{
    /// <summary>Sets up the rules.</summary>
    public RecurringValidator()
    {
        RuleFor(static m => m.First).InclusiveBetween(1, Recurring.TermMax)
            .WithErrorCode(PayoutCodes.TermOutOfRange)
            .WithMessage($"The first 1 to {Recurring.TermMax} outcomes are paid.");
        RuleFor(static m => m.Months).InclusiveBetween(1, Recurring.TermMax)
            .WithErrorCode(PayoutCodes.TermOutOfRange)
            .WithMessage($"Outcomes are paid for 1 to {Recurring.TermMax} months.");
    }
}
