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

    /// <summary>Draws for one thing after another of a call that does several, until there is a fault.</summary>
    /// <returns>The place that has the fault; <paramref name="end"/> when none has.</returns>
    public int Next(PortMethod method, int begin, int end, out PortFault fault)
    {
        fault = default;
        for (int place = begin; place < end; place++)
        {
            fault = faults.Next(method);
            if (fault.Kind != PortFaultKind.None)
            {
                return place;
            }
        }

        return end;
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
