using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <summary>Something the host may tell others, kept in the same commit as what it is about.</summary>
/// <remarks>Delivered at least once; receivers tell repetitions by <see cref="Id"/>, which is never random.</remarks>
/// <param name="Id">32 lower-case hexadecimal digits.</param>
/// <param name="Topic">
/// The tag of the record that was posted: <c>earning</c>, <c>adjustment</c>, <c>period-earning</c>, <c>remittance</c>,
/// <c>remittance-answer</c>.
/// </param>
/// <param name="Outcome">The outcome that it is about; unset for what is about none.</param>
/// <param name="Entry">The entry that was posted; for remittances the remittance.</param>
public sealed record OutboxMessage(string Id, string Topic, OutcomeId Outcome, EntryId Entry)
{
    /// <summary>The message that an entry was posted.</summary>
    /// <param name="entry">The entry.</param>
    public static OutboxMessage Of(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new(DerivedId.Of("outbox", entry.Tag, entry.Id.Value), entry.Tag, entry.OutcomeId, entry.Id);
    }
}
