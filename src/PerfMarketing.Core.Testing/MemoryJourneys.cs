using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>Journeys in memory.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class MemoryJourneys : IJourneyStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<TouchpointId, (Touchpoint Touchpoint, Digest Content)> touchpoints = [];
    private readonly Dictionary<CustomerId, List<Touchpoint>> touchpointsOf = [];
    private readonly Dictionary<OutcomeId, OutcomeMark> marks = [];
    private readonly Dictionary<CustomerId, List<OutcomeMark>> marksOf = [];

    /// <inheritdoc/>
    public ValueTask<ValueList<TouchAnswer>> RecordAsync(
        ValueList<Touchpoint> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(batch.Select(Record).ToValueList());
        }
    }

    /// <inheritdoc/>
    public ValueTask MarkAsync(OutcomeMark mark, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mark);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (marks.TryAdd(mark.Outcome, mark))
            {
                ListOf(marksOf, mark.Customer).Add(mark);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            IEnumerable<Touchpoint> own = query.Customers
                .SelectMany(c => ListOf(touchpointsOf, c))
                .Where(t => query.From <= t.At && t.At <= query.At);
            if (query.Reference is { } id && touchpoints.TryGetValue(id, out var named))
            {
                own = own.Append(named.Touchpoint);
            }

            return new(new StoredJourney([.. own.DistinctBy(static t => t.Id)], Previous(query)));
        }
    }

    private static List<T> ListOf<T>(Dictionary<CustomerId, List<T>> lists, CustomerId customer)
    {
        if (!lists.TryGetValue(customer, out List<T>? list))
        {
            lists.Add(customer, list = []);
        }

        return list;
    }

    private TouchAnswer Record(Touchpoint touchpoint)
    {
        Digest content = EventDigest.Of(touchpoint);
        if (!touchpoints.TryAdd(touchpoint.Id, (touchpoint, content)))
        {
            return touchpoints[touchpoint.Id].Content == content ? TouchAnswer.Known : TouchAnswer.Conflict;
        }

        ListOf(touchpointsOf, touchpoint.Customer).Add(touchpoint);
        return TouchAnswer.Recorded;
    }

    private JourneyCut? Previous(JourneyQuery query)
    {
        OutcomeMark? last = null;
        foreach (CustomerId customer in query.Customers)
        {
            foreach (OutcomeMark mark in ListOf(marksOf, customer))
            {
                bool isBefore = mark.RecordedAt <= query.KnownAt
                    && (mark.At < query.At || (mark.At == query.At && mark.Outcome < query.Outcome));
                last = isBefore && (last is null || mark.At >= last.At) ? mark : last;
            }
        }

        return last is null ? null : new JourneyCut(last.At);
    }
}
