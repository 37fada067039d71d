namespace PerfMarketing.Budgets;

/// <summary>The codes of what can be wrong with a budget.</summary>
public static class BudgetCodes
{
    /// <summary>A budget has no id.</summary>
    public const string IdMissing = "budget.id-missing";

    /// <summary>A budget has no limit, neither of money nor of outcomes, or none above zero.</summary>
    public const string LimitNotPositive = "budget.limit-not-positive";

    /// <summary>A budget, or an entry of one, counts both money and outcomes.</summary>
    public const string MeasureTwice = "budget.measure-twice";

    /// <summary>More outcomes are counted than <see cref="BudgetAmount.CountMax"/>.</summary>
    public const string CountOutOfRange = "budget.count-out-of-range";

    /// <summary>Whether shared outcomes count by credit is not defined, or is said of money.</summary>
    public const string CreditInvalid = "budget.credit-invalid";

    /// <summary>A stored entry of a budget has no amount, or is in several currencies.</summary>
    public const string EntryCurrency = "budget.entry-currency";

    /// <summary>
    /// A budget's kind of period does not exist, or is rolling: its periods overlap, so that no one of them owns an
    /// amount.
    /// </summary>
    public const string PeriodUnsupported = "budget.period-unsupported";

    /// <summary>What happens to an amount that does not fit is not defined.</summary>
    public const string OverflowUndefined = "budget.overflow-undefined";

    /// <summary>
    /// What happens to an amount that does not fit contradicts another term: what only notifies refuses nothing, who
    /// waits counts by the event, only money has a remainder, and a clause to divert to is named exactly with
    /// diverting.
    /// </summary>
    public const string OverflowContradicts = "budget.overflow-contradicts";

    /// <summary>
    /// Changes of a limit are not in order, before the budget began, negative, in another currency, or too many.
    /// </summary>
    public const string ChangesInvalid = "budget.changes-invalid";

    /// <summary>
    /// What was used before a budget began is negative, in another currency, or has no beginning to be before.
    /// </summary>
    public const string UsedBeforeInvalid = "budget.used-before-invalid";

    /// <summary>A budget's zone is not in the tz database.</summary>
    public const string ZoneUnknown = "budget.zone-unknown";

    /// <summary>Something is set aside for no time, or for too long.</summary>
    public const string ReserveForInvalid = "budget.reserve-for-invalid";

    /// <summary>What is promised when the limit is reached is not defined.</summary>
    public const string CapUndefined = "budget.cap-undefined";

    /// <summary>By which instant amounts count is not defined.</summary>
    public const string RecognitionUndefined = "budget.recognition-undefined";

    /// <summary>A tolerance is below nothing or above 100 %.</summary>
    public const string ToleranceInvalid = "budget.tolerance-invalid";

    /// <summary>
    /// The shares at which something is said are not above nothing and at most 200 %, not in order, or too many.
    /// </summary>
    public const string AlertsInvalid = "budget.alerts-invalid";
}
