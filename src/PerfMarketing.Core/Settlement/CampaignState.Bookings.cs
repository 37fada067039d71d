using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Bookings;

namespace PerfMarketing.Settlement;

/// <content>What was booked by hand.</content>
public sealed partial class CampaignState
{
    private readonly Dictionary<EntryId, ManualEntry> booked = [];

    private readonly Dictionary<BookingId, ValueList<BookingConflict>> bookingConflicts = [];

    // What came in under the id with other content, in the order in which it came.
    internal ValueList<BookingConflict> ConflictsOf(BookingId booking) =>
        bookingConflicts.GetValueOrDefault(booking, ValueList<BookingConflict>.Empty);

    internal ManualEntry? Booked(EntryId id) => booked.GetValueOrDefault(id);

    // Whether the record was booked by hand; only an opening tally counts for anything else.
    private bool ApplyBooked(CampaignRecord record)
    {
        if (record is BookingConflict conflict)
        {
            bookingConflicts[conflict.Booking] = ConflictsOf(conflict.Booking).Add(conflict);
            return true;
        }

        if (record is not ManualEntry entry)
        {
            return false;
        }

        if (booked.TryAdd(entry.Id, entry) && entry is { TallyKey: { } key, Source.Tally.Counted: var counted })
        {
            Counter counter = CounterOf(key, counted.Accrued.Currency);
            long paid = counted.Accrued.Round(RoundingOf(entry)).MinorUnits;
            counter.Set(counter.Tally + counted, paid, paid);
            NoteOpening(entry, key, counter);
        }

        return true;
    }

    // What another system paid is compared with what the clause pays: both are rounded by its policy.
    private RoundingMode RoundingOf(ManualEntry entry) =>
        Campaign.FindContract(entry.Contract, entry.Version)?.FindClause(entry.Source.Tally!.Clause)?.Rounding.Mode
        ?? default;
}
