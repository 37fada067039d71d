using FluentValidation;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="RevenueShare"/>.</summary>
public sealed class RevenueShareValidator : AbstractValidator<RevenueShare>
{
    /// <summary>Sets up the rules.</summary>
    public RevenueShareValidator()
    {
        this.Term(nameof(RevenueShare.Rate), static m => m.Rate.Fraction is >= 0 and <= 1)
            .WithErrorCode(PayoutCodes.RateOutOfRange).WithMessage("A rate lies between 0% and 100%.");
        this.Term(
                nameof(RevenueShare.Of),
                static m => m.Of.Kind is MeasureKind.Value or MeasureKind.Fact or MeasureKind.Leg)
            .WithErrorCode(PayoutCodes.MeasureRefused)
            .WithMessage("A percentage is of the value, of a fact, or of what another contract pays.");
    }
}
