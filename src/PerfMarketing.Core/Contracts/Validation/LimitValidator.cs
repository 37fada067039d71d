using FluentValidation;
using PerfMarketing.Monetary;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Contracts.Validation;

/// <summary>Says everything that is wrong with a <see cref="Limit"/> of a clause or a contract.</summary>
public sealed class LimitValidator : AbstractValidator<Limit>
{
    /// <summary>Sets up the rules.</summary>
    /// <param name="currency">The contract's currency.</param>
    public LimitValidator(Currency currency)
    {
        RuleFor(static l => l.Id).Must(static id => !id.IsUnset)
            .WithErrorCode(LimitCodes.IdMissing).WithMessage("A limit has a name.");
        RuleFor(static l => l)
            .Must(static l => l.Count is null ? l.Amount is not null || l.Months is not null : l.Amount is null)
            .WithErrorCode(LimitCodes.Measure)
            .WithMessage("A limit has a count, an amount or months, and not both sums.");
        RuleFor(static l => l.Count).Must(static n => n is null or (> 0 and <= Money.MinorUnitsMax))
            .WithErrorCode(LimitCodes.OutOfRange).WithMessage("A limit allows something.");
        RuleFor(static l => l.Amount).Must(static a => a is null or { MinorUnits: > 0 })
            .WithErrorCode(LimitCodes.OutOfRange).WithMessage("A limit allows something.");
        RuleFor(static l => l.Amount).Must(a => a is null || currency.IsUnset || a.Value.Currency == currency)
            .WithErrorCode(LimitCodes.Currency).WithMessage("A limit has the contract's currency.");
        RuleFor(static l => l.Months).Must(static m => m is null or (> 0 and <= Limit.MonthsMax))
            .WithErrorCode(LimitCodes.OutOfRange).WithMessage($"Months are 1 to {Limit.MonthsMax}.");
        RuleFor(static l => l.Per)
            .Must(static p => p is >= PeriodUnit.Hour and <= PeriodUnit.Lifetime
                and not (PeriodUnit.Flight or PeriodUnit.Rolling))
            .WithErrorCode(LimitCodes.Period).WithMessage("A limit runs by calendar period or for ever.");
        RuleFor(static l => l)
            .Must(static l => l.Months is null || (l.IsByCustomer && l.Per == PeriodUnit.Lifetime))
            .WithErrorCode(LimitCodes.Months)
            .WithMessage("Months are counted for each customer, and without a period besides.");
        RuleFor(static l => l).Must(HasFittingOverflow)
            .WithErrorCode(LimitCodes.Overflow)
            .WithMessage("Only money has a remainder, and nothing waits for months that are over.");
        RuleFor(static l => l)
            .Must(static l => (l.OnExceeded == LimitOverflow.Divert) == l.DivertTo is not null)
            .WithErrorCode(LimitCodes.Divert).WithMessage("A limit that diverts names the other clause.");
    }

    private static bool HasFittingOverflow(Limit limit) => limit.OnExceeded switch
    {
        LimitOverflow.PayRemainder => limit is { Amount: not null, Months: null },
        LimitOverflow.Hold => limit.Months is null,
        LimitOverflow.Reject or LimitOverflow.PayZero or LimitOverflow.Divert or LimitOverflow.Notify => true,
        _ => false,
    };
}
