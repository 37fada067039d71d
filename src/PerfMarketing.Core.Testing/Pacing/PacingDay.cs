using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Testing.Pacing;

/// <summary>What came of one simulated day.</summary>
/// <param name="Date">The date.</param>
public sealed record PacingDay(LocalDate Date)
{
    /// <summary>The budget of the day.</summary>
    public required long Limit { get; init; }

    /// <summary>How many requests came.</summary>
    public required int Requests { get; init; }

    /// <summary>How much of the budget was used, in percent.</summary>
    public required double Delivered { get; init; }

    /// <summary>
    /// The same in percent of what was to be had: of all that the day's requests cost, where that is less than the
    /// budget.
    /// </summary>
    public required double DeliveredOfPossible { get; init; }

    /// <summary>
    /// How far the spending was from the traffic: the root of the mean square over all minutes, in percent of the
    /// budget.
    /// </summary>
    public required double Rms { get; init; }

    /// <summary>After which part of the day the budget was used up; 1 when it was not.</summary>
    public required double ExhaustedAt { get; init; }

    /// <summary>What was bought is worth this much of the best that could be had, in percent.</summary>
    public required double Value { get; init; }

    /// <summary>The most that was used in ten minutes, as a multiple of an even pace.</summary>
    public required double PeakToEven { get; init; }

    /// <summary>How much was used above the budget, in percent of it.</summary>
    public required double Overspend { get; init; }

    /// <summary>
    /// How much of the budget was used by the end of each 96th of the day, in percent: 97 numbers, from 0 on.
    /// </summary>
    public required ValueList<double> SpentBy { get; init; }

    /// <summary>
    /// How much of the day's traffic had come by then, in percent of what all of it costs: 97 numbers, from 0 to 100.
    /// </summary>
    public required ValueList<double> TrafficBy { get; init; }
}
