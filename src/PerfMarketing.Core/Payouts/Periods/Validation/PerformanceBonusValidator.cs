using FluentValidation;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="PerformanceBonus"/>.</summary>
public sealed class PerformanceBonusValidator : AbstractValidator<PerformanceBonus>
{
    /// <summary>Sets up the rules.</summary>
    public PerformanceBonusValidator()
    {
        RuleFor(static p => p.Rate).IsShare();
        RuleFor(static p => p.Above.MinorUnits).GreaterThanOrEqualTo(0)
            .OverridePropertyName(nameof(PerformanceBonus.Above))
            .WithErrorCode(PeriodCodes.ThresholdNegative).WithMessage("A threshold is not below zero.");
        RuleFor(static p => p.Of).IsAmount();
        RuleFor(static p => p.Clauses).AreNamedOnce();
    }
}
