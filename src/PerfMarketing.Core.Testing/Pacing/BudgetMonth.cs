using NodaTime;

namespace PerfMarketing.Testing.Pacing;

/// <summary>What came of one simulated month of a budget.</summary>
/// <param name="First">The first date.</param>
/// <param name="Days">How many dates.</param>
/// <param name="Limit">What all of them may use, in thousandths of a request.</param>
/// <param name="Used">What they used.</param>
/// <param name="DarkDays">On how many of them less than a hundredth of the daily average could be used.</param>
public sealed record BudgetMonth(LocalDate First, int Days, long Limit, long Used, int DarkDays)
{
    /// <summary>How much of the budget was used, in percent.</summary>
    public double Delivered => 100d * Used / Math.Max(1, Limit);

    /// <summary>How many of the dates were dark, in percent.</summary>
    public double Dark => 100d * DarkDays / Days;
}
