using PerfMarketing.Events;

namespace PerfMarketing.Settlement;

/// <summary>Gives a batch the touches around an outcome, from what it holds in memory.</summary>
/// <remarks>Synchronous and without side effects. Order of the touches does not matter; the decider sorts.</remarks>
public interface IJourneySource
{
    /// <summary>
    /// The touches of an outcome's customer, and the one it names; with the customer's outcome event before it.
    /// </summary>
    /// <param name="outcome">The outcome.</param>
    Journey Find(Outcome outcome);
}
