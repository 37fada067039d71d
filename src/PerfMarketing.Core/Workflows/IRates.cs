using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Where the host keeps exchange rates.</summary>
/// <remarks>
/// <para>
/// Ordering: none; rates may be added and given in any order.
/// </para>
/// <para>
/// Idempotency: reading has no effect.
/// </para>
/// <para>
/// Consistency: rates are only ever added: one that was given once is given always, with the same instant of recording,
/// so that a decision can be made again. A new rate may take some time to be seen; when it has come, review the
/// outcomes that wait for it (<c>settlement.rate-missing</c>).
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface IRates
{
    /// <summary>Reads the rates of a pair and a source that are of a time.</summary>
    /// <param name="need">What is asked for; other rates, and rates that became known later, may be given too.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The rates; empty when none is known.</returns>
    ValueTask<ValueList<RecordedRate>> FindAsync(RateNeed need, CancellationToken cancellationToken);
}
