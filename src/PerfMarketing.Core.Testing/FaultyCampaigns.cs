using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>A campaign store that goes wrong as it is told.</summary>
/// <param name="inner">The store behind it.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="scheduler">Where delayed calls wait; null when they do not.</param>
public sealed class FaultyCampaigns(ICampaignStore inner, IPortFaults faults, VirtualScheduler? scheduler = null)
    : ICampaignStore
{
    private readonly FaultGate gate = new(faults, scheduler);

    /// <inheritdoc/>
    public async ValueTask<Campaign?> FindAsync(CampaignId id, CancellationToken cancellationToken)
    {
        PortFault fault = await gate.EnterAsync(PortMethod.FindCampaign, cancellationToken).ConfigureAwait(false);
        Campaign? found = await inner.FindAsync(id, cancellationToken).ConfigureAwait(false);
        FaultGate.Leave(PortMethod.FindCampaign, fault);
        return found;
    }
}
