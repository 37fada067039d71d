using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Workflows;

/// <content>What invalidations read and commit.</content>
internal sealed partial class CampaignStreams
{
    /// <summary>The contract's ledgers, and which of its periods are closed.</summary>
    public IEnumerable<StreamId> StreamsOf(Invalidation invalidation) =>
    [
        StreamId.OfLedger(campaign.Id, invalidation.Contract, invalidation.Partner),
        .. campaign.Contracts.Where(c => c.Id == invalidation.Contract).SelectMany(static c => c.Partners)
            .Where(p => p != invalidation.Partner)
            .Select(p => StreamId.OfLedger(campaign.Id, invalidation.Contract, p)),
        StreamId.OfPeriods(campaign.Id, invalidation.Contract),
    ];

    /// <summary>What contradicts a booking or an invalidation is kept under its content.</summary>
    public static CommitBatch ToBatch(BookingConflict kept, StreamPosition booking) => new()
    {
        Unit = booking.Stream.Unit,
        Key = ConflictKeyOf(kept.Booking, kept.Content),
        Content = kept.Content,
        Appends = [new(booking, [kept])],
    };

    /// <summary>The key under which a conflict is kept.</summary>
    public static string ConflictKeyOf(BookingId booking, Digest content) =>
        $"booking-conflict/{StreamId.Escape(booking.Value)}/{content.ToIdText()}";

    /// <summary>The commit of what contradicts an invalidation.</summary>
    public CommitBatch ToBatch(BookingConflict kept)
    {
        StreamId own = StreamId.OfBooking(campaign.Id, kept.Booking);
        return ToBatch(kept, new(own, records[own].Count));
    }

    /// <summary>All lines at once, and a copy of them under the invalidation's id.</summary>
    public CommitBatch ToBatch(
        string key, Invalidation invalidation, InvalidationDecision decision, IEnumerable<OutboxMessage> calls)
    {
        StreamId own = StreamId.OfBooking(campaign.Id, invalidation.Id);
        ILookup<StreamId, CampaignRecord> added = decision.Decisions
            .SelectMany(d => d.Records.SelectMany(r => PlacesOf(r, d)))
            .Concat(decision.Entries.Select(e => (Home: own, Record: (CampaignRecord)e)))
            .ToLookup(static r => r.Home, static r => r.Record);
        return new()
        {
            Unit = campaign.Id,
            Key = key,
            Content = TermDigest.Of(invalidation),
            Appends = AppendsTo(records.Keys, added),

            // Each once: whose turn has come is due now, also when it was decided itself.
            Due =
            [
                .. decision.Decisions.SelectMany(static d => DueAfter(d, 1))
                    .OrderBy(c => decision.Decisions.Any(d => d.Outcome.Id == c.Outcome && d.Outcome.DueAt == c.At))
                    .DistinctBy(static c => c.Outcome),
            ],
            Outbox = [.. decision.Decisions.SelectMany(static d => d.Posted).Select(OutboxMessage.Of), .. calls],
        };
    }
}
