namespace PerfMarketing.Budgets.Ledger;

/// <summary>
/// The codes of why a ledger refused, besides <see cref="BudgetReasons.Exhausted"/>,
/// <see cref="BudgetReasons.Conflict"/>, <see cref="BudgetReasons.Unknown"/>,
/// <see cref="BudgetReasons.AlreadyCommitted"/>, <see cref="BudgetReasons.AlreadyReleased"/>,
/// <see cref="BudgetReasons.NotCommitted"/> and <see cref="BudgetReasons.ReversesTooMuch"/>.
/// </summary>
public static class LedgerReasons
{
    /// <summary>
    /// The amount fits into its own lines, not into one above them. Args: budget, scope, requested, headroom.
    /// </summary>
    public const string ParentCap = "budget.parent-cap";

    /// <summary>
    /// The instant is in no period of the line: its flight has not begun or is over. Args: budget, scope.
    /// </summary>
    public const string OutsideWindow = "budget.outside-window";

    /// <summary>The line is paused. Args: budget, scope.</summary>
    public const string Paused = "budget.paused";

    /// <summary>There is no such line, so that nothing is bought. Args: budget.</summary>
    public const string NotLive = "budget.not-live";

    /// <summary>
    /// The instant is more than 400 days ahead of the present, or more than 3,660 days behind it. Args: reservation.
    /// </summary>
    public const string TooFar = "budget.instant-too-far";

    /// <summary>
    /// The line cannot change like that: it is another line, it would be invalid, or have more than its part, or it has
    /// no limit to set. Args: budget, change.
    /// </summary>
    public const string ChangeInvalid = "budget.change-invalid";

    /// <summary>The reservation expired before. Args: reservation.</summary>
    public const string Expired = "budget.reservation-expired";
}
