using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
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
    /// <param name="degree">By how many threads they are grouped.</param>
    public JourneyIndex Group(int degree) => new(Touches, Customers, Partners(), (Begin, degree));

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
