using System.Diagnostics;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Workflows;

/// <summary>Takes invalid results from the lines of their source and period.</summary>
/// <remarks>
/// Decides nothing, and commits once: all lines or none. Every call may be repeated: it then gets the original entries.
/// Thread-safe when the ports are.
/// </remarks>
public sealed class InvalidationWorkflow
{
    private readonly ICampaignStore campaigns;
    private readonly IJourneyStore journeys;
    private readonly ILedgerStore ledger;
    private readonly ICustomerMerges? merges;

    /// <summary>Makes the workflow.</summary>
    /// <param name="campaigns">Where campaigns are kept.</param>
    /// <param name="journeys">Where journeys are kept.</param>
    /// <param name="ledger">Where the records of campaigns are kept.</param>
    /// <param name="merges">Which customers are one person; null when every customer is its own.</param>
    public InvalidationWorkflow(
        ICampaignStore campaigns, IJourneyStore journeys, ILedgerStore ledger, ICustomerMerges? merges = null)
    {
        ArgumentNullException.ThrowIfNull(campaigns);
        ArgumentNullException.ThrowIfNull(journeys);
        ArgumentNullException.ThrowIfNull(ledger);
        this.campaigns = campaigns;
        this.journeys = journeys;
        this.ledger = ledger;
        this.merges = merges;
    }

    /// <summary>How much decisions explain.</summary>
    public ExplainLevel Explain { get; init; }

    /// <summary>Where rates are; null when nothing is converted.</summary>
    public IRates? Rates { get; init; }

    /// <summary>Whom partners want to be told; null when nobody is.</summary>
    public IPostbackStore? Postbacks { get; init; }

    /// <summary>Takes an invalidation.</summary>
    /// <remarks>Reads the contract's ledgers, and the outcomes of the lines that are taken from.</remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="invalidation">What is invalid.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public async ValueTask<InvalidationReport> InvalidateAsync(
        CampaignId campaign, Invalidation invalidation, Instant asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(invalidation);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Invalidate, campaign);
        Campaign found = await campaigns.FindAsync(campaign, cancellationToken).ConfigureAwait(false)
            ?? throw new CampaignUnknownException(campaign);
        ConversionTurn turn = new(found, journeys, ledger, merges, Explain)
        {
            Rates = Rates,
            Postbacks = Postbacks,
        };
        InvalidationReport report = await new InvalidationTurn(found, turn, ledger)
            .InvalidateAsync(invalidation, asOf, cancellationToken).ConfigureAwait(false);
        WorkflowTelemetry.Answer(activity, campaign, report.Reviewed);
        WorkflowTelemetry.Answer(activity, report.Decision.Answer);
        return report;
    }
}
