using NodaTime;
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
    public List<CampaignRecord> RecordsOf(StreamId stream) => records.GetValueOrDefault(stream, []);

    /// <summary>Notes that a stream has grown. What holds nothing is not kept, however often it is looked at.</summary>
    public void Note(StreamId stream, List<CampaignRecord> read, int more)
    {
        records[stream] = read;
        Count += more;
    }

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

    // Limits that change are followed up to the last instant that was looked at, whether anything came of it or not.
    private readonly bool changes = campaign.Budgets.Any(static b => b.Changes.Count > 0);
    private Instant latest = Instant.MinValue;

    // Entries that stand in several streams: what several partners tally together.
    private readonly HashSet<EntryId>? seen = campaign.Contracts
        .Any(static c => c.Clauses.Any(static x => x.Tally.Scope is TallyScope.Contract or TallyScope.Campaign))
        ? []
        : null;

    /// <summary>The state of the campaign as far as the streams tell.</summary>
    public CampaignState State { get; } = new(campaign);

    /// <summary>
    /// Whether it says the same as a fold from the beginning: not once budgets have gone on to a limit that did not
    /// hold yet for what is added, or decided, now.
    /// </summary>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="streams">What is to be added.</param>
    public bool Reaches(Instant asOf, IEnumerable<KeyValuePair<StreamId, List<CampaignRecord>>> streams) => !changes
        || (asOf >= latest && streams.All(s => s.Key.Kind != StreamId.BudgetKind
            || s.Value.Skip(counts.GetValueOrDefault(s.Key, s.Value.Count)).All(r => r.DecidedAt >= latest)));

    /// <summary>Notes that something was decided, or looked at, as of an instant.</summary>
    public void Note(Instant asOf) => latest = Instant.Max(latest, asOf);

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
