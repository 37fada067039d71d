using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Postbacks;

namespace PerfMarketing.Workflows;

/// <summary>Where the host keeps where partners want to be told.</summary>
/// <remarks>
/// <para>
/// Ordering: calls may come in any order; the order of the targets has no meaning.
/// </para>
/// <para>
/// Idempotency: reading has no effect.
/// </para>
/// <para>
/// Consistency: an answer may be cached, and a new address may take some time to be used. A call that was committed
/// keeps the address that it was made with.
/// </para>
/// <para>
/// Thread safety: implementations are called from several threads at once. Await a returned task once.
/// </para>
/// </remarks>
public interface IPostbackStore
{
    /// <summary>The targets of the partners of a campaign.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<ValueList<PostbackTerms>> FindAsync(CampaignId campaign, CancellationToken cancellationToken);
}
