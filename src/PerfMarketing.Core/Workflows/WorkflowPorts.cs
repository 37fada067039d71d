using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>What the host brings to the workflows that decide outcomes: one object for all of them.</summary>
/// <remarks>
/// All workflows over one campaign need the same: one that does not know the rates, or whom to tell, decides otherwise
/// than the others. Thread-safe when the ports are.
/// </remarks>
public sealed class WorkflowPorts
{
    /// <summary>Where campaigns are kept.</summary>
    public required ICampaignStore Campaigns
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Where journeys are kept.</summary>
    public required IJourneyStore Journeys
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Where the records of campaigns are kept.</summary>
    public required ILedgerStore Ledger
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Which customers are one person; null, the default, when every customer is its own.</summary>
    public ICustomerMerges? Merges { get; init; }

    /// <summary>
    /// Where exchange rates are kept; null, the default, when nothing is converted: what is in another currency waits.
    /// </summary>
    public IRates? Rates { get; init; }

    /// <summary>
    /// Where partners want to be told; null, the default, when nobody is. The calls are put into the outbox.
    /// </summary>
    public IPostbackStore? Postbacks { get; init; }

    /// <summary>
    /// Which outcomes are due, as the ledger noted it; null, the default, when it is not said. Where a contract's
    /// limits of money hold for what it pays for periods, the first outcome after the end of a period closes it, and
    /// before that decides what was due by then. A call that is repeated asks it whom it left waiting when it broke
    /// off.
    /// </summary>
    public IDueOutcomes? Due { get; init; }

    /// <summary>
    /// What is kept in memory of campaigns between calls; by default a cache of its own, which keeps
    /// <see cref="CampaignCache.RecordsDefault"/> records. Ports that are made anew for each request share one by
    /// naming it. Never null.
    /// </summary>
    public CampaignCache Cache
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = new();

    /// <summary>How much decisions explain.</summary>
    public ExplainLevel Explain { get; init; }

    /// <summary>Begins a call on a campaign.</summary>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    internal async ValueTask<ConversionTurn> BeginAsync(CampaignId campaign, CancellationToken cancellationToken) =>
        new(await Campaigns.GetAsync(campaign, cancellationToken).ConfigureAwait(false), this);
}
