using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Where the host keeps exchange rates.</summary>
/// <remarks>
/// Rates are only ever added: one that was given once is given always, with the same instant of recording, so that a
/// decision can be made again. Order has no meaning. When a rate has come, review the outcomes that wait for it
/// (<c>settlement.rate-missing</c>). Implementations are safe to call from several threads. Await a returned task once.
/// </remarks>
public interface IRates
{
    /// <summary>Reads the rates of a pair and a source that are of a time.</summary>
    /// <param name="need">What is asked for; other rates, and rates that became known later, may be given too.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The rates; empty when none is known.</returns>
    ValueTask<ValueList<RecordedRate>> FindAsync(RateNeed need, CancellationToken cancellationToken);
}
