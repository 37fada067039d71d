using NodaTime;

namespace PerfMarketing.Events;

/// <summary>When something happened and when it was written down, which is at once unless stated.</summary>
/// <remarks>A stated instant that is the same as the occurrence equals an unstated one.</remarks>
internal readonly record struct EventClocks(Instant At, Instant? Stated)
{
    internal Instant RecordedAt => Stated ?? At;

    public bool Equals(EventClocks other) => At == other.At && RecordedAt == other.RecordedAt;

    public override int GetHashCode() => HashCode.Combine(At, RecordedAt);
}
