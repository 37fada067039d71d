namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>What rounding may add to what the equations of a chain lack.</summary>
internal static class Rounding
{
    /// <summary>By how much of its result an operation may be off: 2^−53.</summary>
    internal const double Unit = 1.0 / (1L << 53);

    /// <summary>What a sum of up to 10^9 numbers, none negative, may be greater than what comes out.</summary>
    internal const double Margin = 1.000_001;

    /// <summary>
    /// By how much of itself a result may be off for what was rounded last: sums, quotients, journeys, and the share of
    /// all conversions that is told.
    /// </summary>
    internal const double Last = 16 * Unit;

    // Of counts, shares, their sum with the source, its product with how often the state is left, and the difference.
    private const int Operations = 8;

    /// <summary>
    /// How far an equation may hold worse than it seems, for what is solved for at its state: an operation more for
    /// each move away from it.
    /// </summary>
    internal static double Of(ChainGraph graph, int place) =>
        (graph.EdgeStarts[place + 1] - graph.EdgeStarts[place] + Operations) * Unit * graph.Out[place];

    /// <summary>
    /// How far the probability of converting may be off at the starts, or wherever journeys come to: what the equations
    /// of all states lack, each as often as a journey enters its state.
    /// </summary>
    internal static double Lack(ChainGraph graph, double[] conversion)
    {
        double lack = 0;
        for (int i = 0; i < graph.Count; i++)
        {
            double sum = graph.Conversions[i] / graph.Out[i];
            for (int edge = graph.EdgeStarts[i]; edge < graph.EdgeStarts[i + 1]; edge++)
            {
                sum += graph.Weights[edge] * conversion[graph.EdgeTargets[edge]];
            }

            lack += (Math.Abs(sum - conversion[i]) * graph.Out[i])
                + (Of(graph, i) * Math.Max(sum, conversion[i]));
        }

        return Margin * lack / graph.Journeys;
    }
}
