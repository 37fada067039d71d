using NodaTime;
using PerfMarketing.Events;

namespace PerfMarketing.Tool.Logs;

/// <summary>A whole log in memory: touchpoints in columns, all other events as objects in canonical order.</summary>
/// <remarks>
/// Filled through <see cref="ILogSink"/>, then <see cref="Freeze"/> brings all in order; after that nothing changes and
/// several threads may read.
/// </remarks>
internal sealed class EventColumns : ILogSink
{
    /// <summary>The most events beside touchpoints that are held.</summary>
    public const int CountMax = 20_000_000;

    private readonly List<LogEvent> events = [];
    private readonly List<(Outcome Outcome, int OwnTouch, long Line)> unnamed = [];
    private readonly List<RejectedLine> rejected = [];
    private long line;

    /// <summary>An empty log.</summary>
    /// <param name="tables">The tables that the touchpoints' numbers point into.</param>
    public EventColumns(LogTables tables) => Touches = new(tables);

    /// <summary>The touchpoints.</summary>
    public TouchColumns Touches { get; }

    /// <summary>Outcomes, evidence and corrections in canonical order.</summary>
    public IReadOnlyList<LogEvent> Events => events;

    /// <summary>When the last event of any kind was written down; the beginning of time in an empty log.</summary>
    public Instant LastRecordedAt { get; private set; } = Instant.MinValue;

    /// <summary>The lines that could not be used, in their order.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    /// <inheritdoc/>
    public void Line(long number) => Touches.Line = line = number;

    /// <inheritdoc/>
    public int Touch(in HeldTouch touch, ReadOnlySpan<byte> id)
    {
        LastRecordedAt = Instant.Max(LastRecordedAt, InstantBytes.ToInstant(touch.RecordedAt));
        return Touches.Add(touch, id);
    }

    /// <inheritdoc/>
    public bool Outcome(Outcome outcome, int ownTouch = -1)
    {
        // Settling keeps conflicts as records.
        Add(LogEvent.Of(ownTouch < 0 ? outcome : outcome with { Touch = Touches.NameOwn(ownTouch, outcome.Id) }));
        return true;
    }

    /// <inheritdoc/>
    public void Unnamed(Outcome outcome, int ownTouch)
    {
        Bound(unnamed.Count);
        unnamed.Add((outcome, ownTouch, line));
    }

    /// <inheritdoc/>
    public void Evidence(LogEvidence evidence) => Add(LogEvent.Of(evidence));

    /// <inheritdoc/>
    public void Correction(Correction correction) => Add(LogEvent.Of(correction));

    /// <inheritdoc/>
    public void Invalidation(LogInvalidation invalidation) => Add(LogEvent.Of(invalidation));

    /// <inheritdoc/>
    public void Claim(LogClaim claim) => Add(LogEvent.Of(claim));

    /// <inheritdoc/>
    public void Reject(RejectedLine line) => rejected.Add(line);

    /// <summary>Names the unnamed, brings all in canonical order and groups touchpoints by customer.</summary>
    public void Freeze()
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach ((Outcome outcome, int ownTouch, long stands) in unnamed)
        {
            line = stands;
            string content = Touches.ContentOf(outcome, ownTouch);
            int ordinal = seen[content] = seen.GetValueOrDefault(content) + 1;
            Outcome(outcome with { Id = new(LogIds.Numbered(content, ordinal)) }, ownTouch);
        }

        unnamed.Clear();
        events.Sort();
        rejected.Sort(static (left, right) => left.Line.CompareTo(right.Line));
        Touches.NumberOwn(events);
        Touches.Group();
    }

    private void Add(LogEvent added)
    {
        Bound(events.Count);
        LastRecordedAt = Instant.Max(LastRecordedAt, added.RecordedAt);
        events.Add(added with { Line = line });
    }

    private static void Bound(int count)
    {
        if (count >= CountMax)
        {
            throw new InvalidDataException($"A log has at most {CountMax} events beside its touchpoints.");
        }
    }
}
