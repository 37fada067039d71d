using NodaTime;
using PerfMarketing.Events;

namespace PerfMarketing.Tool.Logs;

/// <summary>The kinds of events, in the order in which those of one instant are decided.</summary>
internal enum LogEventKind
{
    /// <summary>A <see cref="Touchpoint"/>.</summary>
    Touch,

    /// <summary>An <see cref="Events.Outcome"/>.</summary>
    Outcome,

    /// <summary>A <see cref="LogEvidence"/>.</summary>
    Evidence,

    /// <summary>An <see cref="Events.Correction"/>.</summary>
    Correction,
}

/// <summary>One event of a log.</summary>
/// <remarks>
/// The canonical order is by the instant of recording, then the kind, then the id, so that no line's place counts.
/// </remarks>
/// <param name="RecordedAt">When it was written down.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Value">The event itself.</param>
internal readonly record struct LogEvent(Instant RecordedAt, LogEventKind Kind, string Id, object Value)
    : IComparable<LogEvent>
{
    public static LogEvent Of(Touchpoint touch) =>
        new(touch.RecordedAt, LogEventKind.Touch, touch.Id.Value, touch);

    public static LogEvent Of(Outcome outcome) =>
        new(outcome.RecordedAt, LogEventKind.Outcome, outcome.Id.Value, outcome);

    public static LogEvent Of(LogEvidence evidence) =>
        new(evidence.RecordedAt, LogEventKind.Evidence, evidence.Id.Value, evidence);

    public static LogEvent Of(Correction correction) =>
        new(correction.RecordedAt, LogEventKind.Correction, correction.Id.Value, correction);

    /// <inheritdoc/>
    public int CompareTo(LogEvent other)
    {
        int result = RecordedAt.CompareTo(other.RecordedAt);
        result = result != 0 ? result : Kind.CompareTo(other.Kind);
        return result != 0 ? result : string.CompareOrdinal(Id, other.Id);
    }
}
