using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>A journey store that goes wrong as it is told.</summary>
/// <remarks>Of several marks or journeys with one call, each may have a fault of its own.</remarks>
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
    public async ValueTask MarkAllAsync(ValueList<OutcomeMark> marks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(marks);
        int done = 0;
        while (done < marks.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = gate.Next(PortMethod.MarkOutcome, done, marks.Count, out PortFault fault);
            if (end > done)
            {
                await inner.MarkAllAsync([.. marks.Skip(done).Take(end - done)], cancellationToken)
                    .ConfigureAwait(false);
            }

            done = end;
            if (fault.Kind != PortFaultKind.None)
            {
                fault = await gate.EnterAsync(PortMethod.MarkOutcome, fault, cancellationToken).ConfigureAwait(false);
                await inner.MarkAllAsync([marks[done++]], cancellationToken).ConfigureAwait(false);
                FaultGate.Leave(PortMethod.MarkOutcome, fault);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken)
    {
        PortFault fault = await gate.EnterAsync(PortMethod.ReadJourney, cancellationToken).ConfigureAwait(false);
        StoredJourney found = await inner.ReadAsync(query, cancellationToken).ConfigureAwait(false);
        FaultGate.Leave(PortMethod.ReadJourney, fault);
        return Seen(found, fault);
    }

    /// <inheritdoc/>
    public async ValueTask<ValueList<StoredJourney>> ReadAllAsync(
        ValueList<JourneyQuery> queries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(queries);
        List<PortFault> drawn = [];
        for (int i = 0; i < queries.Count; i++)
        {
            drawn.Add(await gate.EnterAsync(PortMethod.ReadJourney, cancellationToken).ConfigureAwait(false));
            FaultGate.Leave(PortMethod.ReadJourney, drawn[i]);
        }

        ValueList<StoredJourney> found = await inner.ReadAllAsync(queries, cancellationToken).ConfigureAwait(false);
        return [.. found.Select((journey, i) => Seen(journey, drawn[i]))];
    }

    private static StoredJourney Seen(StoredJourney found, PortFault fault) =>
        fault.Kind != PortFaultKind.StaleRead ? found : found with
        {
            Touches = [.. found.Touches.OrderBy(static t => t.RecordedAt).SkipLast(fault.Size)],
        };
}
