using NodaTime;

namespace PerfMarketing.Budgets.Windows;

/// <summary>One stretch of time that a limit holds for: the half-open interval <c>[Start, End)</c>.</summary>
/// <param name="Key">
/// Its name, unique within a budget, such as <c>2026-11-24</c>, <c>2026-11</c> or <c>2026-11-01/P7D</c> (a week from
/// Sunday on, or seven rolling days).
/// </param>
/// <param name="Start">The first instant inside.</param>
/// <param name="End">The first instant after.</param>
public readonly record struct BudgetWindow(string Key, Instant Start, Instant End)
{
    /// <summary>Whether an instant lies in the window.</summary>
    /// <param name="at">The instant.</param>
    public bool Contains(Instant at) => Start <= at && at < End;
}
