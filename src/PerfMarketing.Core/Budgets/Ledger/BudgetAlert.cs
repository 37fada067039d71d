using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>A stated share of a limit is committed; said once for each share and period.</summary>
/// <param name="Budget">The line.</param>
/// <param name="Window">The period's key, such as <c>2026-03</c>.</param>
/// <param name="Share">The share of the limit.</param>
/// <param name="AsOf">The instant of the decision that reached it.</param>
public sealed record BudgetAlert(BudgetId Budget, string Window, Percentage Share, Instant AsOf);
