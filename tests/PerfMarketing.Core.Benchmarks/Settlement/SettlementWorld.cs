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
    private static readonly Duration Length = Duration.FromDays(90);

    private ulong seed;

    /// <summary>Makes the log.</summary>
    public SettlementWorld(ulong number, int orders)
    {
        seed = number;
        int customers = (orders + 1) / 2;
        PartnerId[] partners = Partners();
        Touches = new JourneyTouch[orders * TouchesPerOrder];
        TouchCustomers = new int[Touches.Length];
        for (int i = 0; i < Touches.Length; i++)
        {
            Instant at = At(i, Touches.Length);
            TouchCustomers[i] = Next(customers);
            Touches[i] = new()
            {
                At = at, RecordedAt = at, Sequence = i, Partner = partners[Next(PartnerCount)],
                Kind = TouchpointKind.Click,
            };
        }

        CustomerId[] names = [.. Enumerable.Range(0, customers).Select(static i => new CustomerId($"c{i}"))];
        Customers = new(customers);
        for (int i = 0; i < names.Length; i++)
        {
            Customers.Add(names[i], i);
        }

        Orders = new CampaignInput[orders];
        for (int i = 0; i < orders; i++)
        {
            Orders[i] = new CampaignInput.OfOutcome(new()
            {
                Id = new($"order-{i}"), At = At(i, orders), Kind = "sale", Customer = names[Next(customers)],
                Value = Money.FromMinor(500 + Next(29_500), Currency.Eur),
            });
        }
    }

    /// <summary>The orders, in the order in which they were recorded.</summary>
    public CampaignInput[] Orders { get; }

    /// <summary>The touches, in the order in which they happened.</summary>
    public JourneyTouch[] Touches { get; }

    /// <summary>The number of the customer of each touch.</summary>
    public int[] TouchCustomers { get; }

    /// <summary>The numbers of the customers.</summary>
    public Dictionary<CustomerId, int> Customers { get; }

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
    public JourneyIndex Group() => new(Touches, TouchCustomers, Customers);

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

    private static Instant At(int number, int count) => Begin + (Length * ((double)number / count));
}

/// <summary>The touches of a log by customer: one counting sort, which keeps their order.</summary>
internal sealed class JourneyIndex : IJourneySource
{
    private readonly Dictionary<CustomerId, int> customers;
    private readonly int[] starts;
    private readonly JourneyTouch[] touches;

    /// <summary>Groups the touches.</summary>
    public JourneyIndex(JourneyTouch[] all, int[] owners, Dictionary<CustomerId, int> customers)
    {
        this.customers = customers;
        starts = new int[customers.Count + 1];
        foreach (int owner in owners)
        {
            starts[owner + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        int[] next = [.. starts];
        touches = new JourneyTouch[all.Length];
        for (int i = 0; i < all.Length; i++)
        {
            touches[next[owners[i]]++] = all[i];
        }
    }

    /// <inheritdoc/>
    public Journey Find(Outcome outcome)
    {
        int customer = customers[outcome.Customer!.Value];
        return new(touches.AsMemory(starts[customer], starts[customer + 1] - starts[customer]));
    }
}
