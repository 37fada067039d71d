using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Postbacks;

namespace PerfMarketing.Workflows;

/// <summary>Where the host keeps where partners want to be told.</summary>
/// <remarks>
/// Reads only: answers may be cached, and a new address may take some time to be used. Implementations are safe to call
/// from several threads. Await a returned task once.
/// </remarks>
public interface IPostbackStore
{
    /// <summary>The targets of the partners of a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<ValueList<PostbackTerms>> FindAsync(CampaignId campaign, CancellationToken cancellationToken);
}
