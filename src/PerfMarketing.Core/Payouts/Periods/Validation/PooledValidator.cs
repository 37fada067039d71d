using FluentValidation;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="Pooled"/>.</summary>
public sealed class PooledValidator : AbstractValidator<Pooled>
{
    /// <summary>Sets up the rules.</summary>
    public PooledValidator()
    {
        RuleFor(static p => p.Rate).IsShare();
        RuleFor(static p => p.Of).IsAmount();
        RuleFor(static p => p.Deductions.Count).LessThanOrEqualTo(Pooled.DeductionCountMax)
            .OverridePropertyName(nameof(Pooled.Deductions))
            .WithErrorCode(PeriodCodes.Deductions)
            .WithMessage($"There are at most {Pooled.DeductionCountMax} deductions.");
        RuleForEach(static p => p.Deductions).ChildRules(static deduction =>
        {
            deduction.RuleFor(static d => d.Of).IsAmount();
            deduction.RuleFor(static d => d.Rate).IsShare();
        });
        RuleFor(static p => p.Clauses).AreNamedOnce();
    }
}
