using FluentValidation;
using PerfMarketing.Budgets.Windows;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>Says what is wrong with a <see cref="BudgetLine"/> by itself.</summary>
public sealed class BudgetLineValidator : AbstractValidator<BudgetLine>
{
    private const decimal FlexMax = 100m;

    /// <summary>Sets up the rules.</summary>
    public BudgetLineValidator()
    {
        RuleFor(static l => l.Id).Must(static id => !id.IsUnset)
            .WithErrorCode(LedgerCodes.IdInvalid).WithMessage("A line has an id.");
        RuleFor(static l => l.Scope).Must(static s => Enum.IsDefined(s.Kind) && Identifier.IsValid(s.Id))
            .WithErrorCode(LedgerCodes.ScopeInvalid).WithMessage("A scope has a kind and an id.");
        RuleFor(static l => l.Limit).Must(static (line, _) => HasOneLimit(line))
            .WithErrorCode(LedgerCodes.LimitInvalid)
            .WithMessage("A line has a limit or a count above zero, or says that it is unlimited.");
        RuleFor(static l => l.Per)
            .Must(static (line, unit) => unit is >= PeriodUnit.Hour and <= PeriodUnit.Lifetime
                && (unit != PeriodUnit.Rolling || line.Windows is not null))
            .WithErrorCode(LedgerCodes.PeriodInvalid)
            .WithMessage("A line has a defined kind of period, and rolling ones only by its windows.");
        RuleFor(static l => l.Windows)
            .Must(static (line, windows) => windows is null
                || (windows.Per == line.Per && windows.Dates == line.Flight && line.Units is not null
                    && (windows.Per != PeriodUnit.Hour || windows.Rollover == Rollover.None)))
            .WithErrorCode(LedgerCodes.WindowsInvalid)
            .WithMessage("Windows are of the kind and dates of their line, which has a limit; no hour rolls over.");
        RuleFor(static l => l.Windows!).SetValidator(new BudgetWindowTermsValidator())
            .When(static l => l.Windows is not null);
        RuleFor(static l => l.Since)
            .Must(static (line, since) => since is { } at
                ? line.Windows is not null && ContractCalendar.Covers(at)
                : line.Windows is null or { Rollover: Rollover.None })
            .WithErrorCode(LedgerCodes.SinceInvalid)
            .WithMessage("A line with windows says since when it holds if something rolls over; no other line does.");
        RuleFor(static l => l.Recognition).IsInEnum()
            .WithErrorCode(LedgerCodes.OptionUndefined).WithMessage("The instant by which results count is defined.");
        RuleFor(static l => l.Flight)
            .Must(static (line, flight) => flight.HasValue == (line.Per == PeriodUnit.Flight))
            .WithErrorCode(LedgerCodes.PeriodInvalid).WithMessage("A line by flight, and no other, has its dates.");
        RuleFor(static l => l.Flex)
            .Must(static (line, flex) => flex.Fraction is >= 0 and <= FlexMax
                && (line.Units ?? 0) * (1 + flex.Fraction) <= Money.MinorUnitsMax)
            .WithErrorCode(LedgerCodes.FlexInvalid).WithMessage("A period may use 0 % to 10,000 % above the limit.");
        RuleFor(static l => l.AtCap).IsInEnum()
            .WithErrorCode(LedgerCodes.OptionUndefined).WithMessage("What happens at the limit is defined.");
        RuleFor(static l => l.Children).IsInEnum()
            .WithErrorCode(LedgerCodes.OptionUndefined).WithMessage("The lines below are flexible or partitioned.");
        RuleFor(static l => l.Alerts).Must(static alerts => IsRising(alerts))
            .WithErrorCode(LedgerCodes.AlertsInvalid).WithMessage("Alerts are given at rising shares above zero.");
    }

    private static bool HasOneLimit(BudgetLine line)
    {
        int said = (line.Limit is null ? 0 : 1) + (line.Count is null ? 0 : 1) + (line.IsUnlimited ? 1 : 0);
        return said == 1 && line.Units is null or (> 0 and <= Money.MinorUnitsMax);
    }

    private static bool IsRising(ValueList<Percentage> alerts)
    {
        decimal last = 0;
        foreach (Percentage share in alerts)
        {
            if (share.Fraction <= last)
            {
                return false;
            }

            last = share.Fraction;
        }

        return alerts.Count <= BudgetLine.AlertCountMax;
    }
}
