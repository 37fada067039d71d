using NodaTime;
using PerfMarketing.Events;

namespace PerfMarketing.Tool.Logs;

/// <summary>
/// Reads a log that is in the order of recording as a stream: beside touchpoints it holds one instant.
/// </summary>
/// <remarks>
/// Gives the same events with the same ids, in the same order, as a log that is held. A line that was recorded before
/// the line above it ends the reading: what was decided would be wrong.
/// </remarks>
internal sealed class SortedLog : ILogSink, IDisposable
{
    private readonly LogFile file;
    private readonly string path;
    private readonly List<RejectedLine> rejected = [];
    private readonly List<LogEvent> instant = [];
    private readonly List<LogEvent> next = [];
    private readonly Dictionary<string, int> sameOutcomes = new(StringComparer.Ordinal);
    private Instant now = Instant.MinValue;
    private Instant nextAt = Instant.MinValue;

    /// <summary>Opens a log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mapping">How a foreign log's columns are read; null for the native form.</param>
    /// <exception cref="LogException">The log cannot be read at all.</exception>
    public SortedLog(string path, LogMapping? mapping)
    {
        this.path = path;
        LogTables tables = new();
        Touches = new(tables);
        file = LogFile.Open(path, mapping, tables, this);
    }

    /// <summary>The touchpoints so far.</summary>
    public TouchColumns Touches { get; }

    /// <summary>The lines so far that could not be used.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    /// <summary>When the last event so far was written down; the beginning of time before there is any.</summary>
    public Instant LastRecordedAt => nextAt;

    /// <summary>All events but touchpoints, in canonical order.</summary>
    /// <param name="progress">Is told now and then how many bytes of how many were read.</param>
    /// <exception cref="LogException">The file is damaged, or a line was recorded before the one above it.</exception>
    public IEnumerable<LogEvent> Read(Action<long, long>? progress)
    {
        bool more = true;
        while (more)
        {
            more = file.TryRead(progress);
            if (more && nextAt == now)
            {
                continue;
            }

            // A later instant has begun, or the log has ended: nothing more can come in between.
            instant.Sort();
            Touches.NumberOwn(instant);
            foreach (LogEvent held in instant)
            {
                yield return held;
            }

            instant.Clear();
            instant.AddRange(next);
            next.Clear();
            now = nextAt;
            more = more || instant.Count > 0;
        }
    }

    /// <inheritdoc/>
    public void Line(long number) => Touches.Line = number;

    /// <inheritdoc/>
    public int Touch(in HeldTouch touch, ReadOnlySpan<byte> id)
    {
        Enter(InstantBytes.ToInstant(touch.RecordedAt));
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
        // What says the same was recorded at the same instant, so numbers among equals begin again with each.
        Enter(outcome.RecordedAt);
        string content = Touches.ContentOf(outcome, ownTouch);
        int ordinal = sameOutcomes[content] = sameOutcomes.GetValueOrDefault(content) + 1;
        Outcome(outcome with { Id = new(LogIds.Numbered(content, ordinal)) }, ownTouch);
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

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Add(LogEvent added)
    {
        Enter(added.RecordedAt);
        (nextAt == now ? instant : next).Add(added with { Line = Touches.Line });
    }

    private void Enter(Instant recordedAt)
    {
        if (recordedAt < nextAt)
        {
            string reason = $"Recorded at {recordedAt}, after a line that was recorded at {nextAt}.";
            throw new LogException(path, RejectedLine.Of(file.Line, 1, LogCodes.NotSorted, reason, []));
        }

        if (recordedAt > nextAt)
        {
            nextAt = recordedAt;
            sameOutcomes.Clear();
        }
    }
}
