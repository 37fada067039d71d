using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>A result that was seen in a room, and what was found there.</summary>
/// <param name="Room">The room.</param>
/// <param name="Sighting">The result.</param>
/// <param name="Signals">What was found; mostly nothing.</param>
public sealed record TrafficFinding(TrafficRoom Room, TrafficSighting Sighting, ValueList<TrafficSignal> Signals)
    : ITerms
{
    /// <summary>The result's id.</summary>
    public OutcomeId Outcome => Sighting.Outcome;

    /// <summary>Reads a finding.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficFinding Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(
            terms.Object("room", TrafficRoom.Read),
            terms.Object("sighting", TrafficSighting.Read),
            terms.List("signals", TrafficSignal.Read));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("room", Room);
        terms.Terms("sighting", Sighting);
        terms.List("signals", Signals);
    }
}
