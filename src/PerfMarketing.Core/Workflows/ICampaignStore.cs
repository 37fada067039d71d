using PerfMarketing.Campaigns;
using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>Where the host keeps its campaigns.</summary>
/// <remarks>
/// Reading has no effect and may be cached for as long as an older version of the terms may still be applied. Every
/// version of every contract that an earning may cite stays part of the campaign. Implementations are safe to call from
/// several threads. Await a returned task once.
/// </remarks>
public interface ICampaignStore
{
    /// <summary>Finds the newest version of a campaign.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="cancellationToken">Gives up the search.</param>
    /// <returns>The campaign; null when there is none.</returns>
    ValueTask<Campaign?> FindAsync(CampaignId id, CancellationToken cancellationToken);
}
