using PerfMarketing.Events;
using PerfMarketing.Primitives;
using PerfMarketing.Serialization;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Testing;

/// <summary>A journey store that keeps every promise, but for one bug that is planted in it.</summary>
internal sealed class PlantedJourneys(PlantedJourneyBug bug, PlantedJourneys.Disk disk) : IJourneyStore
{
    private readonly MemoryJourneys memory = new();

    private MemoryJourneys Touches => bug switch
    {
        PlantedJourneyBug.TouchesInMemory => memory,
        _ => disk.Journeys,
    };

    private MemoryJourneys Marks => bug == PlantedJourneyBug.MarksInMemory ? memory : disk.Journeys;

    public async ValueTask<ValueList<TouchAnswer>> RecordAsync(
        ValueList<Touchpoint> batch, CancellationToken cancellationToken)
    {
        ValueList<Touchpoint> kept = bug == PlantedJourneyBug.AstralCharactersAreLost
            ? [.. batch.Select(static t => TermJson.Parse(PlantedStore.Plain(TermJson.Write(t)), Touchpoint.Read)!)]
            : batch;
        ValueList<TouchAnswer> answers = await Touches.RecordAsync(kept, cancellationToken);

        // The contents that this process compares with are gone after a restart: whatever is known is the same.
        return bug == PlantedJourneyBug.ContentsInMemory
            ? [.. answers.Select((a, i) => a == TouchAnswer.Conflict && !Knows(batch[i]) ? TouchAnswer.Known : a)]
            : answers;
    }

    public ValueTask MarkAsync(OutcomeMark mark, CancellationToken cancellationToken) =>
        Marks.MarkAsync(mark, cancellationToken);

    public async ValueTask MarkAllAsync(ValueList<OutcomeMark> marks, CancellationToken cancellationToken)
    {
        IEnumerable<OutcomeMark> made = bug switch
        {
            PlantedJourneyBug.MarksOverwrite => marks.Reverse(),
            PlantedJourneyBug.OnlyTheLastIsMarked => marks.TakeLast(1),
            PlantedJourneyBug.MarksEndAt1000 => marks.Take(1_000),
            _ => marks,
        };
        foreach (OutcomeMark mark in made)
        {
            await MarkAsync(mark, cancellationToken);
        }
    }

    public async ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken)
    {
        StoredJourney touches = await Touches.ReadAsync(query, cancellationToken);
        return touches with { Previous = (await Marks.ReadAsync(query, cancellationToken)).Previous };
    }

    public async ValueTask<ValueList<StoredJourney>> ReadAllAsync(
        ValueList<JourneyQuery> queries, CancellationToken cancellationToken)
    {
        if (queries.Count == 0 && bug == PlantedJourneyBug.NoQueriesAreAnError)
        {
            return [new([], null)];
        }

        IEnumerable<JourneyQuery> asked = bug switch
        {
            PlantedJourneyBug.JourneysComeInOrderOfCustomers =>
                queries.OrderBy(static q => q.Customers.Count == 0 ? default : q.Customers[0]),
            PlantedJourneyBug.SameQueriesAreReadOnce => queries.Distinct(),
            PlantedJourneyBug.IntervalsAreUnited => queries.Select(q => q with { At = queries.Max(static o => o.At) }),
            PlantedJourneyBug.ReferencesAreForgotten => queries.Select(static q => q with { Reference = null }),
            PlantedJourneyBug.KnownAtIsThatOfTheFirst => queries.Select(q => q with { KnownAt = queries[0].KnownAt }),
            PlantedJourneyBug.JourneysEndAt1000 => queries.Take(1_000),
            _ => queries,
        };
        List<StoredJourney> found = [];
        foreach (JourneyQuery query in asked)
        {
            found.Add(await ReadAsync(query, cancellationToken));
        }

        return found.ToValueList();
    }

    private bool Knows(Touchpoint touchpoint) => disk.Opened == 1 && !touchpoint.Id.IsUnset;

    /// <summary>What is on the disk.</summary>
    internal sealed class Disk
    {
        public MemoryJourneys Journeys { get; } = new();

        public int Opened { get; set; }
    }
}
