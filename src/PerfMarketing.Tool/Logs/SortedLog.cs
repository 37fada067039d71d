using System.Text;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Tool.Logs;

/// <summary>Reads a log that is in the order of recording as a stream: it holds one instant and no more.</summary>
/// <remarks>
/// Gives the same events with the same ids, in the same order, as a log that is held. Customers and profiles are kept
/// by their names alone. A line that was recorded before the line above it ends the reading: what was decided would be
/// wrong.
/// </remarks>
internal sealed class SortedLog : ILogSink, IDisposable
{
    private readonly LogTables tables = new();
    private readonly LogIds ids;
    private readonly LogFile file;
    private readonly string path;
    private readonly Action<RejectedLine> reject;
    private readonly List<(HeldTouch Touch, TouchpointId Id)> touches = [];
    private readonly List<(Outcome Outcome, int OwnTouch)> outcomes = [];
    private readonly Dictionary<HeldTouch, int> sameTouches = [];
    private readonly Dictionary<string, int> sameOutcomes = new(StringComparer.Ordinal);
    private readonly List<LogEvent> line = [];
    private readonly List<LogEvent> instant = [];
    private readonly HashSet<TouchpointId> ownTouches = [];
    private Instant now = Instant.MinValue;
    private Instant counted = Instant.MinValue;

    /// <summary>Opens a log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mapping">How a foreign log's columns are read; null for the native form.</param>
    /// <param name="reject">Takes the lines that cannot be used.</param>
    /// <exception cref="LogException">The log cannot be read at all.</exception>
    public SortedLog(string path, LogMapping? mapping, Action<RejectedLine> reject)
    {
        this.path = path;
        this.reject = reject;
        ids = new(tables);
        file = LogFile.Open(path, mapping, tables, this);
    }

    /// <summary>All events, in canonical order.</summary>
    /// <param name="progress">Is told now and then how many bytes of how many were read.</param>
    /// <exception cref="LogException">The file is damaged, or a line was recorded before the one above it.</exception>
    public IEnumerable<LogEvent> Read(Action<long, long>? progress)
    {
        while (ReadLine(progress))
        {
            if (line.Count == 0)
            {
                continue;
            }

            // All events of one line were recorded at one instant.
            if (line[0].RecordedAt > now)
            {
                foreach (LogEvent held in EndInstant())
                {
                    yield return held;
                }

                now = line[0].RecordedAt;
            }
            else if (line[0].RecordedAt < now)
            {
                string reason = $"Recorded at {line[0].RecordedAt}, after a line that was recorded at {now}.";
                throw new LogException(path, RejectedLine.Of(file.Line, 1, LogCodes.NotSorted, reason, []));
            }

            instant.AddRange(line);
        }

        foreach (LogEvent held in EndInstant())
        {
            yield return held;
        }
    }

    /// <inheritdoc/>
    public int Touch(in HeldTouch touch, ReadOnlySpan<byte> id)
    {
        touches.Add((touch, id.IsEmpty ? default : new(Encoding.ASCII.GetString(id))));
        return touches.Count - 1;
    }

    /// <inheritdoc/>
    public void Outcome(Outcome outcome, int ownTouch = -1) => outcomes.Add((outcome, ownTouch));

    /// <inheritdoc/>
    public void Unnamed(Outcome outcome, int ownTouch)
    {
        string? touch = ownTouch < 0 ? null
            : !touches[ownTouch].Id.IsUnset ? touches[ownTouch].Id.Value
            : ids.OfTouch(touches[ownTouch].Touch, 1).Value;
        string content = ids.ContentOf(outcome, touch);
        CountFor(outcome.RecordedAt);
        int ordinal = sameOutcomes.GetValueOrDefault(content) + 1;
        sameOutcomes[content] = ordinal;
        Outcome(outcome with { Id = new(LogIds.Numbered(content, ordinal)) }, ownTouch);
    }

    /// <inheritdoc/>
    public void Evidence(LogEvidence evidence) => line.Add(LogEvent.Of(evidence));

    /// <inheritdoc/>
    public void Correction(Correction correction) => line.Add(LogEvent.Of(correction));

    /// <inheritdoc/>
    public void Reject(RejectedLine line) => reject(line);

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private bool ReadLine(Action<long, long>? progress)
    {
        line.Clear();
        touches.Clear();
        outcomes.Clear();
        if (!file.TryRead(progress))
        {
            return false;
        }

        Dictionary<int, TouchpointId> own = [];
        foreach ((Outcome outcome, int ownTouch) in outcomes)
        {
            line.Add(LogEvent.Of(ownTouch < 0 ? outcome : outcome with { Touch = NameOwn(own, ownTouch, outcome.Id) }));
        }

        for (int i = 0; i < touches.Count; i++)
        {
            line.Add(LogEvent.Of(ToTouchpoint(touches[i].Touch, own.GetValueOrDefault(i), touches[i].Id)));
        }

        return true;
    }

    private IEnumerable<LogEvent> EndInstant()
    {
        instant.Sort();
        NumberOwnTouches();
        foreach (LogEvent held in instant)
        {
            yield return held;
        }

        instant.Clear();
    }

    // As EventColumns does: with its outcome, in the order of the outcomes.
    private void NumberOwnTouches()
    {
        Dictionary<(CustomerId Customer, Instant At), int> counts = [];
        Dictionary<TouchpointId, long> numbers = [];
        foreach (LogEvent held in instant)
        {
            if (held.Value is Outcome { Customer: { } who, Touch: { } touch } outcome && ownTouches.Remove(touch))
            {
                int number = counts.GetValueOrDefault((who, outcome.At)) + 1;
                counts[(who, outcome.At)] = number;
                numbers.Add(touch, number);
            }
        }

        for (int i = 0; i < instant.Count && numbers.Count > 0; i++)
        {
            if (instant[i].Value is Touchpoint { Sequence: null } touch
                && numbers.TryGetValue(touch.Id, out long number))
            {
                instant[i] = LogEvent.Of(touch with { Sequence = number });
            }
        }

        instant.Sort();
    }

    // What says the same was recorded at the same instant, so numbers among equals begin again with each.
    private void CountFor(Instant recordedAt)
    {
        if (recordedAt != counted)
        {
            sameTouches.Clear();
            sameOutcomes.Clear();
            counted = recordedAt;
        }
    }

    private TouchpointId NameOwn(Dictionary<int, TouchpointId> own, int touch, OutcomeId outcome)
    {
        if (!own.TryGetValue(touch, out TouchpointId id))
        {
            id = touches[touch].Id.IsUnset ? LogIds.OfOwnTouch(outcome) : touches[touch].Id;
            own.Add(touch, id);
            ownTouches.Add(id);
        }

        return id;
    }

    private Touchpoint ToTouchpoint(in HeldTouch touch, TouchpointId own, TouchpointId given)
    {
        TouchProfile what = tables.Profile(touch.Profile);
        return new()
        {
            Id = !given.IsUnset ? given : !own.IsUnset ? own : ids.OfTouch(touch, OrdinalOf(touch)),
            At = InstantBytes.ToInstant(touch.At),
            RecordedAt = InstantBytes.ToInstant(touch.RecordedAt),
            Customer = tables.Customer(touch.Customer),
            Partner = what.Partner,
            Kind = what.Kind,
            Channel = what.Channel,
            Sequence = touch.Sequence != 0 ? touch.Sequence : null,
            Facts = what.Facts,
            IsTest = what.IsTest,
        };
    }

    private int OrdinalOf(in HeldTouch touch)
    {
        CountFor(InstantBytes.ToInstant(touch.RecordedAt));
        return sameTouches[touch] = sameTouches.GetValueOrDefault(touch) + 1;
    }
}
