using System.Diagnostics;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Settlement.Bookings;

namespace PerfMarketing.Workflows;

/// <summary>Books by hand: earnings, bounties, and what another system left.</summary>
/// <remarks>
/// Decides nothing, and commits once. Every call may be repeated: it then gets the original answer. The same id with
/// another content is a conflict, whichever partner or contract it names. Thread-safe when the ports are.
/// </remarks>
public sealed class BookingWorkflow
{
    private readonly ICampaignStore campaigns;
    private readonly ILedgerStore ledger;

    /// <summary>Makes the workflow.</summary>
    /// <param name="campaigns">Where campaigns are kept.</param>
    /// <param name="ledger">Where the records of campaigns are kept.</param>
    public BookingWorkflow(ICampaignStore campaigns, ILedgerStore ledger)
    {
        ArgumentNullException.ThrowIfNull(campaigns);
        ArgumentNullException.ThrowIfNull(ledger);
        this.campaigns = campaigns;
        this.ledger = ledger;
    }

    /// <summary>Books an amount, or what another system had counted.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="manual">What is booked.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">No attempt to commit succeeded.</exception>
    public async ValueTask<BookingReport> BookAsync(
        CampaignId campaign, ManualEarning manual, Instant asOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manual);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Book, campaign);
        Campaign found = await campaigns.GetAsync(campaign, cancellationToken).ConfigureAwait(false);
        BookingReport report = await new BookingTurn(found, ledger)
            .BookAsync(manual, asOf, cancellationToken).ConfigureAwait(false);
        WorkflowTelemetry.Answer(activity, report.Answer);
        return report;
    }
}
