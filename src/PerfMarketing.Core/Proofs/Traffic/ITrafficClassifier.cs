using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>Asks licensed lists of invalid traffic: data centres, known bots, declared agents.</summary>
/// <remarks>
/// Such lists (IAB/ABC, TAG) are licensed and change daily, so a host asks them while an event comes in and writes the
/// classes down as its fact <see cref="Facts.TrafficClasses"/>; a decision never asks again, and an old one can be
/// derived again. The answer for one address has no order. Implementations are safe to call from several threads, and
/// may cache. Await a returned task once.
/// </remarks>
public interface ITrafficClassifier
{
    /// <summary>Puts sources of traffic into classes.</summary>
    /// <param name="sources">
    /// What is known of each source, such as its address and agent; personal, not to be stored.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The classes of each source, in the same order; empty for one that no list names.</returns>
    ValueTask<ValueList<ValueList<string>>> ClassifyAsync(
        ValueList<TrafficSource> sources, CancellationToken cancellationToken);
}
