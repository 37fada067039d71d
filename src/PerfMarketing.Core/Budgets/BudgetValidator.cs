using FluentValidation;
using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets;

/// <summary>Says what is wrong with a <see cref="Budget"/>.</summary>
public sealed class BudgetValidator : AbstractValidator<Budget>
{
    /// <summary>Sets up the rules.</summary>
    public BudgetValidator()
    {
        RuleFor(static b => b.Id).Must(static id => !id.IsUnset)
            .WithErrorCode(BudgetCodes.IdMissing).WithMessage("A budget has an id.");
        RuleFor(static b => b.Limit).Must(static limit => limit.Units > 0)
            .WithErrorCode(BudgetCodes.LimitNotPositive).WithMessage("A limit is above zero.");
        RuleFor(static b => b.Credit)
            .Must(static (budget, credit) => Enum.IsDefined(credit)
                && (budget.Limit.IsCount || credit == TallyCredit.Credited))
            .WithErrorCode(BudgetCodes.CreditInvalid).WithMessage("Only outcomes count by credit or whole.");
        RuleFor(static b => b.Per)
            .Must(static unit => unit is >= PeriodUnit.Hour and <= PeriodUnit.Lifetime and not PeriodUnit.Rolling)
            .WithErrorCode(BudgetCodes.PeriodUnsupported).WithMessage("A budget's periods are not rolling.");
        RuleFor(static b => b.OnExceeded)
            .Must(Enum.IsDefined)
            .WithErrorCode(BudgetCodes.OverflowUndefined).WithMessage("There is no such overflow.");
        RuleFor(static b => b.OnExceeded)
            .Must(static (budget, overflow) => overflow switch
            {
                LimitOverflow.Notify => budget.AtCap != CapBehavior.StopAndReject,
                LimitOverflow.PayRemainder => !budget.Limit.IsCount,
                LimitOverflow.Hold => budget.Recognition == BudgetRecognition.OnEvent,
                _ => true,
            } && budget.DivertTo is { IsUnset: false } == (overflow == LimitOverflow.Divert))
            .WithErrorCode(BudgetCodes.OverflowContradicts)
            .WithMessage("What only notifies refuses nothing, who waits counts by the event, only money has a "
                + "remainder, and only who diverts names a clause.");
        RuleFor(static b => b.AtCap).Must(Enum.IsDefined)
            .WithErrorCode(BudgetCodes.CapUndefined).WithMessage("There is no such promise.");
        RuleFor(static b => b.Recognition).Must(Enum.IsDefined)
            .WithErrorCode(BudgetCodes.RecognitionUndefined).WithMessage("Amounts count by no such instant.");
        RuleFor(static b => b.Tolerance).Must(static t => t.Fraction is >= 0 and <= 1)
            .WithErrorCode(BudgetCodes.ToleranceInvalid).WithMessage("A tolerance is from nothing to 100 %.");
        RuleFor(static b => b.Zone).Must(static zone => zone is null || ContractZone.TryFind(zone, out _))
            .WithErrorCode(BudgetCodes.ZoneUnknown).WithMessage("A zone is an id of the time zone database.");
        RuleFor(static b => b.ReserveFor)
            .Must(static time => time is not { } some || (some > Duration.Zero && some <= Budget.ReserveForMax))
            .WithErrorCode(BudgetCodes.ReserveForInvalid).WithMessage("Something is set aside for some time.");
        RuleFor(static b => b.AlertAt)
            .Must(static shares => shares.Count <= Budget.AlertCountMax
                && shares.All(static s => s.Fraction is > 0 and <= 2)
                && shares.Zip(shares.Skip(1)).All(static pair => pair.First < pair.Second))
            .WithErrorCode(BudgetCodes.AlertsInvalid)
            .WithMessage($"At most {Budget.AlertCountMax} shares, each above the one before, up to 200 %.");
        RuleFor(static b => b.Changes).Must(static (budget, changes) => AreInOrder(budget, changes))
            .WithErrorCode(BudgetCodes.ChangesInvalid)
            .WithMessage($"At most {Budget.ChangeCountMax} changes, each after the one before, none below zero.");
        RuleFor(static b => b.UsedBefore)
            .Must(static (budget, used) => used is not { } some
                || (budget.Since is not null && some.Units >= 0 && some.Currency == budget.Limit.Currency))
            .WithErrorCode(BudgetCodes.UsedBeforeInvalid)
            .WithMessage("What was used before is not negative, and before a stated instant.");
    }

    private static bool AreInOrder(Budget budget, ValueList<BudgetChange> changes)
    {
        Instant last = budget.Since ?? ContractCalendar.Earliest - Duration.Epsilon;
        foreach (BudgetChange change in changes)
        {
            if (change.At <= last || !ContractCalendar.Covers(change.At) || change.Limit.Units < 0
                || change.Limit.Currency != budget.Limit.Currency)
            {
                return false;
            }

            last = change.At;
        }

        return changes.Count <= Budget.ChangeCountMax
            && (budget.Since is not { } since || ContractCalendar.Covers(since));
    }
}
