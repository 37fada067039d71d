using NodaTime;
using PerfMarketing.Identity;

namespace PerfMarketing.Tallies;

/// <summary>What of one room of a limit is used and reserved, and who waits for it.</summary>
/// <remarks>
/// The fold of the room's entries: the newest entry of a clause and an outcome replaces the one before. Every function
/// is O(1), or O(log n) in what waits. Not thread-safe.
/// </remarks>
public sealed class LimitState
{
    // Most rooms, such as those of one customer, hold very little: an index is made for those that hold more.
    private const int IndexFrom = 16;

    // Shares of an outcome are rounded to twelve decimals: a million outcomes in thirds are off by less than this,
    // which is no room and no lack of it. No currency has so small a unit.
    internal const decimal Tolerance = 0.000_01m;

    private const int Decimals = 6;

    private LimitEntry[] entries = new LimitEntry[1];
    private int count;
    private Dictionary<(ClauseId, int, OutcomeId), int>? index;
    private SortedSet<(Instant At, OutcomeId Outcome, ClauseId Clause, int Version)>? waiting;
    private decimal used;
    private decimal reserved;

    /// <summary>
    /// What was paid: outcomes, to a millionth, or major units of the contract's currency; below zero when more was
    /// taken back.
    /// </summary>
    public decimal Used => Shown(used);

    /// <summary>What is set aside for what is not sure yet.</summary>
    public decimal Reserved => Shown(reserved);

    /// <summary>Used and reserved together.</summary>
    public decimal Taken => Shown(used + reserved);

    /// <summary>How many outcomes wait.</summary>
    public int WaitingCount => waiting?.Count ?? 0;

    /// <summary>The outcome whose turn has come: the first that waits, when there is room for it; else null.</summary>
    public OutcomeId? Due => waiting is { Count: > 0 } && waiting.Min is var first
        && Taken <= Find(first.Clause, first.Outcome, first.Version).Room + Tolerance ? first.Outcome : null;

    /// <summary>How a clause's price of an outcome stands; free when nothing is known of it.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="version">The contract's version, where the entry names it; else 0.</param>
    public LimitEntry Find(ClauseId clause, OutcomeId outcome, int version = 0) =>
        PlaceOf(clause, version, outcome) is var place and >= 0
            ? entries[place]
            : new() { Clause = clause, Version = version, Outcome = outcome };

    /// <summary>Whether another outcome waits that comes before one.</summary>
    /// <param name="clause">The clause that prices the outcome.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="occurredAt">When it occurred.</param>
    /// <param name="version">The contract's version, where the entry names it; else 0.</param>
    public bool IsBehind(ClauseId clause, OutcomeId outcome, Instant occurredAt, int version = 0) =>
        waiting is { Count: > 0 } && waiting.Min.CompareTo((occurredAt, outcome, clause, version)) < 0;

    /// <summary>When the first outcome occurred that was paid, leaving one out; null when there is none.</summary>
    /// <remarks>O(n); for rooms of one customer.</remarks>
    /// <param name="except">The outcome to leave out.</param>
    public Instant? FirstBeside(OutcomeId except)
    {
        Instant? first = null;
        foreach (LimitEntry entry in entries.AsSpan(0, count))
        {
            if (entry.Phase == LimitPhase.Used && entry.Outcome != except
                && (first is not { } earlier || entry.OccurredAt < earlier))
            {
                first = entry.OccurredAt;
            }
        }

        return first;
    }

    /// <summary>Folds an entry in. The only function that changes the state.</summary>
    /// <param name="entry">The entry.</param>
    /// <exception cref="ArgumentException">The entry sets aside, or waits for, less than nothing.</exception>
    public void Apply(in LimitEntry entry)
    {
        if (entry.Amount < 0 && entry.Phase != LimitPhase.Used)
        {
            throw new ArgumentException("Only what was paid can be less than nothing.", nameof(entry));
        }

        int place = PlaceOf(entry.Clause, entry.Version, entry.Outcome);
        if (place < 0)
        {
            place = Add(entry);
        }
        else
        {
            Count(entries[place], -1);
            entries[place] = entry;
        }

        Count(entry, 1);
    }

    // Without what shares were rounded by, and without zeros at the end.
    private static decimal Shown(decimal sum) =>
        sum.Scale <= Decimals ? sum : decimal.Round(sum, Decimals) / 1.000_000_000_000m;

    private void Count(in LimitEntry entry, int sign)
    {
        switch (entry.Phase)
        {
            case LimitPhase.Used:
                used += sign * entry.Amount;
                break;
            case LimitPhase.Reserved:
                reserved += sign * entry.Amount;
                break;
            case LimitPhase.Waiting when sign > 0:
                (waiting ??= []).Add((entry.OccurredAt, entry.Outcome, entry.Clause, entry.Version));
                break;
            case LimitPhase.Waiting:
                waiting!.Remove((entry.OccurredAt, entry.Outcome, entry.Clause, entry.Version));
                break;
            default:
                break;
        }
    }

    private int Add(in LimitEntry entry)
    {
        if (count == entries.Length)
        {
            Array.Resize(ref entries, count * 2);
        }

        entries[count] = entry;
        index?.Add((entry.Clause, entry.Version, entry.Outcome), count);
        count++;
        if (count == IndexFrom)
        {
            index = new(IndexFrom * 2);
            for (int i = 0; i < count; i++)
            {
                index.Add((entries[i].Clause, entries[i].Version, entries[i].Outcome), i);
            }
        }

        return count - 1;
    }

    private int PlaceOf(ClauseId clause, int version, OutcomeId outcome)
    {
        if (index is not null)
        {
            return index.TryGetValue((clause, version, outcome), out int found) ? found : -1;
        }

        for (int i = 0; i < count; i++)
        {
            if (entries[i].Outcome == outcome && entries[i].Clause == clause && entries[i].Version == version)
            {
                return i;
            }
        }

        return -1;
    }
}
