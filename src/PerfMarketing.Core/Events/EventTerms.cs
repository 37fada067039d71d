using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>The terms that every event has.</summary>
internal static class EventTerms
{
    /// <summary>When an event was written down: no part of what it says.</summary>
    internal const string RecordedAt = "recordedAt";

    internal static void Facts(this TermWriter terms, FactSet facts) =>
        terms.Terms("facts", facts.Count > 0 ? facts : null);

    internal static void Clocks(this TermWriter terms, EventClocks clocks)
    {
        terms.Instant("at", clocks.At);
        terms.Instant(RecordedAt, clocks.RecordedAt == clocks.At ? null : clocks.RecordedAt);
    }

    internal static EventClocks Clocks(this TermReader terms) =>
        new(terms.Instant("at"), terms.OptionalInstant(RecordedAt));
}
