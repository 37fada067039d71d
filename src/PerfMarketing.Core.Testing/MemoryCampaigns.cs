using System.Collections.Concurrent;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>Campaigns in memory.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class MemoryCampaigns : ICampaignStore
{
    private readonly ConcurrentDictionary<CampaignId, Campaign> campaigns = new();

    /// <summary>Keeps some campaigns.</summary>
    /// <param name="campaigns">The campaigns.</param>
    public MemoryCampaigns(params ReadOnlySpan<Campaign> campaigns)
    {
        foreach (Campaign campaign in campaigns)
        {
            Put(campaign);
        }
    }

    /// <summary>Keeps a campaign, in place of an earlier version of it.</summary>
    /// <param name="campaign">The campaign.</param>
    public void Put(Campaign campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        campaigns[campaign.Id] = campaign;
    }

    /// <inheritdoc/>
    public ValueTask<Campaign?> FindAsync(CampaignId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(campaigns.GetValueOrDefault(id));
    }
}
