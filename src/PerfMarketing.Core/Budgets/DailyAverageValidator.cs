using FluentValidation;
using PerfMarketing.Monetary;

namespace PerfMarketing.Budgets;

/// <summary>Says what is wrong with a <see cref="DailyAverage"/>.</summary>
public sealed class DailyAverageValidator : AbstractValidator<DailyAverage>
{
    private const decimal DaysMax = 31m;

    /// <summary>Sets up the rules.</summary>
    public DailyAverageValidator()
    {
        RuleFor(static d => d.Average)
            .Must(static a => a.MinorUnits is > 0 and <= (long)(Money.MinorUnitsMax / DailyAverage.FlexMax)
                && !a.Currency.IsUnset)
            .WithErrorCode(BudgetCodes.AverageInvalid)
            .WithMessage("An average is above zero and at most a hundredth of the greatest amount.");
        RuleFor(static d => d.Flex).Must(static flex => flex is null or (>= 1m and <= DailyAverage.FlexMax))
            .WithErrorCode(BudgetCodes.FlexInvalid).WithMessage("A day may use 1 to 100 times the average.");
        RuleFor(static d => d.Days).Must(static days => days is null or (>= 1m and <= DaysMax))
            .WithErrorCode(BudgetCodes.DaysInvalid).WithMessage("A window has 1 to 31 times the average.");
        RuleFor(static d => d.Window).IsInEnum()
            .WithErrorCode(BudgetCodes.WindowUndefined).WithMessage("The average is kept over a month or a week.");
    }
}
