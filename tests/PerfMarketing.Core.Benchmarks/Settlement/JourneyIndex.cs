using System.Numerics;
using System.Runtime.CompilerServices;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;

namespace PerfMarketing.Benchmarks.Settlement;

/// <summary>
/// The touches of a log by customer: one counting sort, which keeps their order, and a table in which a customer and
/// the place of its touches lie side by side, so that finding them misses the caches as seldom as can be.
/// </summary>
/// <remarks>
/// Whoever has a batch says which outcomes come next: their customers are then looked up one after the other, and the
/// processor waits for many of the misses at once.
/// </remarks>
internal sealed class JourneyIndex : IJourneySource
{
    /// <summary>How many outcomes are best looked up at once.</summary>
    public const int Few = 256;

    private const int PartnerBits = 8;

    [ThreadStatic]
    private static Desk? desk;

    private readonly PartnerId[] partners;
    private readonly Instant begin;
    private readonly Slot[] slots;

    // When, in nanoseconds from the beginning, and in the lowest bits by whom: half of what a row of the log takes.
    private readonly long[] rows;

    /// <summary>Groups the touches.</summary>
    public JourneyIndex(TouchRow[] all, CustomerId[] customers, PartnerId[] partners, (Instant Begin, int Degree) how)
    {
        (this.partners, begin) = (partners, how.Begin);
        rows = new long[all.Length];
        int[] ends = Group(all, customers.Length, how.Degree);
        slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)(2 * customers.Length))];
        for (int i = 0; i < customers.Length; i++)
        {
            int start = i == 0 ? 0 : ends[i - 1];
            SlotOf(customers[i]) = new(customers[i], (start, ends[i] - start));
        }
    }

    /// <summary>Says which outcomes this thread asks for next, in this order.</summary>
    /// <param name="next">The outcomes.</param>
    public void Expect(ReadOnlySpan<CampaignInput> next)
    {
        Desk own = desk ??= new();
        own.Begin(next.Length);
        for (int i = 0; i < next.Length; i++)
        {
            Outcome outcome = ((CampaignInput.OfOutcome)next[i]).Outcome;
            own.Outcomes[i] = outcome;
            own.Places[i] = outcome.Customer!.Value.GetHashCode() & (slots.Length - 1);
        }

        for (int i = 0; i < next.Length; i++)
        {
            ref Slot slot = ref slots[own.Places[i]];
            CustomerId customer = own.Outcomes[i].Customer!.Value;
            own.Found[i] = (slot.Customer == customer ? slot : SlotOf(customer)).Rows;
        }

        long sum = 0;
        foreach ((int start, int count) in own.Found.AsSpan(0, next.Length))
        {
            sum ^= count > 0 ? rows[start] ^ rows[start + count - 1] : 0;
        }

        own.Sum = sum;
    }

    /// <inheritdoc/>
    public Journey Find(Outcome outcome)
    {
        Desk own = desk ??= new();
        (int start, int length) = own.TryTake(outcome, out (int, int) found)
            ? found
            : SlotOf(outcome.Customer!.Value).Rows;
        ReadOnlySpan<long> touches = rows.AsSpan(start, length);
        JourneyTouch[] journey = own.RoomFor(touches.Length);

        // What comes after the outcome is not known when it is decided.
        long last = (outcome.At - begin).ToInt64Nanoseconds();
        int count = 0;
        while (count < touches.Length && touches[count] >> PartnerBits <= last)
        {
            Instant at = begin + Duration.FromNanoseconds(touches[count] >> PartnerBits);
            journey[count] = new()
            {
                At = at, RecordedAt = at, Sequence = count, Partner = partners[(int)(touches[count] & byte.MaxValue)],
                Kind = TouchpointKind.Click,
            };
            count++;
        }

        return new(journey.AsMemory(0, count));
    }

    // Each thread takes the touches of its part of the customers.
    private int[] Group(TouchRow[] all, int customers, int degree)
    {
        var ends = new int[customers];
        int[] bounds = [.. Enumerable.Range(0, degree + 1).Select(i => (int)((long)customers * i / degree))];
        Parallel.For(0, degree, part => Count(all, ends, bounds[part], bounds[part + 1]));
        int sum = 0;
        for (int i = 0; i < customers; i++)
        {
            (ends[i], sum) = (sum, sum + ends[i]);
        }

        // What begins as the start of a customer's touches is their end when all have been moved.
        Parallel.For(0, degree, part => Move(all, rows, ends, (bounds[part], bounds[part + 1])));
        return ends;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(ReadOnlySpan<TouchRow> all, Span<int> counts, int from, int to)
    {
        foreach (ref readonly TouchRow row in all)
        {
            if (row.Customer >= from && row.Customer < to)
            {
                counts[row.Customer]++;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Move(
        ReadOnlySpan<TouchRow> all, Span<long> target, Span<int> places, in (int From, int To) part)
    {
        (int from, int to) = part;
        foreach (ref readonly TouchRow row in all)
        {
            if (row.Customer >= from && row.Customer < to)
            {
                target[places[row.Customer]++] = (row.Nanoseconds << PartnerBits) | row.Partner;
            }
        }
    }

    private ref Slot SlotOf(CustomerId customer)
    {
        int place = customer.GetHashCode() & (slots.Length - 1);
        while (!slots[place].Customer.IsUnset && slots[place].Customer != customer)
        {
            place = (place + 1) & (slots.Length - 1);
        }

        return ref slots[place];
    }

    private readonly record struct Slot(CustomerId Customer, (int Start, int Count) Rows);

    /// <summary>What one thread has before it: outcomes that were announced, and room for one journey.</summary>
    private sealed class Desk
    {
        private JourneyTouch[] journey = new JourneyTouch[64];
        private int count;
        private int next;

        public Outcome[] Outcomes { get; private set; } = [];

        public int[] Places { get; private set; } = [];

        public (int Start, int Count)[] Found { get; private set; } = [];

        // Of no use, but that what is read for it is in the caches then.
        public long Sum { get; set; }

        public void Begin(int expected)
        {
            (count, next) = (expected, 0);
            if (expected > Outcomes.Length)
            {
                (Outcomes, Places, Found) = (new Outcome[expected], new int[expected], new (int, int)[expected]);
            }
        }

        public bool TryTake(Outcome outcome, out (int Start, int Count) found)
        {
            bool isNext = next < count && ReferenceEquals(Outcomes[next], outcome);
            found = isNext ? Found[next++] : default;
            return isNext;
        }

        public JourneyTouch[] RoomFor(int touches) =>
            touches <= journey.Length ? journey : journey = new JourneyTouch[2 * touches];
    }
}
