namespace PerfMarketing.Budgets.Ledger;

/// <summary>The codes of what can be wrong with a plan of budgets.</summary>
public static class LedgerCodes
{
    /// <summary>A plan has from 1 to 100,000 lines and a currency.</summary>
    public const string PlanInvalid = "budget-plan.invalid";

    /// <summary>A plan's zone is malformed or unknown, or windows of a line are in another one.</summary>
    public const string ZoneInvalid = "budget-plan.zone-invalid";

    /// <summary>A line has no id, or two lines have one.</summary>
    public const string IdInvalid = "budget-plan.id-invalid";

    /// <summary>A scope has a kind and an id.</summary>
    public const string ScopeInvalid = "budget-plan.scope-invalid";

    /// <summary>A line says exactly one of limit, count and that it is unlimited; what it says is above zero.</summary>
    public const string LimitInvalid = "budget-plan.limit-invalid";

    /// <summary>
    /// A line's kind of period does not exist, or is rolling and there are no windows; or dates are given and it is
    /// no flight.
    /// </summary>
    public const string PeriodInvalid = "budget-plan.period-invalid";

    /// <summary>
    /// Windows are of another kind or other dates than their line, or the line has no limit; or hours roll over.
    /// </summary>
    public const string WindowsInvalid = "budget-plan.windows-invalid";

    /// <summary>
    /// A line says since when its limit holds and has no windows; or it does not say it, and something rolls over.
    /// </summary>
    public const string SinceInvalid = "budget-plan.since-invalid";

    /// <summary>A period may use from 0 % to 10,000 % above the limit, and at most 10^15 in all.</summary>
    public const string FlexInvalid = "budget-plan.flex-invalid";

    /// <summary>An option has a value that is not defined.</summary>
    public const string OptionUndefined = "budget-plan.option-undefined";

    /// <summary>Up to 20 alerts are given at rising shares above zero.</summary>
    public const string AlertsInvalid = "budget-plan.alerts-invalid";

    /// <summary>A request of a ledger is of no known kind.</summary>
    public const string RequestUnknown = "budget-ledger.request-unknown";

    /// <summary>
    /// A parent is not in the plan, is below its own child, or is of a later kind of scope; or more than 16 lines
    /// stand above each other.
    /// </summary>
    public const string ParentInvalid = "budget-plan.parent-invalid";

    /// <summary>
    /// The lines below a partitioned one have more together than it has, or count other periods or pieces.
    /// </summary>
    public const string PartitionExceeded = "budget-plan.partition-exceeded";
}
