using PerfMarketing.Campaigns;
using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>
/// What calls read of campaigns and folded, kept in memory: the next call reads on from there, so that it costs as much
/// as what came in since, not as the ledgers are long.
/// </summary>
/// <remarks>
/// What is kept is the beginning of streams that only grow. Nothing is believed because it is kept: every commit names
/// the versions that it rests on, and after a conflict all is read again. One cache goes with one store of records:
/// campaigns of one id in different stores, such as those of tenants, must not share it. Thread-safe; of calls on one
/// campaign at the same time, one uses what is kept.
/// </remarks>
public sealed class CampaignCache
{
    /// <summary>How many records are kept at most unless said: some 100 MB.</summary>
    public const int RecordsDefault = 100_000;

    private readonly Lock gate = new();
    private readonly Dictionary<CampaignId, LinkedListNode<CampaignImage>> images = [];
    private readonly Dictionary<CampaignId, long> forgotten = [];

    // Who was used last stands last.
    private readonly LinkedList<CampaignImage> order = new();
    private long count;

    /// <summary>Begins without records.</summary>
    /// <param name="recordsMax">
    /// The most records that are kept, of all campaigns together; not below 0. With 0 nothing is kept. A campaign of
    /// which a call knows more is not kept; of several, those go first that were not used for longest.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public CampaignCache(int recordsMax = RecordsDefault)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(recordsMax);
        RecordsMax = recordsMax;
    }

    /// <summary>The most records that are kept, of all campaigns together.</summary>
    public int RecordsMax { get; }

    /// <summary>How many records are kept now.</summary>
    public long Count
    {
        get
        {
            lock (gate)
            {
                return count;
            }
        }
    }

    /// <summary>Drops what is kept of a campaign, such as after stored records were erased.</summary>
    /// <remarks>What a call uses meanwhile is dropped when that call ends.</remarks>
    /// <param name="campaign">The campaign.</param>
    public void Forget(CampaignId campaign)
    {
        lock (gate)
        {
            Remove(campaign);
            forgotten[campaign] = forgotten.GetValueOrDefault(campaign) + 1;
        }
    }

    /// <summary>What is kept of a campaign, which nobody else uses until it is given back.</summary>
    /// <returns>What is kept; empty when nothing is; null when nothing ever is.</returns>
    internal CampaignImage? Take(Campaign campaign)
    {
        if (RecordsMax == 0 || campaign.BackDated.Count > 0)
        {
            // Terms that reach back are folded in the order of time, over all streams.
            return null;
        }

        lock (gate)
        {
            // Other terms may fold the same records otherwise.
            return Remove(campaign.Id) is { } kept && kept.Campaign == campaign
                ? kept
                : new(campaign, forgotten.GetValueOrDefault(campaign.Id));
        }
    }

    /// <summary>Keeps what a call knows, for the next one.</summary>
    internal void Return(CampaignImage? image)
    {
        if (image is null)
        {
            return;
        }

        lock (gate)
        {
            if (image.Count > RecordsMax || image.Age != forgotten.GetValueOrDefault(image.Campaign.Id))
            {
                return;
            }

            Remove(image.Campaign.Id);
            images.Add(image.Campaign.Id, order.AddLast(image));
            count += image.Count;
            while (count > RecordsMax)
            {
                Remove(order.First!.Value.Campaign.Id);
            }
        }
    }

    private CampaignImage? Remove(CampaignId campaign)
    {
        if (!images.Remove(campaign, out LinkedListNode<CampaignImage>? node))
        {
            return null;
        }

        order.Remove(node);
        count -= node.Value.Count;
        return node.Value;
    }
}
