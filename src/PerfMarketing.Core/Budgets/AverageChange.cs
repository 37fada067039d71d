using NodaTime;
using PerfMarketing.Monetary;

namespace PerfMarketing.Budgets;

/// <summary>A change of a daily average within its window.</summary>
/// <param name="On">The first date of the new average.</param>
/// <param name="UsedBefore">What was used in the window before that date's change.</param>
public readonly record struct AverageChange(LocalDate On, Money UsedBefore);
