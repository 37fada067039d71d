using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Bookings;

/// <summary>What came of something that was to be booked by hand.</summary>
/// <param name="Answer">What became of it.</param>
/// <param name="Entries">The entries that stand for it, new or known; empty when it was not booked.</param>
/// <param name="Reason">Why it was not booked; null when it was.</param>
public sealed record BookingDecision(BookingAnswer Answer, ValueList<LedgerEntry> Entries, Reason? Reason = null)
{
    /// <summary>What contradicts the id, to be kept; null when nothing does, or it was kept before.</summary>
    public BookingConflict? Kept { get; init; }

    internal static BookingDecision Refuse(Reason reason) => new(BookingAnswer.Refused, [], reason);

    // Something is booked under the id: the same is a replay, anything else a conflict.
    internal static BookingDecision Known(ManualEntry entry, ManualEarning manual) => entry.Source == manual
        ? new(BookingAnswer.Replayed, [entry])
        : new(BookingAnswer.Conflict, [], Reason.Of(BookingReasons.Conflict, ("booking", manual.Id)));
}
