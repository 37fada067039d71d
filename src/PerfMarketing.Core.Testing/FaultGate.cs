using NodaTime;

namespace PerfMarketing.Testing;

/// <summary>What happens at the door of a faulty port.</summary>
internal sealed class FaultGate(IPortFaults faults, VirtualScheduler? scheduler)
{
    /// <summary>Asks for the fault of a call, waits or fails when that is it.</summary>
    public ValueTask<PortFault> EnterAsync(PortMethod method, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        PortFault fault = faults.Next(method);
        return fault.Kind == PortFaultKind.None ? default : EnterAsync(method, fault, cancellationToken);
    }

    /// <summary>Waits or fails when that is the fault of a call.</summary>
    public async ValueTask<PortFault> EnterAsync(
        PortMethod method, PortFault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case PortFaultKind.FailBefore:
            case PortFaultKind.Unavailable when method != PortMethod.Commit:
                throw new PortFailedException(method, fault.Kind);
            case PortFaultKind.Delay when scheduler is not null:
                await scheduler.DelayAsync(Duration.FromMilliseconds(fault.Size), cancellationToken)
                    .ConfigureAwait(false);
                return default;
            default:
                return fault;
        }
    }

    /// <summary>Fails after the call was done, when that is the fault.</summary>
    public static void Leave(PortMethod method, PortFault fault)
    {
        if (fault.Kind is PortFaultKind.FailAfter or PortFaultKind.LostAcknowledgement)
        {
            throw new PortFailedException(method, fault.Kind);
        }
    }
}
