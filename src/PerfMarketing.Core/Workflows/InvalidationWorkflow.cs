using System.Diagnostics;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Settlement.Invalidations;

namespace PerfMarketing.Workflows;

/// <summary>Takes invalid results from the lines of their source and period.</summary>
/// <remarks>
/// Decides nothing, and commits once: all lines or none. Every call may be repeated: it then gets the original entries.
/// Thread-safe when the ports are.
/// </remarks>
public sealed class InvalidationWorkflow
{
    private readonly WorkflowPorts ports;

    /// <summary>Makes the workflow.</summary>
    /// <param name="ports">What the host brings.</param>
    public InvalidationWorkflow(WorkflowPorts ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        this.ports = ports;
    }

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
        ConversionTurn turn = await ports.BeginAsync(campaign, cancellationToken).ConfigureAwait(false);
        InvalidationReport report = await new InvalidationTurn(turn)
            .InvalidateAsync(invalidation, asOf, cancellationToken).ConfigureAwait(false);
        WorkflowTelemetry.Answer(activity, campaign, report.Reviewed);
        WorkflowTelemetry.Answer(activity, report.Decision.Answer);
        return report;
    }
}
