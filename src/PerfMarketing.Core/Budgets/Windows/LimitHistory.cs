using NodaTime;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Windows;

/// <summary>A limit and all its changes: minor units of a currency, or pieces.</summary>
/// <param name="First">The first limit; not negative. 0 buys nothing.</param>
public sealed record LimitHistory(long First) : ITerms
{
    /// <summary>The most changes.</summary>
    public const int ChangesMax = 10_000;

    /// <summary>
    /// From when the first limit holds; null when it held before all that is asked for. What was used before counts
    /// all the same in the window in which it began.
    /// </summary>
    public Instant? Since { get; init; }

    /// <summary>The changes, in order; the later one of two at the same instant counts.</summary>
    public ValueList<LimitChange> Changes { get; init; } = [];

    /// <summary>The limit that holds at an instant; null before the first one.</summary>
    /// <param name="at">The instant.</param>
    public long? At(Instant at)
    {
        if (at < Since)
        {
            return null;
        }

        int last = LastChange(at);
        return last < 0 ? First : Changes[last].After;
    }

    /// <summary>This history with one more change.</summary>
    /// <param name="at">From when it holds; not before the last change.</param>
    /// <param name="limit">The new limit; not negative.</param>
    /// <param name="used">What was used then; see <see cref="LimitChange.Used"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The limit is out of range, or the change comes before the last one.
    /// </exception>
    public LimitHistory Change(Instant at, long limit, long used = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, BudgetCounter.AmountMax);
        LimitChange? last = Changes.Count > 0 ? Changes[^1] : null;
        ArgumentOutOfRangeException.ThrowIfLessThan(at, last?.At ?? Since ?? Instant.MinValue);
        return this with { Changes = [.. Changes, new(at, last?.After ?? First, limit, used)] };
    }

    /// <summary>Reads a limit and its changes.</summary>
    /// <param name="terms">The terms.</param>
    public static LimitHistory Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Integer("first"))
        {
            Since = terms.OptionalInstant("since"),
            Changes = terms.List("changes", LimitChange.Read, 0, ChangesMax),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("first", First);
        terms.Instant("since", Since);
        terms.List("changes", Changes);
    }

    // With room for one more change: without the older half of them when there are as many as there may be.
    internal LimitHistory Shortened()
    {
        const int Older = ChangesMax / 2;
        return Changes.Count < ChangesMax
            ? this
            : this with { First = Changes[Older - 1].After, Changes = [.. Changes.AsSpan()[Older..]] };
    }

    // The highest limit in force from an instant up to and with a later one.
    internal long Highest(Instant from, Instant to)
    {
        long highest = At(from) ?? 0;
        highest = Since > from && Since <= to ? Math.Max(highest, First) : highest;
        for (int i = LastChange(from) + 1; i < Changes.Count && Changes[i].At <= to; i++)
        {
            highest = Math.Max(highest, Changes[i].After);
        }

        return highest;
    }

    // The first change after an instant; null when there is none.
    internal Instant? ChangeAfter(Instant at) =>
        LastChange(at) + 1 is var next && next < Changes.Count ? Changes[next].At : null;

    // The last time after an instant, up to and with a later one, that a limit began to hold; what was used is null
    // where the first one did.
    internal (Instant At, long? Used)? LastBegun(Instant after, Instant to)
    {
        int last = LastChange(to);
        return last >= 0 && Changes[last].At > after ? (Changes[last].At, Changes[last].Used)
            : Since is { } since && since > after && since <= to ? (since, null)
            : null;
    }

    private int LastChange(Instant at)
    {
        (int low, int high) = (0, Changes.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Changes[middle].At <= at ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
