using FluentValidation;
using PerfMarketing.Monetary;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says what is wrong with <see cref="SettlementTerms"/>.</summary>
public sealed class SettlementTermsValidator : AbstractValidator<SettlementTerms>
{
    /// <summary>Sets up the rules.</summary>
    /// <param name="currency">The contract's currency.</param>
    public SettlementTermsValidator(Currency currency)
    {
        RuleFor(static t => t.Per)
            .Must(static unit => unit is PeriodUnit.Week or PeriodUnit.HalfMonth or PeriodUnit.Month
                or PeriodUnit.Quarter)
            .WithErrorCode(SettlementTermsCodes.Period)
            .WithMessage("A statement is of a week, a half-month, a month or a quarter.");
        RuleFor(static t => t.Threshold)
            .Must(least => least is not { } amount || (amount.MinorUnits > 0 && amount.Currency == currency))
            .WithErrorCode(SettlementTermsCodes.Threshold)
            .WithMessage("A threshold is above zero, in the contract's currency.");
        RuleFor(static t => t.Due).Must(static due => due is null || due.IsInRange)
            .WithErrorCode(SettlementTermsCodes.Due)
            .WithMessage($"A statement is due up to {PaymentDue.DaysMax} days after its period, on a day of a month, "
                + $"or after the end of one up to {PaymentDue.MonthsMax} months later.");
        RuleFor(static t => t.Due).Must(static (t, due) => due is null || due.IsSecondHalfOf(t.Per))
            .WithErrorCode(SettlementTermsCodes.Due)
            .WithMessage("A day for second halves is a day of a month from 1 to 31, for statements by half-month.");
        RuleFor(static t => t.Reserve).Must(static reserve => reserve is null || reserve.IsInRange)
            .WithErrorCode(SettlementTermsCodes.Reserve)
            .WithMessage($"A reserve is above 0 and up to 100 %, for 1 to {ReserveTerms.DaysMax} days.");
        RuleFor(static t => t.Negative).IsInEnum()
            .WithErrorCode(SettlementTermsCodes.Choice).WithMessage("A debt is carried or claimed.");
        RuleFor(static t => t.Exposure).IsInEnum()
            .WithErrorCode(SettlementTermsCodes.Choice)
            .WithMessage("Partners are paid independently, by invoice, or once all invoices are paid.");
    }
}
