using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>A customer's journey to one outcome, as the host's store knows it.</summary>
/// <param name="Touches">The touchpoints, in any order, each once.</param>
/// <param name="Previous">
/// The customers' outcome before the one asked about: of the marks known then and with a lower instant, or the same
/// instant and an ordinally lower id, the last by instant. Null when there is none.
/// </param>
/// <param name="Binding">
/// The partner that one of the customers is bound to, known then; null when none, or when the host keeps none. Of
/// several, the earliest.
/// </param>
public sealed record StoredJourney(
    ValueList<Touchpoint> Touches, JourneyCut? Previous = null, CustomerBinding? Binding = null);
