using System.Diagnostics;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Applies terms that were accepted later and reach back.</summary>
/// <remarks>
/// Call it once a version that is in force from an earlier day has been accepted and the host's campaign says so. Each
/// outcome is committed on its own, in the order in which the kernel decided; when the call breaks off, asking again
/// does the rest, and asking once more changes nothing. Thread-safe when the ports are.
/// </remarks>
public sealed class AmendmentWorkflow
{
    private readonly WorkflowPorts ports;

    /// <summary>Makes the workflow.</summary>
    /// <param name="ports">What the host brings.</param>
    public AmendmentWorkflow(WorkflowPorts ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        this.ports = ports;
    }

    /// <summary>
    /// Posts what earnings of a contract are worth more or less under versions that were accepted since, and pays what
    /// only these versions pay for.
    /// </summary>
    /// <remarks>
    /// Reads every ledger of the contract, of contracts that measure its legs, and every outcome in them.
    /// </remarks>
    /// <param name="campaign">The campaign.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="asOf">The instant of the decision: the acceptance, or later.</param>
    /// <param name="cancellationToken">Stops the call; it may be made again.</param>
    /// <returns>
    /// One report for each decision that was committed by this call, then those of outcomes that had waited for them;
    /// empty when nothing is to be amended.
    /// </returns>
    /// <exception cref="CampaignUnknownException">There is no such campaign.</exception>
    /// <exception cref="CommitFailedException">
    /// No attempt to commit one of the decisions succeeded; those before it are committed.
    /// </exception>
    public async ValueTask<ValueList<ConversionReport>> AmendAsync(
        CampaignId campaign, ContractId contract, Instant asOf, CancellationToken cancellationToken)
    {
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Amend, campaign);
        ConversionTurn turn = await ports.BeginAsync(campaign, cancellationToken).ConfigureAwait(false);
        ValueList<ConversionReport> reports =
            await new AmendmentTurn(turn).AmendAsync(contract, asOf, cancellationToken).ConfigureAwait(false);
        return WorkflowTelemetry.Answer(activity, campaign, reports);
    }
}
