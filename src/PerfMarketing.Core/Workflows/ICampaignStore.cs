using PerfMarketing.Campaigns;
using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>Where the host keeps its campaigns.</summary>
/// <remarks>
/// <para>
/// Ordering: calls may come in any order; only the newest version of a campaign is asked for.
/// </para>
/// <para>
/// Idempotency: reading has no effect.
/// </para>
/// <para>
/// Consistency: an answer may be cached for as long as an older version of the terms may still be applied. Every
/// version of every contract that an earning may cite stays part of the campaign.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface ICampaignStore
{
    /// <summary>Finds the newest version of a campaign.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="cancellationToken">Gives up the search.</param>
    /// <returns>The campaign; null when there is none.</returns>
    ValueTask<Campaign?> FindAsync(CampaignId id, CancellationToken cancellationToken);
}
