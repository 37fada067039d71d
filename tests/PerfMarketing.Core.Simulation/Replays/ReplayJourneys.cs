using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Simulation.Live;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Replays;

/// <summary>The touches that a live run took in, as a store of their own, with marks of its own.</summary>
internal sealed class ReplayJourneys(JourneyLog touches) : IJourneyStore
{
    private readonly JourneyLog marks = new();

    public ValueTask<ValueList<TouchAnswer>> RecordAsync(
        ValueList<Touchpoint> batch, CancellationToken cancellationToken) =>
        throw new NotSupportedException("All touches are there from the beginning.");

    public ValueTask MarkAsync(OutcomeMark mark, CancellationToken cancellationToken)
    {
        marks.Add(mark);
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken)
    {
        List<Touchpoint> own = [];
        Instant? previous = null;
        foreach (CustomerId customer in query.Customers)
        {
            own.AddRange(touches.TouchesOf(customer, long.MaxValue)
                .Where(t => t.At >= query.From && t.At <= query.At));
            previous = marks.PreviousOf(query.Outcome, customer, query.At, query.KnownAt, long.MaxValue) ?? previous;
        }

        return new(new StoredJourney(
            own.ToValueList(), previous is { } at ? new Attribution.JourneyCut(at) : null));
    }
}
