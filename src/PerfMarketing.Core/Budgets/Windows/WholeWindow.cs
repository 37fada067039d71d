using NodaTime;

namespace PerfMarketing.Budgets.Windows;

/// <summary>A window and the dates that it is made of; an hour and all of time are made of none.</summary>
internal readonly record struct WholeWindow(BudgetWindow Window, LocalDate First, LocalDate After)
{
    internal Instant Start => Window.Start;

    internal Instant End => Window.End;

    internal int Dates => Period.DaysBetween(First, After);
}
