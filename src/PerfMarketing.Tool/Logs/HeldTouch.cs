namespace PerfMarketing.Tool.Logs;

/// <summary>A touchpoint as it is held: numbers that point into tables.</summary>
/// <param name="At">When it happened, in nanoseconds since 1970.</param>
/// <param name="RecordedAt">When it was written down, in nanoseconds since 1970.</param>
/// <param name="Customer">The customer's number.</param>
/// <param name="Profile">The profile's number.</param>
/// <param name="Sequence">
/// Its place among the touchpoints of one instant; 0 when the source does not number them.
/// </param>
internal readonly record struct HeldTouch(long At, long RecordedAt, int Customer, int Profile, long Sequence);
