using PerfMarketing.Campaigns;
using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>Reads of campaigns that have to be there.</summary>
internal static class CampaignStoreReads
{
    /// <summary>The campaign of an id.</summary>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    public static async ValueTask<Campaign> GetAsync(
        this ICampaignStore campaigns, CampaignId id, CancellationToken cancellationToken) =>
        await campaigns.FindAsync(id, cancellationToken).ConfigureAwait(false)
        ?? throw new CampaignUnknownException(id);
}
