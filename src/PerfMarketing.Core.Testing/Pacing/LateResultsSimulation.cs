using PerfMarketing.Budgets.Pacing;

namespace PerfMarketing.Testing.Pacing;

/// <summary>Flights with a budget of results that come late and sometimes come back, to compare what to count as used.
/// </summary>
/// <remarks>
/// A flight of 14 days has a budget of 840 results at one payout each. Clicks come evenly, and the budget is spread
/// evenly: a click is bought while less than the part of the flight that is over counts as used. One in fifty has a
/// result, after a delay. One result in ten comes back, in the second week after it came. The
/// rate is learned in the flight from nothing; the delays are known from 1,000 earlier results. What comes after the
/// flight counts. Everything follows from the seed.
/// </remarks>
/// <param name="delays">How long results take.</param>
public sealed class LateResultsSimulation(ResultDelays delays)
{
    /// <summary>The results that the budget pays.</summary>
    public const int Results = 840;

    /// <summary>How long the flight is, in days.</summary>
    public const int Days = 14;

    /// <summary>Results by click.</summary>
    public const double Rate = 0.02;

    /// <summary>How many results in a thousand come back.</summary>
    public const int ReversedPerMille = 100;

    private const int EarlierResults = 1_000;

    /// <summary>What the numbers are drawn by; 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many flights are replayed; 100 by default.</summary>
    public int Flights { get; init; } = 100;

    /// <summary>How many times the budget all clicks of the flight would use; 2 by default.</summary>
    public double Demand { get; init; } = 2;

    /// <summary>Replays the flights.</summary>
    /// <param name="rule">What counts as used.</param>
    /// <param name="cancel">Stops the replay.</param>
    public LateResultsReport Run(LateResultsRule rule, CancellationToken cancel)
    {
        List<double> gross = [];
        List<double> net = [];
        List<double> unpaid = [];
        for (int i = 0; i < Flights; i++)
        {
            cancel.ThrowIfCancellationRequested();
            SeededRandom random = new(unchecked(Seed + ((ulong)i * 0x9E37_79B9_7F4A_7C15)));
            DelayCurve known = DelayCurve.Of(
                [.. Enumerable.Range(0, EarlierResults).Select(_ => delays.Next(random))], []);
            LateResultsRun flight = new(rule, delays, known, random) { Demand = Demand };
            flight.Run();
            gross.Add(100d * flight.Paid / Results);
            net.Add(100d * (flight.Paid - flight.Reversed) / Results);
            unpaid.Add(100d * flight.Unpaid / Math.Max(1, flight.Paid + flight.Unpaid));
        }

        return new(gross, net, unpaid);
    }
}
