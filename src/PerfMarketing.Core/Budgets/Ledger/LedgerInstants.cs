using NodaTime;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>When a result occurred, was touched and approved: each line counts it by one of them.</summary>
internal readonly record struct LedgerInstants(Instant Occurred, Instant Touched, Instant Approved)
{
    /// <summary>Whether all are the same.</summary>
    internal bool IsOne => Occurred == Touched && Touched == Approved;

    internal static LedgerInstants At(Instant at) => new(at, at, at);

    internal Instant Of(BudgetRecognition recognition) => recognition switch
    {
        BudgetRecognition.OnTouch => Touched,
        BudgetRecognition.OnApproval => Approved,
        _ => Occurred,
    };

    /// <summary>Whether all are near enough to the present that periods are kept for them.</summary>
    internal bool IsNear(Instant asOf) =>
        IsNear(Occurred, asOf) && IsNear(Touched, asOf) && IsNear(Approved, asOf);

    internal static bool IsNear(Instant at, Instant asOf) =>
        Time.ContractCalendar.Covers(at) && Time.ContractCalendar.Covers(asOf)
        && at - asOf <= Duration.FromDays(BudgetPlan.DaysAheadMax)
        && asOf - at <= Duration.FromDays(BudgetPlan.DaysBehindMax);
}
