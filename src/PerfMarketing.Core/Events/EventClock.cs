namespace PerfMarketing.Events;

/// <summary>Which of an event's two instants orders a batch.</summary>
public enum EventClock
{
    /// <summary>When it was written down: a batch decides as the live system did.</summary>
    RecordedAt,

    /// <summary>When it happened: for logs that do not say when they were written.</summary>
    OccurredAt,
}
