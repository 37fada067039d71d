using FluentValidation;
using NodaTime;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Budgets.Windows;

/// <summary>Says what is wrong with a <see cref="LimitHistory"/>.</summary>
public sealed class LimitHistoryValidator : AbstractValidator<LimitHistory>
{
    /// <summary>Sets up the rules.</summary>
    public LimitHistoryValidator()
    {
        RuleFor(static h => h.First)
            .Must(static (h, first) => IsLimit(first)
                && (h.Changes ?? []).All(static c => c is null || IsLimit(c.After)))
            .WithErrorCode(BudgetWindowCodes.LimitInvalid)
            .WithMessage("A limit is not negative and at most the greatest amount.");
        RuleFor(static h => h.Changes).Must(static (h, changes) => FollowEachOther(h, changes))
            .WithErrorCode(BudgetWindowCodes.ChangesInvalid)
            .WithMessage("Changes are in order, and each names the limit that held before it.");
    }

    private static bool IsLimit(long limit) => limit is >= 0 and <= BudgetCounter.AmountMax;

    private static bool FollowEachOther(LimitHistory history, ValueList<LimitChange>? changes)
    {
        (Instant at, long limit) = (history.Since ?? ContractCalendar.Earliest, history.First);
        foreach (LimitChange change in changes ?? [])
        {
            if (change is null || change.Before != limit || change.At < at || !ContractCalendar.Covers(change.At)
                || change.Used is < -BudgetCounter.AmountMax or > BudgetCounter.AmountMax)
            {
                return false;
            }

            (at, limit) = (change.At, change.After);
        }

        return changes is { Count: <= LimitHistory.ChangesMax }
            && (history.Since is not { } since || ContractCalendar.Covers(since));
    }
}
