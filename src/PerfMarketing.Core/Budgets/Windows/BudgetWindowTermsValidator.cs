using FluentValidation;
using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Windows;

/// <summary>Says what is wrong with <see cref="BudgetWindowTerms"/>.</summary>
public sealed class BudgetWindowTermsValidator : AbstractValidator<BudgetWindowTerms>
{
    private const decimal TimesMax = 366m;

    /// <summary>Sets up the rules.</summary>
    public BudgetWindowTermsValidator()
    {
        RuleFor(static t => t.Per)
            .Must(static (t, per) => Enum.IsDefined(per) && Enum.IsDefined(t.WeekStart)
                && (t.WeekStart == WeekStart.Monday || per == PeriodUnit.Week))
            .WithErrorCode(BudgetWindowCodes.UnitUndefined)
            .WithMessage("A window is of a defined kind, and only a week begins on Sunday.");
        RuleFor(static t => t.Zone).Must(static (t, zone) => IsKnown(zone) && AreInOrder(t.ZoneChanges))
            .WithErrorCode(BudgetWindowCodes.ZoneInvalid)
            .WithMessage("A zone is an id of the time zone database, and its changes are in order.");
        RuleFor(static t => t.Dates)
            .Must(static (t, dates) => t.Per == PeriodUnit.Flight ? dates is { } some && HasDate(some) : dates is null)
            .WithErrorCode(BudgetWindowCodes.DatesInvalid).WithMessage("A flight has dates, nothing else has.");
        RuleFor(static t => t.RollingDays)
            .Must(static (t, days) => t.Per == PeriodUnit.Rolling
                ? days is >= 1 and <= ContractCalendar.RollingDaysMax
                : days is null)
            .WithErrorCode(BudgetWindowCodes.RollingDaysInvalid)
            .WithMessage("A rolling window has 1 to 36,525 days, nothing else has.");
        RuleFor(static t => t.Days)
            .Must(static (t, days) => days is null || HasDays(t))
            .WithErrorCode(BudgetWindowCodes.SpreadUnsupported)
            .WithMessage("Days share a week, a half month, a month, a quarter, a year, or a flight with an end.")
            .Must(static days => days?.Flex is null or (>= 1m and <= DaySpread.FlexMax))
            .WithErrorCode(BudgetWindowCodes.FlexInvalid).WithMessage("A day may use 1 to 100 times its share.")
            .Must(static days => days?.Times is null || (days.IsAverage && days.Times is >= 1m and <= TimesMax))
            .WithErrorCode(BudgetWindowCodes.TimesInvalid)
            .WithMessage("A window has 1 to 366 times an average, and none where the limit is no average.");
        RuleFor(static t => t.Rollover)
            .Must(static (t, rollover) => rollover switch
            {
                Rollover.None => t.RolloverMax is null,
                Rollover.Whole => RollsOver(t) && t.RolloverMax is null,
                Rollover.Capped => RollsOver(t)
                    && t.RolloverMax is > 0 and <= BudgetWindowTerms.RolloverMaxMax,
                _ => false,
            })
            .WithErrorCode(BudgetWindowCodes.RolloverInvalid)
            .WithMessage("Windows that follow each other and carry roll over; only a cap has a most, up to 100.");
    }

    private static bool RollsOver(BudgetWindowTerms terms) =>
        terms.Per is not (PeriodUnit.Flight or PeriodUnit.Rolling or PeriodUnit.Lifetime)
        && terms.Days is null or { CarryUnused: true } or { BorrowAhead: true };

    private static bool HasDays(BudgetWindowTerms terms) => terms.Per switch
    {
        PeriodUnit.Flight => terms.Dates is { To: not null },
        PeriodUnit.Week or PeriodUnit.HalfMonth or PeriodUnit.Month or PeriodUnit.Quarter or PeriodUnit.Year => true,
        _ => false,
    };

    private static bool HasDate(DateRange dates) => dates.To is null || dates.Days > 0;

    private static bool IsKnown(string? zone) => ContractZone.TryFind(zone, out _);

    private static bool AreInOrder(ValueList<ZoneChange>? changes)
    {
        Instant before = ContractCalendar.Earliest;
        foreach (ZoneChange change in changes ?? [])
        {
            if (change is null || change.At <= before || change.At >= ContractCalendar.Latest || !IsKnown(change.Zone))
            {
                return false;
            }

            before = change.At;
        }

        return changes is { Count: <= BudgetWindowTerms.ZoneChangesMax };
    }
}
