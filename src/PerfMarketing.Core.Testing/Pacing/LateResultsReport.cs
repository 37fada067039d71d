namespace PerfMarketing.Testing.Pacing;

/// <summary>What came of a budget of results over many flights, in percent of the budget.</summary>
/// <param name="Gross">What was committed in each flight.</param>
/// <param name="Net">The same, less what came back.</param>
/// <param name="Unpaid">Which part of the results of each flight was not paid.</param>
public sealed record LateResultsReport(
    IReadOnlyList<double> Gross, IReadOnlyList<double> Net, IReadOnlyList<double> Unpaid)
{
    /// <summary>The mean of what was committed.</summary>
    public double GrossMean => Gross.Average();

    /// <summary>The most that was committed in a flight.</summary>
    public double GrossMax => Gross.Max();

    /// <summary>The mean of what was committed, less what came back.</summary>
    public double NetMean => Net.Average();

    /// <summary>The mean of the part that was not paid.</summary>
    public double UnpaidMean => Unpaid.Average();

    /// <summary>What 95 of 100 flights stay below, of what was committed less what came back.</summary>
    public double NetP95 => Net.Order().ElementAt((Net.Count - 1) * 95 / 100);
}
