using System.Runtime.InteropServices;

namespace PerfMarketing.Settlement.Amounts;

/// <summary>The outcomes of a run, grouped by customer and sorted by time, with the newest touch before each.</summary>
/// <remarks>
/// A touch is noted with the first outcome at or after it; an outcome without a touch of its own takes over the touch
/// of the one before. So each touch is looked at once, in whatever order it comes.
/// </remarks>
internal sealed class OutcomeSlots
{
    /// <summary>The most customers: numbers from 0 to one below.</summary>
    public const int CustomerCountMax = 100_000_000;

    private readonly int[] starts;
    private readonly Slot[] slots;

    /// <summary>The outcomes that are valid and whose customers are known, without their touches.</summary>
    public OutcomeSlots(in OutcomeColumns outcomes, long from, long to)
    {
        ReadOnlySpan<int> customers = outcomes.Customers;
        starts = new int[CustomerCountOf(customers) + 2];
        for (int i = 0; i < customers.Length; i++)
        {
            if (Counts(outcomes, i, from, to))
            {
                starts[customers[i] + 2]++;
            }
        }

        for (int i = 2; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        slots = new Slot[starts[^1]];
        for (int i = 0; i < customers.Length; i++)
        {
            if (Counts(outcomes, i, from, to))
            {
                slots[starts[customers[i] + 1]++] = new() { At = outcomes.Ticks[i], Value = outcomes.Values[i] };
            }
        }

        SortEach();
    }

    /// <summary>How many customers there are.</summary>
    public int CustomerCount => starts.Length - 2;

    /// <summary>The outcomes, by customer.</summary>
    public ReadOnlySpan<Slot> All => slots;

    /// <summary>The outcomes of a customer, oldest first.</summary>
    public Span<Slot> Of(int customer) => slots.AsSpan(starts[customer], starts[customer + 1] - starts[customer]);

    /// <summary>Notes a touch with the first outcome at or after it.</summary>
    public void Note(int customer, long ticks, int partner)
    {
        if (customer < 0 || customer >= CustomerCount)
        {
            return;
        }

        int first = starts[customer];
        int end = starts[customer + 1];
        if (first == end || ticks > slots[end - 1].At)
        {
            return;
        }

        ref Slot slot = ref slots[first];
        if (ticks > slot.At)
        {
            slot = ref slots[Search(ticks, first + 1, end - 1)];
        }

        if (slot.Touches++ == 0 || ticks >= slot.TouchedAt)
        {
            slot.TouchedAt = ticks;
            slot.Partner = partner;
        }
    }

    /// <summary>The place of the first outcome of a customer at or after a touch; −1 when there is none.</summary>
    public int Find(int customer, long ticks)
    {
        if (customer < 0 || customer >= CustomerCount)
        {
            return -1;
        }

        int first = starts[customer];
        int end = starts[customer + 1];
        return first == end || ticks > slots[end - 1].At ? -1 : Search(ticks, first, end - 1);
    }

    /// <summary>An outcome by its place.</summary>
    public ref Slot At(int place) => ref slots[place];

    private static int CustomerCountOf(ReadOnlySpan<int> customers)
    {
        int max = -1;
        foreach (int customer in customers)
        {
            max = Math.Max(max, customer);
        }

        return max < CustomerCountMax
            ? max + 1
            : throw new ArgumentException($"Customers are numbered from 0 to below {CustomerCountMax}.");
    }

    private static bool Counts(in OutcomeColumns outcomes, int row, long from, long to) =>
        outcomes.Customers[row] >= 0 && outcomes.Values[row] >= 0
        && outcomes.Ticks[row] >= from && outcomes.Ticks[row] < to;

    private int Search(long ticks, int low, int high)
    {
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = slots[middle].At < ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    // After filling, starts[c + 1] is the end of customer c and the start of the next. Outcomes come mostly in order.
    private void SortEach()
    {
        for (int customer = 0; customer < CustomerCount; customer++)
        {
            Span<Slot> own = Of(customer);
            for (int i = 1; i < own.Length; i++)
            {
                if (own[i].At < own[i - 1].At)
                {
                    own.Sort(static (x, y) => x.At.CompareTo(y.At));
                    break;
                }
            }
        }
    }

    /// <summary>One outcome.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Slot
    {
        /// <summary>When it occurred.</summary>
        public long At;

        /// <summary>When the newest touch noted with it happened.</summary>
        public long TouchedAt;

        /// <summary>What it is worth.</summary>
        public long Value;

        /// <summary>Whose that touch is.</summary>
        public int Partner;

        /// <summary>How many touches are noted with it.</summary>
        public int Touches;

        /// <summary>Whether nobody gets the credit for it.</summary>
        public bool IsRefused
        {
            readonly get => Value < 0;
            set => Value = value && Value >= 0 ? ~Value : Value;
        }
    }
}
