using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Simulation.Streams;

/// <summary>One thing that happens in a world.</summary>
internal abstract record SimEvent
{
    internal sealed record Touch(Touchpoint Touchpoint) : SimEvent;

    internal sealed record Happened(Outcome Outcome) : SimEvent;

    internal sealed record Proved(OutcomeId Outcome, EvidenceVerdict Verdict) : SimEvent;

    internal sealed record Signed(OutcomeId Outcome, SignedEvidence Evidence) : SimEvent;

    internal sealed record Erased(OutcomeId Outcome) : SimEvent;

    internal sealed record Corrected(Correction Correction) : SimEvent;

    internal sealed record Invalidated(Invalidation Invalidation) : SimEvent;

    internal sealed record Booked(ManualEarning Manual) : SimEvent;
}

/// <summary>An event that reaches the host; one event may reach it several times.</summary>
/// <param name="At">When it is handed in.</param>
/// <param name="Order">Keeps the order of what is handed in at one instant.</param>
/// <param name="Event">The event.</param>
/// <param name="Reserialised">Whether it went through JSON once more.</param>
internal sealed record Delivery(Instant At, int Order, SimEvent Event, bool Reserialised = false);
