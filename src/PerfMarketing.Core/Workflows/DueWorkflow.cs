using System.Diagnostics;
using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Workflows;

/// <summary>Decides what time alone decides: a host calls it from a timer.</summary>
/// <remarks>
/// <para>
/// What has waited too long for proof is rejected, with the room that it had set aside given back; what nobody objected
/// to is approved, or rejected, as the contract says; what was held for room under a limit goes when the period of the
/// limit is over; what waits for a rate is decided once the rate is there; and whoever a call that broke off left
/// waiting, for a parent or for room, is decided after all. Money that has left its hold, and money that the reserve
/// gives back, needs no decision: statements see it.
/// </para>
/// <para>
/// Each outcome is decided as of the instant at which it was due, not of the call: statements come out the same however
/// late the timer is, as long as it ran before they were closed. Every call may be repeated, and several may run at
/// once. Thread-safe when the ports are.
/// </para>
/// </remarks>
public sealed class DueWorkflow
{
    /// <summary>The most outcomes that one call can be asked to look at.</summary>
    public const int CountMax = 10_000;

    private readonly WorkflowPorts ports;
    private readonly IDueOutcomes due;

    /// <summary>Makes the workflow.</summary>
    /// <param name="ports">What the host brings.</param>
    /// <param name="due">Which outcomes are due, as the ledger noted it.</param>
    public DueWorkflow(WorkflowPorts ports, IDueOutcomes due)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(due);
        this.ports = ports;
        this.due = due;
    }

    /// <summary>Decides what is due in a campaign, the oldest first.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="asOf">The present: what is due later waits.</param>
    /// <param name="count">
    /// How many outcomes to look at, from 1 to <see cref="CountMax"/>. There may be more where one of them waits for a
    /// rate: all that were due before the rate came are decided before it.
    /// </param>
    /// <param name="after">
    /// <see cref="DueReport.Next"/> of the call before; null begins anew, which a timer does each time, and then goes
    /// on until there is none: outcomes whose wait goes on are looked at again in each sweep.
    /// </param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">
    /// No attempt to commit one of the decisions succeeded; those before it are committed.
    /// </exception>
    public async ValueTask<DueReport> ReviewDueAsync(
        CampaignId campaign, Instant asOf, int count, DueOutcome? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CountMax);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.ReviewDue, campaign);
        ConversionTurn turn = await ports.BeginAsync(campaign, cancellationToken).ConfigureAwait(false);
        DueReport report = await new DueTurn(turn, due)
            .ReviewAsync(asOf, count, after, cancellationToken).ConfigureAwait(false);
        WorkflowTelemetry.Answer(activity, campaign, report.Reports);
        return report;
    }
}
