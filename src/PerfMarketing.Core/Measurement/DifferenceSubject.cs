using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;

namespace PerfMarketing.Measurement;

/// <summary>What an entry is for: an outcome, a partner's period, or something that was booked by hand.</summary>
/// <param name="Outcome">The outcome; unset for a period.</param>
/// <param name="Partner">The partner whose period or booking it is; unset for an outcome.</param>
/// <param name="Period">The period's key; empty for an outcome.</param>
internal readonly record struct DifferenceSubject(OutcomeId Outcome, PartnerId Partner, string Period)
{
    /// <summary>What was booked by hand; unset for all else.</summary>
    public BookingId Booking { get; init; }

    public static DifferenceSubject Of(LedgerEntry entry) => entry switch
    {
        PeriodEarning period => new(default, period.Partner, period.Period),
        ManualEntry booked => new(default, booked.Partner, string.Empty) { Booking = booked.Source.Id },
        _ => new(entry.OutcomeId, default, string.Empty),
    };
}
