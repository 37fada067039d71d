using System.Numerics;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Benchmarks.Settlement;

/// <summary>
/// A log of orders over 90 days with five touches each of fifty partners, made from a seed, and the terms it is settled
/// under: last touch within 30 days, graduated monthly tiers.
/// </summary>
internal sealed class SettlementWorld
{
    /// <summary>When the statements are cut.</summary>
    public static readonly Instant End = Instant.FromUtc(2026, 5, 1, 0, 0);

    private const int PartnerCount = 50;
    private const int TouchesPerOrder = 5;

    private static readonly Instant Begin = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly double LengthNanoseconds = Duration.FromDays(90).TotalNanoseconds;

    private ulong seed;

    /// <summary>Makes the log.</summary>
    public SettlementWorld(ulong number, int orders)
    {
        seed = number;
        int customers = (orders + 1) / 2;
        Touches = new TouchRow[orders * TouchesPerOrder];
        for (int i = 0; i < Touches.Length; i++)
        {
            long nanoseconds = (long)(LengthNanoseconds * ((double)i / Touches.Length));
            Touches[i] = new(nanoseconds, Next(customers), (byte)Next(PartnerCount));
        }

        Customers = [.. Enumerable.Range(0, customers).Select(static i => new CustomerId($"c{i}"))];

        Orders = new CampaignInput[orders];
        for (int i = 0; i < orders; i++)
        {
            Orders[i] = new CampaignInput.OfOutcome(new()
            {
                Id = new($"order-{i}"), At = At(i, orders), Kind = "sale", Customer = Customers[Next(customers)],
                Value = Money.FromMinor(500 + Next(29_500), Currency.Eur),
            });
        }
    }

    /// <summary>The orders, in the order in which they were recorded.</summary>
    public CampaignInput[] Orders { get; }

    /// <summary>The touches, in the order in which they happened.</summary>
    public TouchRow[] Touches { get; }

    /// <summary>The customers, by their numbers.</summary>
    public CustomerId[] Customers { get; }

    /// <summary>The terms.</summary>
    public static Campaign Terms()
    {
        ContractDraft draft = ContractDraft.For("shop").PaidBy("acme").In(Currency.Eur, "Europe/Berlin");
        foreach (PartnerId partner in Partners())
        {
            draft = draft.WithPartner(partner.Value);
        }

        Tiered tiers = new([new(5.Percent, 50_000), new(8.Percent, 200_000), new(10.Percent)])
        {
            Of = Measure.Value,
        };
        CampaignDraft campaign = draft.Pays("sale", tiers).ToCampaign();
        return (campaign with { Attribution = new LastTouch { Lookback = LookbackWindow.Days(30) } }).Build();
    }

    /// <summary>The touches by customer, in the order in which they happened.</summary>
    public JourneyIndex Group() => new(Touches, Customers, Partners(), Begin);

    private static PartnerId[] Partners() =>
        [.. Enumerable.Range(0, PartnerCount).Select(static i => new PartnerId($"partner-{i}"))];

    // SplitMix64.
    private int Next(int bound)
    {
        unchecked
        {
            seed += 0x9E37_79B9_7F4A_7C15;
            ulong mixed = (seed ^ (seed >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
        }
    }

    private static Instant At(int number, int count) =>
        Begin + Duration.FromNanoseconds((long)(LengthNanoseconds * ((double)number / count)));
}

/// <summary>One touch of a log as it is held: its customer and partner are numbers.</summary>
/// <param name="Nanoseconds">When it happened, from the beginning of the log.</param>
/// <param name="Customer">The number of the customer.</param>
/// <param name="Partner">The number of the partner.</param>
internal readonly record struct TouchRow(long Nanoseconds, int Customer, byte Partner);

/// <summary>
/// The touches of a log by customer: one counting sort, which keeps their order, and a table in which a customer and
/// the
/// place of its touches lie side by side, so that finding them misses the caches as seldom as can be.
/// </summary>
internal sealed class JourneyIndex : IJourneySource
{
    [ThreadStatic]
    private static JourneyTouch[]? buffer;

    private readonly PartnerId[] partners;
    private readonly Instant begin;
    private readonly Slot[] slots;
    private readonly TouchRow[] rows;

    /// <summary>Groups the touches.</summary>
    public JourneyIndex(TouchRow[] all, CustomerId[] customers, PartnerId[] partners, Instant begin)
    {
        (this.partners, this.begin) = (partners, begin);
        var starts = new int[customers.Length + 1];
        foreach (TouchRow row in all)
        {
            starts[row.Customer + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        int[] next = [.. starts];
        rows = new TouchRow[all.Length];
        foreach (TouchRow row in all)
        {
            rows[next[row.Customer]++] = row;
        }

        slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)(2 * customers.Length))];
        for (int i = 0; i < customers.Length; i++)
        {
            SlotOf(customers[i]) = new(customers[i], starts[i], starts[i + 1] - starts[i]);
        }
    }

    /// <inheritdoc/>
    public Journey Find(Outcome outcome)
    {
        Slot customer = SlotOf(outcome.Customer!.Value);
        ReadOnlySpan<TouchRow> own = rows.AsSpan(customer.Start, customer.Count);
        JourneyTouch[] journey = buffer ??= new JourneyTouch[64];
        if (own.Length > journey.Length)
        {
            buffer = journey = new JourneyTouch[2 * own.Length];
        }

        // What comes after the outcome is not known when it is decided.
        long last = (outcome.At - begin).ToInt64Nanoseconds();
        int count = 0;
        while (count < own.Length && own[count].Nanoseconds <= last)
        {
            Instant at = begin + Duration.FromNanoseconds(own[count].Nanoseconds);
            journey[count] = new()
            {
                At = at, RecordedAt = at, Sequence = count, Partner = partners[own[count].Partner],
                Kind = TouchpointKind.Click,
            };
            count++;
        }

        return new(journey.AsMemory(0, count));
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

    private readonly record struct Slot(CustomerId Customer, int Start, int Count);
}
