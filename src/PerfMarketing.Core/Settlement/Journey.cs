using PerfMarketing.Attribution;

namespace PerfMarketing.Settlement;

/// <summary>A customer's touches around an outcome, as the host or the log knows them.</summary>
/// <param name="Touches">
/// The touches, in any order; those after the outcome or recorded too late are sorted out.
/// </param>
/// <param name="Previous">
/// The customer's outcome event before this one, for rules that cut journeys there; null when none.
/// </param>
/// <param name="Sequence">The outcome's own position among events of one instant; null when there is none.</param>
/// <param name="Binding">
/// The partner that the customer is bound to, for rules that take such claims into account; null when none.
/// </param>
public readonly record struct Journey(
    ReadOnlyMemory<JourneyTouch> Touches,
    JourneyCut? Previous = null,
    long? Sequence = null,
    CustomerBinding? Binding = null);
