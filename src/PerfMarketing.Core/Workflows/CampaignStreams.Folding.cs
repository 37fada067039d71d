using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Workflows;

/// <content>What the records of the streams come to.</content>
internal sealed partial class CampaignStreams
{
    // What decisions are made on, when earlier calls left it.
    private FoldedStreams? folded;

    /// <summary>The state of the campaign as far as the streams tell.</summary>
    public CampaignState Fold()
    {
        CampaignState state = new(campaign);
        orders?.ApplyTo(state);
        if (campaign.BackDated.Count > 0)
        {
            Fold(state, InTime());
        }
        else if (!records.Keys.All(static s => s.HoldsEntriesOnce || s.Kind == StreamId.UnpaidKind))
        {
            Fold(state, ClaimsFirst().SelectMany(static r => r));
        }
        else
        {
            foreach (List<CampaignRecord> stream in ClaimsFirst())
            {
                stream.ForEach(state.Apply);
            }
        }

        return state;
    }

    /// <summary>The same, from where an earlier call left it, when ledgers and the like are among them.</summary>
    /// <remarks>What is decided on it either is committed and kept, or the state is dropped.</remarks>
    /// <param name="asOf">The instant of the decision, unless what is folded says a later one.</param>
    public CampaignState FoldOn(Instant asOf)
    {
        if (image is null || !records.Keys.Any(static s => s.IsLong))
        {
            return Fold();
        }

        folded = image.TakeFolded();
        folded = folded.Reaches(asOf, records) ? folded : image.TakeFolded();
        foreach ((StreamId stream, List<CampaignRecord> read) in records.OrderBy(static s => !s.Key.IsOfClaims))
        {
            if (stream.Kind != StreamId.UnpaidKind)
            {
                folded.Fold(stream, read);
            }
        }

        orders?.ApplyTo(folded.State);
        return folded.State;
    }

    /// <summary>Notes that something was decided, or looked at, as of an instant.</summary>
    public void NoteTime(Instant asOf) => folded?.Note(asOf);

    /// <summary>Keeps the state that was decided on, for the next call, once that was committed.</summary>
    public void Keep(params ReadOnlySpan<CommitBatch> committed)
    {
        if (image is null)
        {
            return;
        }

        foreach (CommitBatch batch in committed)
        {
            Advance(batch);
            foreach (StreamAppend append in batch.Appends)
            {
                if (append.Records.Count > 0)
                {
                    List<CampaignRecord> read = records[append.Expected.Stream];
                    image.Note(append.Expected.Stream, read, append.Records.Count);
                    folded?.Note(append, read.Count);
                }
            }
        }

        if (folded is not null)
        {
            image.Keep(folded);
        }
    }

    // What several partners tally together stands in their ledgers and in the stream of the tally.
    private static void Fold(CampaignState state, IEnumerable<CampaignRecord> records)
    {
        HashSet<EntryId> seen = [];
        foreach (CampaignRecord record in records)
        {
            if (record is not LedgerEntry entry || seen.Add(entry.Id))
            {
                state.Apply(record);
            }
        }
    }

    // Claims first, whenever they were read: who claimed an order before others did stands there. Copies of decisions
    // may be older than the newest one of their outcome, and say nothing here.
    private IEnumerable<List<CampaignRecord>> ClaimsFirst() =>
        records.Where(static s => s.Key.Kind != StreamId.UnpaidKind)
            .OrderBy(static s => !s.Key.IsOfClaims).Select(static s => s.Value);

    // Claims first; of several amendments of one earning, which may stand in several streams, the older before.
    private IEnumerable<CampaignRecord> InTime()
    {
        CampaignRecord[] all =
        [
            .. records.Where(static s => s.Key.Kind != StreamId.UnpaidKind)
                .OrderBy(static s => !s.Key.IsOfClaims).SelectMany(static s => s.Value),
        ];
        return all.Where(static r => r is not LedgerEntry)
            .Concat(all.OfType<LedgerEntry>().OrderBy(static e => e.DecidedAt));
    }
}
