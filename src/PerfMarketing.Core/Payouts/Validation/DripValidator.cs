using FluentValidation;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Time;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="Drip"/>; its inner model is validated by the catalog.</summary>
public sealed class DripValidator : AbstractValidator<Drip>
{
    /// <summary>Sets up the rules.</summary>
    public DripValidator()
    {
        RuleFor(static m => m.Instalments).InclusiveBetween(1, Drip.InstalmentCountMax)
            .WithErrorCode(PayoutCodes.InstalmentCount)
            .WithMessage($"There are 1 to {Drip.InstalmentCountMax} instalments.");
        RuleFor(static m => m.Delay).InclusiveBetween(0, Drip.InstalmentCountMax)
            .WithErrorCode(PayoutCodes.DripDelay)
            .WithMessage($"The first instalment is delayed by 0 to {Drip.InstalmentCountMax} periods.");
        RuleFor(static m => m.Every)
            .Must(static p =>
                p is PeriodUnit.Day or PeriodUnit.Week or PeriodUnit.Month or PeriodUnit.Quarter or PeriodUnit.Year)
            .WithErrorCode(PayoutCodes.DripPeriod)
            .WithMessage("Instalments are payable every day, week, month, quarter or year.");
    }
}
