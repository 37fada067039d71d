using FluentValidation;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="Retainer"/>.</summary>
public sealed class RetainerValidator : AbstractValidator<Retainer>
{
    /// <summary>Sets up the rules.</summary>
    public RetainerValidator()
    {
        RuleFor(static p => p.Amount).IsPaid();
    }
}
