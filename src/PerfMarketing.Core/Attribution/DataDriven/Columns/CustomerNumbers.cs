namespace PerfMarketing.Attribution.DataDriven.Columns;

/// <summary>
/// Gives customers of 64-bit ids the small numbers that columns need, in the order in which they came.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class CustomerNumbers
{
    /// <summary>The most customers.</summary>
    public const int CountMax = 1 << 29;

    private long[] keys = new long[1_024];
    private int[] numbers = new int[1_024];

    /// <summary>How many customers there are.</summary>
    public int Count { get; private set; }

    /// <summary>The numbers of customers, who are added when new.</summary>
    /// <param name="ids">The customers' ids.</param>
    /// <param name="found">Receives a number for each.</param>
    /// <exception cref="ArgumentException">There is less room than there are ids.</exception>
    /// <exception cref="InvalidOperationException">There are too many customers.</exception>
    public void Number(ReadOnlySpan<long> ids, Span<int> found)
    {
        if (found.Length < ids.Length)
        {
            throw new ArgumentException("There is less room than there are ids.", nameof(found));
        }

        for (int i = 0; i < ids.Length; i++)
        {
            found[i] = NumberOf(ids[i]);
        }
    }

    private static int SlotOf(long id, int mask) => unchecked(
        (int)(((ulong)id * 0x9E3779B97F4A7C15) >> 32)) & mask;

    private int NumberOf(long id)
    {
        int mask = keys.Length - 1;
        int slot = SlotOf(id, mask);
        while (numbers[slot] != 0)
        {
            if (keys[slot] == id)
            {
                return numbers[slot] - 1;
            }

            slot = (slot + 1) & mask;
        }

        if (Count == CountMax)
        {
            throw new InvalidOperationException($"There are more than {CountMax} customers.");
        }

        keys[slot] = id;
        numbers[slot] = ++Count;
        if (2 * (long)Count > keys.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Grow()
    {
        (long[] oldKeys, int[] oldNumbers) = (keys, numbers);
        keys = new long[4 * oldKeys.Length];
        numbers = new int[keys.Length];
        for (int i = 0; i < oldKeys.Length; i++)
        {
            if (oldNumbers[i] != 0)
            {
                int slot = SlotOf(oldKeys[i], keys.Length - 1);
                while (numbers[slot] != 0)
                {
                    slot = (slot + 1) & (keys.Length - 1);
                }

                (keys[slot], numbers[slot]) = (oldKeys[i], oldNumbers[i]);
            }
        }
    }
}
