using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>A journey store that goes wrong as it is told.</summary>
/// <param name="inner">The store behind it.</param>
/// <param name="faults">What goes wrong.</param>
/// <param name="scheduler">Where delayed calls wait; null when they do not.</param>
public sealed class FaultyJourneys(IJourneyStore inner, IPortFaults faults, VirtualScheduler? scheduler = null)
    : IJourneyStore
{
    private readonly FaultGate gate = new(faults, scheduler);

    /// <inheritdoc/>
    public async ValueTask<ValueList<TouchAnswer>> RecordAsync(
        ValueList<Touchpoint> batch, CancellationToken cancellationToken)
    {
        PortFault fault = await gate.EnterAsync(PortMethod.RecordTouchpoints, cancellationToken).ConfigureAwait(false);
        ValueList<TouchAnswer> answers = await inner.RecordAsync(batch, cancellationToken).ConfigureAwait(false);
        FaultGate.Leave(PortMethod.RecordTouchpoints, fault);
        return answers;
    }

    /// <inheritdoc/>
    public async ValueTask MarkAsync(OutcomeMark mark, CancellationToken cancellationToken)
    {
        PortFault fault = await gate.EnterAsync(PortMethod.MarkOutcome, cancellationToken).ConfigureAwait(false);
        await inner.MarkAsync(mark, cancellationToken).ConfigureAwait(false);
        FaultGate.Leave(PortMethod.MarkOutcome, fault);
    }

    /// <inheritdoc/>
    public async ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken)
    {
        PortFault fault = await gate.EnterAsync(PortMethod.ReadJourney, cancellationToken).ConfigureAwait(false);
        StoredJourney found = await inner.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        FaultGate.Leave(PortMethod.ReadJourney, fault);
        return fault.Kind != PortFaultKind.StaleRead ? found : found with
        {
            Touches = [.. found.Touches.OrderBy(static t => t.RecordedAt).SkipLast(fault.Size)],
        };
    }
}
