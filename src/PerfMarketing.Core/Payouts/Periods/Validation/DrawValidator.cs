using FluentValidation;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="Draw"/>.</summary>
public sealed class DrawValidator : AbstractValidator<Draw>
{
    /// <summary>Sets up the rules.</summary>
    public DrawValidator()
    {
        RuleFor(static p => p.Amount).IsPaid();
        RuleFor(static p => p.Clauses).AreNamedOnce();
    }
}
