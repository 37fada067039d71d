using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;

namespace PerfMarketing.Workflows;

/// <summary>The beginnings of a campaign's streams as calls read them, and the fold of some of them.</summary>
/// <param name="campaign">The campaign.</param>
/// <param name="age">How often the campaign had been forgotten when this began.</param>
internal sealed class CampaignImage(Campaign campaign, long age)
{
    private readonly Dictionary<StreamId, List<CampaignRecord>> records = [];
    private FoldedStreams? folded;

    /// <summary>The campaign.</summary>
    public Campaign Campaign => campaign;

    /// <summary>How often the campaign had been forgotten when this began.</summary>
    public long Age => age;

    /// <summary>How many records it holds.</summary>
    public int Count { get; private set; }

    /// <summary>What was read of a stream; who adds to it notes that.</summary>
    public List<CampaignRecord> RecordsOf(StreamId stream)
    {
        if (!records.TryGetValue(stream, out List<CampaignRecord>? read))
        {
            records.Add(stream, read = []);
        }

        return read;
    }

    /// <summary>Notes that streams have grown.</summary>
    public void Note(int more) => Count += more;

    /// <summary>Takes the fold, to decide on it; who commits what was decided keeps it, any other drops it.</summary>
    public FoldedStreams TakeFolded()
    {
        FoldedStreams taken = folded ?? new(campaign);
        folded = null;
        return taken;
    }

    /// <summary>Keeps a fold that is what the streams say.</summary>
    public void Keep(FoldedStreams known) => folded = known;
}

/// <summary>The fold of the beginnings of streams, to which more is added.</summary>
internal sealed class FoldedStreams(Campaign campaign)
{
    private readonly Dictionary<StreamId, int> counts = [];

    // Entries that stand in several streams: what several partners tally together.
    private readonly HashSet<EntryId>? seen = campaign.Contracts
        .Any(static c => c.Clauses.Any(static x => x.Tally.Scope is TallyScope.Contract or TallyScope.Campaign))
        ? []
        : null;

    /// <summary>The state of the campaign as far as the streams tell.</summary>
    public CampaignState State { get; } = new(campaign);

    /// <summary>Adds what of a stream was not folded yet.</summary>
    public void Fold(StreamId stream, List<CampaignRecord> read)
    {
        int before = counts.GetValueOrDefault(stream);
        for (int i = before; i < read.Count; i++)
        {
            if (seen is null || read[i] is not LedgerEntry entry || seen.Add(entry.Id))
            {
                State.Apply(read[i]);
            }

            if (stream.Kind == StreamId.OrderKind)
            {
                State.Claim(read[i]);
            }
        }

        if (read.Count > before)
        {
            counts[stream] = read.Count;
        }
    }

    /// <summary>Notes what was decided on the state, and so stands in it, when it was appended to a stream.</summary>
    public void Note(StreamAppend append, int count)
    {
        counts[append.Expected.Stream] = count;
        if (seen is not null)
        {
            seen.UnionWith(append.Records.OfType<LedgerEntry>().Select(static e => e.Id));
        }
    }
}
