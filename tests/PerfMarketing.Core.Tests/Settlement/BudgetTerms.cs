using PerfMarketing.Budgets;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Random terms of budgets that do not contradict each other.</summary>
internal static class BudgetTerms
{
    /// <summary>The budget with its overflow, and whatever that needs.</summary>
    public static Budget Or(this Budget budget, LimitOverflow overflow, string divertTo = "sale") =>
        Valid(budget with { OnExceeded = overflow }, divertTo);

    private static Budget Valid(Budget budget, string divertTo) => budget switch
    {
        { OnExceeded: LimitOverflow.PayRemainder, Limit.Count: not null } rest => rest with
        {
            OnExceeded = LimitOverflow.PayZero,
        },
        { OnExceeded: LimitOverflow.Hold } hold => hold with { Recognition = BudgetRecognition.OnEvent },
        { OnExceeded: LimitOverflow.Divert } divert => divert with { DivertTo = new(divertTo) },
        { OnExceeded: LimitOverflow.Notify, AtCap: CapBehavior.StopAndReject } notify => notify with
        {
            AtCap = CapBehavior.StopAdmission,
        },
        var other => other,
    };
}
