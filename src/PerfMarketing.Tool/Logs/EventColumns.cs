using System.Text;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Tool.Logs;

/// <summary>
/// A whole log in memory: touchpoints as numbers in columns, all other events as objects in canonical order.
/// </summary>
/// <remarks>
/// A touchpoint costs 20 bytes, 8 more when recording differs from happening or touchpoints are numbered, and its id
/// when it has one. Filled through <see cref="ILogSink"/>, then <see cref="Freeze"/> groups touchpoints by customer;
/// after that nothing changes and several threads may read.
/// </remarks>
internal sealed class EventColumns : ILogSink
{
    /// <summary>The most touchpoints that are held.</summary>
    public const int TouchCountMax = 200_000_000;

    /// <summary>The most other events that are held.</summary>
    public const int EventCountMax = 20_000_000;

    private readonly LogIds ids;
    private readonly Column<long> at = new();
    private readonly Column<int> customer = new();
    private readonly Column<int> profile = new();
    private readonly Column<long> recordedAt = new();
    private readonly Column<long> sequence = new();
    private readonly Column<int> idPlace = new();
    private readonly BytePool idTexts = new();
    private readonly List<LogEvent> events = [];
    private readonly List<(Outcome Outcome, int OwnTouch)> unnamed = [];
    private readonly Dictionary<int, TouchpointId> ownTouches = [];
    private readonly Dictionary<TouchpointId, long> ownSequences = [];
    private readonly List<RejectedLine> rejected = [];
    private int[] order = [];
    private int[] starts = [];

    /// <summary>An empty log.</summary>
    /// <param name="tables">The tables that the touchpoints' numbers point into.</param>
    public EventColumns(LogTables tables)
    {
        Tables = tables;
        ids = new(tables);
    }

    /// <summary>The customers and profiles.</summary>
    public LogTables Tables { get; }

    /// <summary>How many touchpoints there are.</summary>
    public int TouchCount => at.Count;

    /// <summary>Outcomes, evidence and corrections in canonical order.</summary>
    public IReadOnlyList<LogEvent> Events => events;

    /// <summary>The lines that could not be used, in their order.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    /// <inheritdoc/>
    public int Touch(in HeldTouch touch, ReadOnlySpan<byte> id)
    {
        int row = at.Count;
        if (row == TouchCountMax)
        {
            throw new InvalidDataException($"A log has at most {TouchCountMax} touchpoints.");
        }

        at.Add(touch.At);
        customer.Add(touch.Customer);
        profile.Add(touch.Profile);
        AddRare(recordedAt, row, touch.RecordedAt - touch.At);
        AddRare(sequence, row, touch.Sequence);
        AddRare(idPlace, row, id.IsEmpty ? 0 : idTexts.Add(id));
        return row;
    }

    /// <inheritdoc/>
    public void Outcome(Outcome outcome, int ownTouch = -1) =>
        Add(LogEvent.Of(ownTouch < 0 ? outcome : outcome with { Touch = NameOwnTouch(ownTouch, outcome.Id) }));

    /// <inheritdoc/>
    public void Unnamed(Outcome outcome, int ownTouch)
    {
        Bound(unnamed.Count);
        unnamed.Add((outcome, ownTouch));
    }

    /// <inheritdoc/>
    public void Evidence(LogEvidence evidence) => Add(LogEvent.Of(evidence));

    /// <inheritdoc/>
    public void Correction(Correction correction) => Add(LogEvent.Of(correction));

    /// <inheritdoc/>
    public void Reject(RejectedLine line) => rejected.Add(line);

    /// <summary>Names the unnamed, brings all in canonical order and groups touchpoints by customer.</summary>
    public void Freeze()
    {
        NameOutcomes();
        events.Sort();
        NumberOwnTouches();
        rejected.Sort(static (left, right) => left.Line.CompareTo(right.Line));
        GroupTouches();
    }

    /// <summary>The touchpoints of a customer, oldest first.</summary>
    /// <param name="number">The customer's number; −1 has none.</param>
    /// <returns>Rows, for <see cref="At"/>, <see cref="JourneyTouchOf"/> and <see cref="IdOf"/>.</returns>
    public ReadOnlySpan<int> TouchesOf(int number) =>
        number < 0 ? [] : order.AsSpan(starts[number], starts[number + 1] - starts[number]);

    /// <summary>When a touchpoint happened.</summary>
    /// <param name="row">The touchpoint.</param>
    public Instant At(int row) => InstantBytes.ToInstant(at[row]);

    /// <summary>When a touchpoint was written down.</summary>
    /// <param name="row">The touchpoint.</param>
    public Instant RecordedAt(int row) => InstantBytes.ToInstant(at[row] + Rare(recordedAt, row));

    /// <summary>What decides on a touchpoint's credit.</summary>
    /// <param name="row">The touchpoint.</param>
    public JourneyTouch JourneyTouchOf(int row)
    {
        TouchProfile what = Tables.Profile(profile[row]);
        return new()
        {
            Id = IdOf(row),
            At = At(row),
            RecordedAt = RecordedAt(row),
            Sequence = SequenceOf(row) ?? 0,
            Partner = what.Partner,
            Kind = what.Kind,
            IsTest = what.IsTest,
        };
    }

    /// <summary>A touchpoint as an object.</summary>
    /// <param name="row">The touchpoint.</param>
    public Touchpoint TouchpointOf(int row)
    {
        TouchProfile what = Tables.Profile(profile[row]);
        return new()
        {
            Id = IdOf(row),
            At = At(row),
            RecordedAt = RecordedAt(row),
            Customer = Tables.Customer(customer[row]),
            Partner = what.Partner,
            Kind = what.Kind,
            Channel = what.Channel,
            Sequence = SequenceOf(row),
            Facts = what.Facts,
            IsTest = what.IsTest,
        };
    }

    /// <summary>A touchpoint's id: its own, or one made of its content.</summary>
    /// <param name="row">The touchpoint.</param>
    public TouchpointId IdOf(int row)
    {
        if (Rare(idPlace, row) is not 0 and int place)
        {
            return new(Encoding.ASCII.GetString(idTexts[place]));
        }

        return ownTouches.TryGetValue(row, out TouchpointId id) ? id : ids.OfTouch(Held(row), OrdinalOf(row));
    }

    /// <summary>The place among touchpoints of one instant that a touchpoint on an outcome's own line has.</summary>
    /// <param name="touch">The touchpoint.</param>
    /// <returns>The place, from 1; null when the touchpoint is on no outcome's line.</returns>
    public long? OwnSequence(TouchpointId touch) => ownSequences.TryGetValue(touch, out long number) ? number : null;

    /// <summary>The first recorded touchpoint with an id of its own.</summary>
    /// <param name="wanted">The ids.</param>
    /// <returns>The row of each id that is there.</returns>
    public Dictionary<TouchpointId, int> FindTouches(IReadOnlySet<TouchpointId> wanted)
    {
        Dictionary<TouchpointId, int> found = [];
        for (int row = 0; row < idPlace.Count && wanted.Count > 0; row++)
        {
            if (idPlace[row] != 0 && IdOf(row) is var id && wanted.Contains(id)
                && (!found.TryGetValue(id, out int other) || IsBefore(row, other)))
            {
                found[id] = row;
            }
        }

        return found;
    }

    private bool IsBefore(int row, int other)
    {
        int result = RecordedAt(row).CompareTo(RecordedAt(other));
        result = result != 0 ? result : at[row].CompareTo(at[other]);
        result = result != 0 ? result : string.CompareOrdinal(Content(row), Content(other));
        return result < 0;
    }

    private string Content(int row) => Tables.Customer(customer[row]).Value + '\n' + Tables.Profile(profile[row]).Text;

    private HeldTouch Held(int row) =>
        new(at[row], at[row] + Rare(recordedAt, row), customer[row], profile[row], Rare(sequence, row));

    private long? SequenceOf(int row)
    {
        long given = Rare(sequence, row);
        return given != 0 ? given : ownTouches.TryGetValue(row, out TouchpointId own) ? OwnSequence(own) : null;
    }

    private TouchpointId NameOwnTouch(int row, OutcomeId outcome)
    {
        if (!ownTouches.TryGetValue(row, out TouchpointId id))
        {
            id = Rare(idPlace, row) != 0 ? IdOf(row) : LogIds.OfOwnTouch(outcome);
            ownTouches.Add(row, id);
        }

        return id;
    }

    private void NameOutcomes()
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach ((Outcome outcome, int ownTouch) in unnamed)
        {
            string? touch = ownTouch < 0 ? null
                : Rare(idPlace, ownTouch) != 0 ? IdOf(ownTouch).Value
                : ids.OfTouch(Held(ownTouch), 1).Value;
            string content = ids.ContentOf(outcome, touch);
            int ordinal = seen[content] = seen.GetValueOrDefault(content) + 1;
            Outcome(outcome with { Id = new(LogIds.Numbered(content, ordinal)) }, ownTouch);
        }

        unnamed.Clear();
    }

    // The touchpoint on an outcome's own line stands last in its instant, and with its outcome when there are several.
    private void NumberOwnTouches()
    {
        HashSet<TouchpointId> own = [.. ownTouches.Values];
        Dictionary<(CustomerId Customer, Instant At), int> counts = [];
        foreach (LogEvent held in events)
        {
            if (held.Value is Outcome { Customer: { } who, Touch: { } touch } outcome && own.Remove(touch))
            {
                int number = counts.GetValueOrDefault((who, outcome.At)) + 1;
                counts[(who, outcome.At)] = number;
                ownSequences.Add(touch, number);
            }
        }
    }

    private void GroupTouches()
    {
        starts = new int[Tables.CustomerCount + 1];
        for (int row = 0; row < TouchCount; row++)
        {
            starts[customer[row] + 1]++;
        }

        for (int number = 0; number < Tables.CustomerCount; number++)
        {
            starts[number + 1] += starts[number];
        }

        order = new int[TouchCount];
        int[] next = starts[..^1];
        for (int row = 0; row < TouchCount; row++)
        {
            order[next[customer[row]]++] = row;
        }

        Comparison<int> byTime = CompareTimes;
        for (int number = 0; number < Tables.CustomerCount; number++)
        {
            order.AsSpan(starts[number], starts[number + 1] - starts[number]).Sort(byTime);
        }
    }

    private int CompareTimes(int left, int right)
    {
        int result = at[left].CompareTo(at[right]);
        result = result != 0 ? result : Rare(sequence, left).CompareTo(Rare(sequence, right));
        return result != 0 ? result : left.CompareTo(right);
    }

    // How many touchpoints that say exactly the same stand before a row, and itself.
    private int OrdinalOf(int row)
    {
        ReadOnlySpan<int> touches = TouchesOf(customer[row]);
        int place = touches.IndexOf(row);
        int ordinal = 1;
        for (int i = place - 1; i >= 0 && at[touches[i]] == at[row]; i--)
        {
            int other = touches[i];
            bool isUnnamed = Rare(idPlace, other) == 0 && !ownTouches.ContainsKey(other);
            ordinal += isUnnamed && Held(other) == Held(row) ? 1 : 0;
        }

        return ordinal;
    }

    private void Add(LogEvent added)
    {
        Bound(events.Count);
        events.Add(added);
    }

    private static void Bound(int count)
    {
        if (count >= EventCountMax)
        {
            throw new InvalidDataException($"A log has at most {EventCountMax} events beside its touchpoints.");
        }
    }

    private static void AddRare<T>(Column<T> column, int row, T value)
        where T : unmanaged, IEquatable<T>
    {
        if (column.Count > 0 || !value.Equals(default))
        {
            column.FillTo(default, row);
            column.Add(value);
        }
    }

    private static T Rare<T>(Column<T> column, int row)
        where T : unmanaged => row < column.Count ? column[row] : default;
}
