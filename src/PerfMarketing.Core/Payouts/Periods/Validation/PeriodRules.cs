using FluentValidation;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Periods.Validation;

/// <summary>Rules that several kinds of period payout have.</summary>
internal static class PeriodRules
{
    /// <summary>A rate from 0 % to 100 %.</summary>
    public static IRuleBuilderOptions<T, Percentage> IsShare<T>(this IRuleBuilder<T, Percentage> rule) => rule
        .Must(static rate => rate.Fraction is >= 0 and <= 1)
        .WithErrorCode(PayoutCodes.RateOutOfRange).WithMessage("A rate lies between 0% and 100%.");

    /// <summary>An amount above zero.</summary>
    public static IRuleBuilderOptions<T, Money> IsPaid<T>(this IRuleBuilder<T, Money> rule) => rule
        .Must(static amount => amount.MinorUnits > 0)
        .WithErrorCode(PeriodCodes.AmountNotPositive).WithMessage("The amount is above zero.");

    /// <summary>A measure that is summed for periods.</summary>
    public static IRuleBuilderOptions<T, Measure> IsSummed<T>(this IRuleBuilder<T, Measure> rule) => rule
        .Must(static measure => measure.Kind != MeasureKind.Leg)
        .WithErrorCode(PeriodCodes.Measure).WithMessage("What other contracts pay is not summed for periods.");

    /// <summary>A measure that is an amount, and summed for periods.</summary>
    public static IRuleBuilderOptions<T, Measure> IsAmount<T>(this IRuleBuilder<T, Measure> rule) => rule
        .Must(static measure => measure.Kind is MeasureKind.Value or MeasureKind.Payout or MeasureKind.Fact)
        .WithErrorCode(PeriodCodes.Measure).WithMessage("The measure is an amount: value, payout or fact:….");

    /// <summary>Names, each of them once.</summary>
    public static IRuleBuilderOptions<T, ValueList<TName>> AreNamedOnce<T, TName>(
        this IRuleBuilder<T, ValueList<TName>> rule) => rule
        .Must(static names => names.Distinct().Count() == names.Count)
        .WithErrorCode(PeriodCodes.NamedTwice).WithMessage("Each name stands once.");
}
