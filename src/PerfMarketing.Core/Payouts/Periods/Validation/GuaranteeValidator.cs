using FluentValidation;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="Guarantee"/>.</summary>
public sealed class GuaranteeValidator : AbstractValidator<Guarantee>
{
    /// <summary>Sets up the rules.</summary>
    public GuaranteeValidator()
    {
        RuleFor(static p => p.Minimum).IsPaid();
        RuleFor(static p => p.Clauses).AreNamedOnce();
    }
}
