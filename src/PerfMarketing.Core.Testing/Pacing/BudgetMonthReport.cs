namespace PerfMarketing.Testing.Pacing;

/// <summary>What came of months of a budget.</summary>
/// <param name="Months">The months, in order.</param>
public sealed record BudgetMonthReport(IReadOnlyList<BudgetMonth> Months)
{
    /// <summary>The mean of how much of the budget was used, in percent.</summary>
    public double Delivered => Months.Count == 0 ? 0 : Months.Average(static m => m.Delivered);

    /// <summary>The mean of how many dates were dark, in percent.</summary>
    public double Dark => Months.Count == 0 ? 0 : Months.Average(static m => m.Dark);

    /// <summary>The 5th percentile of how much of the budget was used, straight between two months.</summary>
    public double DeliveredLow
    {
        get
        {
            double[] sorted = [.. Months.Select(static m => m.Delivered).Order()];
            double place = 0.05 * (sorted.Length - 1);
            return sorted.Length == 0 ? 0
                : sorted[(int)place] + ((place - (int)place)
                    * (sorted[Math.Min((int)place + 1, sorted.Length - 1)] - sorted[(int)place]));
        }
    }
}
