using NodaTime;
using PerfMarketing.Campaigns;

namespace PerfMarketing.Settlement;

/// <summary>What the statements of one contract and partner show of invalid traffic, period by period.</summary>
/// <remarks>
/// Each statement shows what has changed since the ones before it: what all decisions up to its end come to, less what
/// those have shown. So it makes no difference when a decision on an old outcome is made a second time.
/// </remarks>
internal sealed class StatementTraffic
{
    private readonly Campaign campaign;
    private readonly TrafficCounted[] changes;
    private readonly Instant closedThrough;
    private TrafficCounts known = TrafficCounts.None;
    private TrafficCounts shown = TrafficCounts.None;
    private int next;

    /// <param name="campaign">The campaign.</param>
    /// <param name="changes">What was counted.</param>
    /// <param name="closedThrough">
    /// Up to when all was closed before this was counted: nothing is shown of it in a period before, nor missed there.
    /// </param>
    public StatementTraffic(Campaign campaign, IEnumerable<TrafficCounted> changes, Instant closedThrough)
    {
        this.campaign = campaign;
        this.closedThrough = closedThrough;
        this.changes = [.. changes.OrderBy(static c => c.DecidedAt)];
    }

    /// <summary>When the first change was decided that no statement has come to yet; null when none is left.</summary>
    public Instant? NextAt => next < changes.Length ? changes[next].DecidedAt : null;

    /// <summary>Notes what a closed statement has shown.</summary>
    public void Restore(Statement statement)
    {
        if (statement.Traffic is { } traffic)
        {
            shown += WithoutInvalidated(traffic);
        }
    }

    /// <summary>Whether something has changed that was decided before the end of a period.</summary>
    public bool Reach(Instant end)
    {
        for (; next < changes.Length && changes[next].DecidedAt < end; next++)
        {
            known += changes[next].Change;
        }

        return known != shown && end > closedThrough;
    }

    /// <summary>What a statement shows, with what its own lines invalidate; null when there is nothing.</summary>
    public TrafficCounts? Show(ReadOnlySpan<LedgerEntry> lines)
    {
        decimal invalidated = 0;
        foreach (LedgerEntry line in lines)
        {
            invalidated += InvalidatedBy(campaign, line);
        }

        TrafficCounts change = (known - shown) with { Invalidated = invalidated };
        shown = known;
        return change == TrafficCounts.None ? null : change;
    }

    /// <summary>
    /// How much an entry invalidates of what the results of a contract with rules stand for; mostly 0.
    /// </summary>
    public static decimal InvalidatedBy(Campaign campaign, LedgerEntry entry) =>
        entry is Adjustment { Invalidated.Quantity: { } quantity }
            && campaign.FindContract(entry.Contract, entry.Version)?.Traffic is not null
            ? quantity
            : 0;

    private static TrafficCounts WithoutInvalidated(TrafficCounts counts) => counts with { Invalidated = 0 };
}
