using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Primitives;

namespace PerfMarketing.Testing.Pacing;

/// <summary>What came of a simulated pace, over all measured days.</summary>
/// <param name="Days">The days, in order.</param>
public sealed record PacingReport(IReadOnlyList<PacingDay> Days)
{
    /// <summary>The mean of how much of the budget was used, in percent.</summary>
    public double Delivered => Mean(static d => d.Delivered);

    /// <summary>The mean of how much was used of what was to be had, in percent.</summary>
    public double DeliveredOfPossible => Mean(static d => d.DeliveredOfPossible);

    /// <summary>The mean of how far the spending was from the traffic, in percent of the budget.</summary>
    public double Rms => Mean(static d => d.Rms);

    /// <summary>The mean of what was bought against the best that could be had, in percent.</summary>
    public double Value => Mean(static d => d.Value);

    /// <summary>The mean of the most that was used in ten minutes, as a multiple of an even pace.</summary>
    public double PeakToEven => Mean(static d => d.PeakToEven);

    /// <summary>The most that was used above the budget on any day, in percent of it.</summary>
    public double Overspend => Days.Count == 0 ? 0 : Days.Max(static d => d.Overspend);

    /// <summary>The median of the part of the day after which the budget was used up.</summary>
    public double ExhaustedAt => Percentile(static d => d.ExhaustedAt, 50);

    /// <summary>The mean of <see cref="PacingDay.SpentBy"/>.</summary>
    public ValueList<double> SpentBy => MeanBy(static d => d.SpentBy);

    /// <summary>The mean of <see cref="PacingDay.TrafficBy"/>.</summary>
    public ValueList<double> TrafficBy => MeanBy(static d => d.TrafficBy);

    /// <summary>A percentile over the days, straight between two of them.</summary>
    /// <param name="of">The figure.</param>
    /// <param name="percent">Which percentile, from 0 to 100.</param>
    public double Percentile(Func<PacingDay, double> of, double percent)
    {
        double[] sorted = [.. Days.Select(of).Order()];
        if (sorted.Length == 0)
        {
            return 0;
        }

        double place = Math.Clamp(percent, 0, 100) / 100 * (sorted.Length - 1);
        int low = (int)place;
        int high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((place - low) * (sorted[high] - sorted[low]));
    }

    private double Mean(Func<PacingDay, double> of) => Days.Count == 0 ? 0 : Days.Average(of);

    private ValueList<double> MeanBy(Func<PacingDay, ValueList<double>> of) =>
        Enumerable.Range(0, TrafficCurve.Parts + 1).Select(part => Mean(d => of(d)[part])).ToValueList();
}
