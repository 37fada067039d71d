using FluentValidation;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="Every"/>.</summary>
public sealed class EveryValidator : AbstractValidator<Every>
{
    /// <summary>Sets up the rules.</summary>
    public EveryValidator()
    {
        RuleFor(static p => p.Units)
            .Must(static (p, units) => units > 0 && !(p.UpTo < units))
            .WithErrorCode(PeriodCodes.Units)
            .WithMessage("Units are above zero, and the greatest total is not below them.");
        RuleFor(static p => p.Bonus).IsPaid();
        RuleFor(static p => p.Of).IsSummed();
        RuleFor(static p => p.Clauses).AreNamedOnce();
    }
}
