using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Postbacks;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>Where partners want to be told, in memory; for every campaign.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="targets">The targets.</param>
public sealed class MemoryPostbacks(params PostbackTerms[] targets) : IPostbackStore
{
    /// <inheritdoc/>
    public ValueTask<ValueList<PostbackTerms>> FindAsync(CampaignId campaign, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(targets.ToValueList());
    }
}
