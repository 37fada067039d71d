using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>Asks licensed lists of invalid traffic: data centres, known bots, declared agents.</summary>
/// <remarks>
/// <para>
/// Such lists (IAB/ABC, TAG) are licensed and change daily. The workflow asks them before it decides on a result whose
/// source it is told, and keeps the answer as evidence; a host may also ask them while an event comes in, and write the
/// classes down as its fact <see cref="Facts.TrafficClasses"/>.
/// </para>
/// <para>
/// Ordering: answers stand in the order of the sources; the classes of one source have no order.
/// </para>
/// <para>
/// Idempotency: asking has no effect.
/// </para>
/// <para>
/// Consistency: an answer may be cached, and may change from day to day. A decision goes by the answer that was kept,
/// so that an old one can be derived again.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface ITrafficClassifier
{
    /// <summary>Puts sources of traffic into classes.</summary>
    /// <param name="sources">
    /// What is known of each source, such as its address and agent; personal, not to be stored.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// The classes of each source, in the same order; empty for one that no list names, or of which nothing is known.
    /// A class has 1 to <see cref="EvidenceClaim.LengthMax"/> characters and stands once.
    /// </returns>
    ValueTask<ValueList<ValueList<string>>> ClassifyAsync(
        ValueList<TrafficSource> sources, CancellationToken cancellationToken);
}
