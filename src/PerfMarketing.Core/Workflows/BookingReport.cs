using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;

namespace PerfMarketing.Workflows;

/// <summary>What came of something that was to be booked by hand.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Receipt">
/// The receipt of the commit; of a repetition that of the first, of a conflict that of keeping it. Null when nothing
/// was committed.
/// </param>
public sealed record BookingReport(BookingDecision Decision, CommitReceipt? Receipt)
{
    /// <summary>What became of it.</summary>
    public BookingAnswer Answer => Decision.Answer;

    /// <summary>The entries that stand for it, new or known; empty when it was not booked.</summary>
    public ValueList<LedgerEntry> Entries => Decision.Entries;

    /// <summary>Why it was not booked; null when it was.</summary>
    public Reason? Reason => Decision.Reason;
}
