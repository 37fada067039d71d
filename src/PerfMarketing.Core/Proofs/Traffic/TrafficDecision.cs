using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>What a contract makes of all that its rules found.</summary>
/// <param name="Action">What becomes of the result.</param>
/// <param name="Score">The sum of the scores.</param>
/// <param name="Signals">What was found, in the order of their codes.</param>
public sealed record TrafficDecision(TrafficAction Action, int Score, ValueList<TrafficSignal> Signals)
{
    /// <summary>Why, as reasons for a decision; one for each signal.</summary>
    public ValueList<Reason> Reasons => [.. Signals.Select(static signal => signal.Reason)];
}
