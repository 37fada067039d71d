using System.Text;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tool.Logs;
using PerfMarketing.Tool.Settle;

namespace PerfMarketing.Tool.Journeys;

/// <summary>The touches and conversions of a log as columns, in the order of the log.</summary>
/// <remarks>
/// Tests are left out. A touch or outcome whose id stands twice counts once, the touch as it was recorded first; an
/// outcome without an id counts once for each thing that lines say of a touch with an id.
/// </remarks>
internal sealed class JourneyLog(LogTables tables, HashSet<OutcomeKind> kinds) : ILogSink
{
    // From here downwards: profiles of touches that do not count, and numbers of ids as names of touches.
    private const int Unused = -2;
    private const int Named = -2;

    private readonly TextTable ids = new();

    // What the outcome under each id says, as a number that is the same in one run.
    private readonly Dictionary<OutcomeId, long> outcomes = [];
    private readonly List<RejectedLine> rejected = [];
    private readonly Dictionary<int, RowConversions> conversions = [];

    // By the number of the touch's id: the row of the one that was recorded first, when that was, and its line.
    private readonly List<(int Row, long RecordedAt, long Line)> firsts = [];

    // Touches whose id is that of one that was recorded before.
    private readonly List<(JourneyRow Row, long RecordedAt, long Line)> others = [];

    // Conversions of lines whose touch has an id: which row they are is known when all lines are.
    private readonly List<(int Touch, Outcome Outcome, string Name)> owned = [];

    // Outcomes without ids of such lines, and the how manieth like it in its line each is.
    private readonly HashSet<(int Touch, (OutcomeKind, Instant, Money?) Content, int Ordinal)> delivered = [];
    private readonly List<(OutcomeKind, Instant, Money?)> line = [];
    private long lineNumber;

    /// <summary>What each row is.</summary>
    public List<JourneyRow> Rows { get; } = [];

    /// <summary>The lines that could not be used.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    /// <summary>The currency of all values; null when there is none.</summary>
    public Currency? Currency { get; private set; }

    /// <summary>The first outcome whose value is in another currency; null when there is none.</summary>
    public (OutcomeId Id, Money Value)? OtherCurrency { get; private set; }

    /// <summary>How many conversions belong to no customer.</summary>
    public long Homeless { get; private set; }

    /// <summary>How many touches have neither channel nor partner.</summary>
    public long Nameless { get; private set; }

    /// <summary>The text of a row's id; empty when it has none.</summary>
    public ReadOnlySpan<byte> IdOf(in JourneyRow row) => row.Id < 0 ? [] : ids[row.Id];

    /// <summary>The channel of a touch: its partner where no channel is given.</summary>
    public ChannelId ChannelOf(in JourneyRow row)
    {
        TouchProfile profile = tables.Profile(row.Profile);
        return profile.Channel ?? new(profile.Partner.Value);
    }

    /// <summary>One fact that a touch states; nothing when it does not.</summary>
    public FactSet FactOf(int profile, string? name)
    {
        FactSet facts = tables.Profile(profile).Facts;
        return name is not null && facts.TryFind(name, out _) ? facts : FactSet.Empty;
    }

    /// <summary>The conversions that a row is.</summary>
    public RowConversions ConversionsOf(int row) =>
        conversions.TryGetValue(row, out RowConversions? found) ? found : RowConversions.None;

    /// <inheritdoc/>
    public void Line(long number) => lineNumber = number;

    /// <inheritdoc/>
    public int Touch(in HeldTouch touch, ReadOnlySpan<byte> id)
    {
        line.Clear();
        bool isUsed = IsUsed(touch.Profile, out bool isNameless);
        int number = id.IsEmpty ? -1 : ids.Add(id);
        JourneyRow row = new(
            touch.Customer, touch.At, touch.Sequence, isUsed ? touch.Profile : Unused - touch.Profile, number);
        if (number < 0)
        {
            Nameless += isNameless ? 1 : 0;
            return isUsed ? Add(row) : -1;
        }

        if (number == firsts.Count)
        {
            Nameless += isNameless ? 1 : 0;
            firsts.Add((Add(row), touch.RecordedAt, lineNumber));
        }
        else if (!Precedes(row, touch.RecordedAt, firsts[number]))
        {
            others.Add((row, touch.RecordedAt, lineNumber));
        }
        else
        {
            (int place, long recordedAt, long readAt) = firsts[number];
            others.Add((Rows[place], recordedAt, readAt));
            IsUsed(ProfileOf(Rows[place]), out bool wasNameless);
            Nameless += (isNameless ? 1 : 0) - (wasNameless ? 1 : 0);
            Rows[place] = row;
            firsts[number] = (place, touch.RecordedAt, lineNumber);
        }

        return Named - number;
    }

    /// <inheritdoc/>
    public bool Outcome(Outcome outcome, int ownTouch = -1)
    {
        long content = ContentOf(outcome);
        if (!outcomes.TryAdd(outcome.Id, content))
        {
            return outcomes[outcome.Id] == content;
        }

        Take(outcome, ownTouch, outcome.Id.Value);
        return true;
    }

    /// <inheritdoc/>
    public void Unnamed(Outcome outcome, int ownTouch)
    {
        if (ownTouch <= Named)
        {
            // The touch's id tells a line that came twice from one that says the same of another touch.
            (OutcomeKind, Instant, Money?) content = (outcome.Kind, outcome.At, outcome.Value);
            line.Add(content);
            if (!delivered.Add((Named - ownTouch, content, line.Count(other => other == content))))
            {
                return;
            }
        }

        Take(outcome, ownTouch, string.Empty);
    }

    /// <summary>
    /// Says of every conversion which row it is, and rejects touches that contradict the one that was recorded first
    /// under their id, when the whole log was read.
    /// </summary>
    public void Freeze()
    {
        RejectContradictions();
        foreach ((int touch, Outcome outcome, string name) in owned)
        {
            int place = firsts[touch].Row;
            bool isOwn = InstantBytes.TryHold(outcome.At, out long at) && at == Rows[place].At
                && outcome.Customer is { } customer && tables.FindCustomer(customer) == Rows[place].Customer;
            Count(isOwn ? place : AddConversion(outcome), outcome, name);
        }

        owned.Clear();
    }

    /// <inheritdoc/>
    public void Evidence(LogEvidence evidence)
    {
        // Whether it is proven is asked of a campaign; here every outcome counts.
    }

    /// <inheritdoc/>
    public void Correction(Correction correction)
    {
        // As above: what became of an outcome later is asked of a campaign.
    }

    /// <inheritdoc/>
    public void Invalidation(LogInvalidation invalidation)
    {
        // As above.
    }

    /// <inheritdoc/>
    public void Claim(LogClaim claim)
    {
        // As above.
    }

    /// <inheritdoc/>
    public void Reject(RejectedLine line) => rejected.Add(line);

    // When it was recorded is no part of it.
    private static long ContentOf(Outcome outcome)
    {
        int one = HashCode.Combine(outcome.Kind, outcome.At, outcome.Value, outcome.Customer, outcome.IsTest);
        int other = HashCode.Combine(
            outcome.Value, outcome.Quantity, outcome.At, outcome.Customer, outcome.OrderId, outcome.Parent);
        return unchecked(((long)one << 32) | (uint)other);
    }

    private static int ProfileOf(in JourneyRow row) => row.Profile <= Unused ? Unused - row.Profile : row.Profile;

    private bool IsUsed(int number, out bool isNameless)
    {
        TouchProfile profile = tables.Profile(number);
        isNameless = !profile.IsTest && profile.Channel is null && profile.Partner.IsUnset;
        return !profile.IsTest && !isNameless;
    }

    // As rules see touches of one id: what was recorded first, then what comes first.
    private bool Precedes(in JourneyRow row, long recordedAt, (int Row, long RecordedAt, long Line) first)
    {
        JourneyRow held = Rows[first.Row];
        int result = recordedAt.CompareTo(first.RecordedAt);
        result = result != 0 ? result : row.At.CompareTo(held.At);
        result = result != 0 ? result : row.Sequence.CompareTo(held.Sequence);
        if (result != 0 || row.Profile == held.Profile)
        {
            return result < 0;
        }

        (TouchProfile one, TouchProfile other) = (tables.Profile(ProfileOf(row)), tables.Profile(ProfileOf(held)));
        result = one.Partner.CompareTo(other.Partner);
        result = result != 0 ? result : string.CompareOrdinal(one.Kind.ToString(), other.Kind.ToString());
        result = result != 0 ? result : one.IsTest.CompareTo(other.IsTest);
        return (result != 0 ? result : string.CompareOrdinal(one.Text, other.Text)) < 0;
    }

    // As settling lists them.
    private void RejectContradictions()
    {
        foreach ((JourneyRow row, long recordedAt, long at) in others)
        {
            if (row != Rows[firsts[row.Id].Row])
            {
                Touchpoint touch = TouchOf(row, recordedAt);
                Reason because = Reason.Of(SettleCodes.TouchConflict, ("touch", touch.Id));
                rejected.Add(
                    new SetAside(because.Code, touch.Id.Value, because.ToString(), touch, at).ToLine());
            }
        }

        others.Clear();
        RejectedLine[] ordered = [.. rejected.OrderBy(static r => r.Line)];
        rejected.Clear();
        rejected.AddRange(ordered);
    }

    private Touchpoint TouchOf(in JourneyRow row, long recordedAt)
    {
        TouchProfile what = tables.Profile(ProfileOf(row));
        return new()
        {
            Id = new(Encoding.ASCII.GetString(ids[row.Id])),
            At = InstantBytes.ToInstant(row.At),
            RecordedAt = InstantBytes.ToInstant(recordedAt),
            Customer = tables.Customer(row.Customer),
            Partner = what.Partner,
            Kind = what.Kind,
            Channel = what.Channel,
            Sequence = row.Sequence == 0 ? null : row.Sequence,
            Facts = what.Facts,
            IsTest = what.IsTest,
        };
    }

    private void Take(Outcome outcome, int ownTouch, string name)
    {
        if (outcome.IsTest || (kinds.Count > 0 && !kinds.Contains(outcome.Kind)))
        {
            return;
        }

        if (outcome.Value is { } money)
        {
            Currency ??= money.Currency;
            OtherCurrency ??= Currency != money.Currency ? (outcome.Id, money) : null;
        }

        if (ownTouch <= Named)
        {
            owned.Add((Named - ownTouch, outcome, name));
        }
        else
        {
            Count(ownTouch >= 0 ? ownTouch : AddConversion(outcome), outcome, name);
        }
    }

    private void Count(int row, Outcome outcome, string name)
    {
        if (row >= 0)
        {
            RowConversions held = ConversionsOf(row);
            bool isFirst = held.Count == 0 || string.CompareOrdinal(name, held.Name) < 0;
            conversions[row] = new(
                held.Count + 1, held.Value + (outcome.Value?.Amount ?? 0), isFirst ? name : held.Name);
        }
    }

    private int Add(in JourneyRow row)
    {
        Rows.Add(row);
        return Rows.Count - 1;
    }

    private int AddConversion(Outcome outcome)
    {
        if (outcome.Customer is not { } customer || !InstantBytes.TryHold(outcome.At, out long at)
            || !tables.TryAddCustomer(Encoding.ASCII.GetBytes(customer.Value), out int number))
        {
            Homeless++;
            return -1;
        }

        return Add(new(number, at, long.MaxValue, -1, -1));
    }
}
