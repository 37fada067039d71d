using FluentValidation;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Says what is wrong with a <see cref="Growth"/>.</summary>
public sealed class GrowthValidator : AbstractValidator<Growth>
{
    /// <summary>Sets up the rules.</summary>
    public GrowthValidator()
    {
        RuleFor(static p => p.Rate).IsShare();
        RuleFor(static p => p.Of).IsAmount();
        RuleFor(static p => p.Back).InclusiveBetween(1, PeriodContext.BackMax)
            .WithErrorCode(PeriodCodes.Baseline)
            .WithMessage($"A baseline lies 1 to {PeriodContext.BackMax} periods back.");
        RuleFor(static p => p.BaselinePeriod)
            .Must(static (p, key) => Ways(p.Baseline is not null, key is not null, p.Back != 1) <= 1)
            .WithErrorCode(PeriodCodes.Baseline).WithMessage("A baseline is named in one way.");
        RuleFor(static p => p.Clauses).AreNamedOnce();
    }

    private static int Ways(params ReadOnlySpan<bool> named)
    {
        int count = 0;
        foreach (bool way in named)
        {
            count += way ? 1 : 0;
        }

        return count;
    }
}
