using PerfMarketing.Events;

namespace PerfMarketing.Settlement;

/// <summary>Gives a batch the touches around an outcome, from what it holds in memory.</summary>
/// <remarks>
/// <para>
/// Ordering: none; outcomes may be asked for in any order, and the decider sorts the touches.
/// </para>
/// <para>
/// Idempotency: asking has no effect.
/// </para>
/// <para>
/// Consistency: the same outcome has the same journey for as long as the batch runs. Nothing is awaited: all of it is
/// in memory.
/// </para>
/// <para>
/// Thread safety: one batch asks from one thread at a time; a source that serves several batches, or a batch whose
/// <see cref="CreditFinder"/> works ahead, is called from several threads. The touches it gives must last until the
/// same thread asks again.
/// </para>
/// </remarks>
public interface IJourneySource
{
    /// <summary>
    /// The touches of an outcome's customer, and the one it names; with the customer's outcome event before it.
    /// </summary>
    /// <param name="outcome">The outcome.</param>
    Journey Find(Outcome outcome);
}
