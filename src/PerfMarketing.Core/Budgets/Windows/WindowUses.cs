using NodaTime;

namespace PerfMarketing.Budgets.Windows;

/// <summary>What the windows of a budget used so far; windows that used nothing may be left out.</summary>
public sealed class WindowUses
{
    private readonly Instant[] starts;
    private readonly long[] before;

    /// <summary>What windows used.</summary>
    /// <param name="uses">The windows, in any order; several of one window add up.</param>
    /// <exception cref="OverflowException">More than 9 × 10^18 units were used in all.</exception>
    public WindowUses(IEnumerable<WindowUse> uses)
    {
        ArgumentNullException.ThrowIfNull(uses);
        WindowUse[] sorted = [.. uses.OrderBy(static u => u.Start)];
        starts = [.. sorted.Select(static u => u.Start)];
        before = new long[sorted.Length + 1];
        for (int i = 0; i < sorted.Length; i++)
        {
            before[i + 1] = checked(before[i] + sorted[i].Used);
        }
    }

    /// <summary>Nothing used yet.</summary>
    public static WindowUses None { get; } = new([]);

    /// <summary>The start of the first window that used something; null when none did.</summary>
    internal Instant? First => starts.Length > 0 ? starts[0] : null;

    /// <summary>The start of the first window from an instant on that used something; null when none did.</summary>
    internal Instant? FirstFrom(Instant at) => Index(at) is var index && index < starts.Length ? starts[index] : null;

    /// <summary>What the windows used that start in <c>[from, to)</c>.</summary>
    /// <param name="from">The first instant inside.</param>
    /// <param name="to">The first instant after.</param>
    public long Sum(Instant from, Instant to) => from < to ? before[Index(to)] - before[Index(from)] : 0;

    private int Index(Instant at)
    {
        (int low, int high) = (0, starts.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = starts[middle] < at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
