using FluentValidation;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="RevenueShare"/>.</summary>
public sealed class RevenueShareValidator : AbstractValidator<RevenueShare>
{
    /// <summary>Sets up the rules.</summary>
    public RevenueShareValidator()
    {
        RuleFor(static m => m.Rate.Fraction).InclusiveBetween(0, 1)
            .OverridePropertyName(nameof(RevenueShare.Rate))
            .WithErrorCode(PayoutCodes.RateOutOfRange).WithMessage("A rate lies between 0% and 100%.");
        RuleFor(static m => m.Of)
            .Must(static of => of.Kind is MeasureKind.Value or MeasureKind.Fact or MeasureKind.Leg)
            .WithErrorCode(PayoutCodes.MeasureRefused)
            .WithMessage("A percentage is of the value, of a fact, or of what another contract pays.");
    }
}
