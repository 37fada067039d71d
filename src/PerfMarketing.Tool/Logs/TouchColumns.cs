using System.Text;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Tool.Logs;

/// <summary>Touchpoints as numbers in columns, found by customer and by id.</summary>
/// <remarks>
/// A touchpoint costs 20 bytes; 8 more when recording differs from happening or touchpoints are numbered; and 20 and
/// its text when it has an id. Those of a customer hang together as a chain from the newest line to the oldest, so that
/// they are found at any time; <see cref="Group"/> turns the chains into one list, sorted by time, once there are no
/// more.
/// </remarks>
internal sealed class TouchColumns
{
    /// <summary>The most touchpoints that are held.</summary>
    public const int CountMax = 200_000_000;

    private readonly LogIds ids;
    private readonly Column<long> at = new();
    private readonly Column<int> customer = new();
    private readonly Column<int> profile = new();
    private readonly Column<int> before = new();
    private readonly Column<long> recordedAfter = new();
    private readonly Column<long> sequence = new();
    private readonly Column<int> idNumber = new();
    private readonly Column<int> lineOfNamed = new();
    private readonly TextTable idTexts = new();
    private readonly List<int> rowOfId = [];
    private readonly List<int> last = [];
    private readonly Dictionary<int, TouchpointId> ownTouches = [];
    private readonly Dictionary<TouchpointId, long> ownSequences = [];
    private readonly HashSet<TouchpointId> ownIds = [];
    private readonly Dictionary<int, int> ordinals = [];
    private bool hasRepeatedIds;
    private int[] order = [];
    private int[] starts = [];

    /// <summary>No touchpoints yet.</summary>
    /// <param name="tables">The tables that the touchpoints' numbers point into.</param>
    public TouchColumns(LogTables tables)
    {
        Tables = tables;
        ids = new(tables);
    }

    /// <summary>The customers and profiles.</summary>
    public LogTables Tables { get; }

    /// <summary>How many touchpoints there are.</summary>
    public int Count => at.Count;

    /// <summary>Which line of the log is being read, from 1; 0 when that is not known.</summary>
    public long Line { get; set; }

    /// <summary>Adds a touchpoint.</summary>
    /// <param name="touch">The touchpoint.</param>
    /// <param name="id">Its id; empty when the line has none.</param>
    /// <returns>Its row.</returns>
    public int Add(in HeldTouch touch, ReadOnlySpan<byte> id)
    {
        int row = at.Count;
        if (row == CountMax)
        {
            throw new InvalidDataException($"A log has at most {CountMax} touchpoints.");
        }

        at.Add(touch.At);
        customer.Add(touch.Customer);
        profile.Add(touch.Profile);
        while (last.Count <= touch.Customer)
        {
            last.Add(-1);
        }

        before.Add(last[touch.Customer]);
        last[touch.Customer] = row;
        AddRare(recordedAfter, row, touch.RecordedAt - touch.At);
        AddRare(sequence, row, touch.Sequence);
        AddRare(idNumber, row, id.IsEmpty ? 0 : idTexts.Add(id) + 1);
        if (!id.IsEmpty)
        {
            AddRare(lineOfNamed, row, unchecked((int)(uint)Math.Min(Line, uint.MaxValue)));
            NoteId(idNumber[row] - 1, row);
        }

        return row;
    }

    /// <summary>Sorts the touchpoints of each customer by time; none may be added afterwards.</summary>
    public void Group()
    {
        int customers = Tables.CustomerCount;
        starts = new int[customers + 1];
        for (int row = 0; row < Count; row++)
        {
            starts[customer[row] + 1]++;
        }

        for (int number = 0; number < customers; number++)
        {
            starts[number + 1] += starts[number];
        }

        order = new int[Count];
        int[] next = starts[..^1];
        for (int row = 0; row < Count; row++)
        {
            order[next[customer[row]]++] = row;
        }

        Comparison<int> byTime = CompareTimes;
        for (int number = 0; number < customers; number++)
        {
            Span<int> touches = order.AsSpan(starts[number], starts[number + 1] - starts[number]);
            touches.Sort(byTime);
            CountEquals(touches);
        }
    }

    /// <summary>The touchpoints of a customer: oldest first once they are grouped, else from the newest line.</summary>
    /// <param name="number">The customer's number; −1 has none.</param>
    public IEnumerable<int> TouchesOf(int number)
    {
        if (starts.Length > 0)
        {
            for (int i = number < 0 ? 0 : starts[number]; i < (number < 0 ? 0 : starts[number + 1]); i++)
            {
                yield return order[i];
            }
        }
        else
        {
            for (int row = number < 0 || number >= last.Count ? -1 : last[number]; row >= 0; row = before[row])
            {
                yield return row;
            }
        }
    }

    /// <summary>The touchpoint with an id of its own; of several with one id the first that was recorded.</summary>
    /// <param name="id">The id.</param>
    /// <returns>Its row; −1 when there is none.</returns>
    public int Find(TouchpointId id)
    {
        Span<byte> text = stackalloc byte[Identifier.LengthMax];
        int number = idTexts.Find(text[..Encoding.ASCII.GetBytes(id.Value, text)]);
        return number < 0 ? -1 : rowOfId[number];
    }

    /// <summary>
    /// Whether the id of a touchpoint stands for one of another customer: it was recorded later, and counts for nobody.
    /// </summary>
    /// <param name="row">The touchpoint.</param>
    public bool IsElsewhere(int row) =>
        hasRepeatedIds && Rare(idNumber, row) is not 0 and int number
        && customer[rowOfId[number - 1]] != customer[row];

    /// <summary>The touchpoints whose id stands for other content, which was recorded first, by their lines.</summary>
    /// <param name="through">What was recorded later does not count.</param>
    public IEnumerable<(int Row, long Line)> Conflicts(Instant through)
    {
        for (int row = 0; hasRepeatedIds && row < Count; row++)
        {
            if (Rare(idNumber, row) is not 0 and int number && rowOfId[number - 1] is var first && first != row
                && Held(row) with { RecordedAt = 0 } != Held(first) with { RecordedAt = 0 }
                && RecordedAt(row) <= through)
            {
                yield return (row, unchecked((uint)Rare(lineOfNamed, row)));
            }
        }
    }

    /// <summary>How many touchpoints of a kind were written down up to an instant, tests aside, each id once.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="through">The instant.</param>
    public long CountOf(TouchpointKind kind, Instant through)
    {
        long count = 0;
        for (int row = 0; row < Count; row++)
        {
            TouchProfile what = Tables.Profile(profile[row]);
            bool stands = Rare(idNumber, row) is var number && (number == 0 || rowOfId[number - 1] == row);
            count += what.Kind == kind && !what.IsTest && stands && RecordedAt(row) <= through ? 1 : 0;
        }

        return count;
    }

    /// <summary>When a touchpoint happened.</summary>
    /// <param name="row">The touchpoint.</param>
    public Instant At(int row) => InstantBytes.ToInstant(at[row]);

    /// <summary>When a touchpoint was written down.</summary>
    /// <param name="row">The touchpoint.</param>
    public Instant RecordedAt(int row) => InstantBytes.ToInstant(at[row] + Rare(recordedAfter, row));

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
            Channel = what.Channel.GetValueOrDefault(),
            Facts = what.Facts,
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
        if (Rare(idNumber, row) is not 0 and int number)
        {
            return new(Encoding.ASCII.GetString(idTexts[number - 1]));
        }

        return ownTouches.TryGetValue(row, out TouchpointId id) ? id : ids.OfTouch(Held(row), OrdinalOf(row));
    }

    /// <summary>The place among touchpoints of one instant that a touchpoint on an outcome's own line has.</summary>
    /// <param name="touch">The touchpoint.</param>
    /// <returns>The place, from 1; null when the touchpoint is on no outcome's line.</returns>
    public long? OwnSequence(TouchpointId touch) => ownSequences.TryGetValue(touch, out long number) ? number : null;

    /// <summary>Names the touchpoint on an outcome's own line, unless it has a name.</summary>
    /// <param name="row">The touchpoint.</param>
    /// <param name="outcome">The outcome.</param>
    /// <returns>The touchpoint's id.</returns>
    public TouchpointId NameOwn(int row, OutcomeId outcome)
    {
        if (!ownTouches.TryGetValue(row, out TouchpointId id))
        {
            id = Rare(idNumber, row) != 0 ? IdOf(row) : LogIds.OfOwnTouch(outcome);
            ownTouches.Add(row, id);
            ownIds.Add(id);
        }

        return id;
    }

    /// <summary>
    /// Gives the touchpoints on outcomes' own lines their places: last in their instant, as the outcomes.
    /// </summary>
    /// <param name="events">The events of whole instants, in canonical order.</param>
    public void NumberOwn(IEnumerable<LogEvent> events)
    {
        Dictionary<(CustomerId Customer, Instant At), int> counts = [];
        foreach (LogEvent held in events)
        {
            if (held.Value is Outcome { Customer: { } who, Touch: { } touch } outcome
                && ownIds.Contains(touch) && !ownSequences.ContainsKey(touch))
            {
                int number = counts.GetValueOrDefault((who, outcome.At)) + 1;
                counts[(who, outcome.At)] = number;
                ownSequences.Add(touch, number);
            }
        }
    }

    /// <summary>The id of an outcome whose line has none, from all that the line says.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="ownTouch">The touchpoint on its line; −1 when there is none.</param>
    public string ContentOf(Outcome outcome, int ownTouch) => ids.ContentOf(
        outcome,
        ownTouch < 0 ? null
            : Rare(idNumber, ownTouch) != 0 ? IdOf(ownTouch).Value
            : ids.OfTouch(Held(ownTouch), 1).Value);

    private void NoteId(int number, int row)
    {
        if (number == rowOfId.Count)
        {
            rowOfId.Add(row);
        }
        else
        {
            hasRepeatedIds = true;
            rowOfId[number] = IsBefore(row, rowOfId[number]) ? row : rowOfId[number];
        }
    }

    private bool IsBefore(int row, int other)
    {
        int result = RecordedAt(row).CompareTo(RecordedAt(other));
        result = result != 0 ? result : at[row].CompareTo(at[other]);
        result = result != 0 ? result : Rare(sequence, row).CompareTo(Rare(sequence, other));
        result = result != 0 ? result : string.CompareOrdinal(Content(row), Content(other));
        return result < 0;
    }

    private string Content(int row) => Tables.Customer(customer[row]).Value + '\n' + Tables.Profile(profile[row]).Text;

    private HeldTouch Held(int row) =>
        new(at[row], at[row] + Rare(recordedAfter, row), customer[row], profile[row], Rare(sequence, row));

    private long? SequenceOf(int row)
    {
        long given = Rare(sequence, row);
        return given != 0 ? given : ownTouches.TryGetValue(row, out TouchpointId own) ? OwnSequence(own) : null;
    }

    private int CompareTimes(int left, int right)
    {
        int result = at[left].CompareTo(at[right]);
        result = result != 0 ? result : Rare(sequence, left).CompareTo(Rare(sequence, right));
        return result != 0 ? result : left.CompareTo(right);
    }

    // Which one a touchpoint is among those that say exactly the same, by their lines. What says the same was recorded
    // at the same instant, so a chain in the order of recording has them side by side.
    private int OrdinalOf(int row)
    {
        if (starts.Length > 0)
        {
            return ordinals.GetValueOrDefault(row, 1);
        }

        int ordinal = 1;
        HeldTouch touch = Held(row);
        for (int other = before[row]; other >= 0 && Held(other) is var held; other = before[other])
        {
            if (held.RecordedAt != touch.RecordedAt)
            {
                break;
            }

            ordinal += held == touch && IsUnnamed(other) ? 1 : 0;
        }

        return ordinal;
    }

    private bool IsUnnamed(int row) => Rare(idNumber, row) == 0 && !ownTouches.ContainsKey(row);

    // After sorting, touchpoints that say the same stand within one instant.
    private void CountEquals(ReadOnlySpan<int> touches)
    {
        for (int i = 1; i < touches.Length; i++)
        {
            int row = touches[i];
            for (int other = i - 1; other >= 0 && at[touches[other]] == at[row]; other--)
            {
                if (IsUnnamed(row) && IsUnnamed(touches[other]) && Held(touches[other]) == Held(row))
                {
                    ordinals[row] = ordinals.GetValueOrDefault(touches[other], 1) + 1;
                    break;
                }
            }
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
