using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Amounts;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Benchmarks.Settlement;

/// <summary>
/// 1,000,000 orders of 600,000 customers with 5,000,000 touches: 50 partners, 90 days, the last touch within 30 days,
/// graduated tiers of a month.
/// </summary>
[MemoryDiagnoser]
public class AmountRunBenchmarks
{
    private const int TouchCount = 5_000_000;
    private const int OrderCount = 1_000_000;
    private const int CustomerCount = 600_000;
    private const int PartnerCount = 50;
    private const long Window = 30 * NodaConstants.TicksPerDay;

    private static readonly Instant Begin = Instant.FromUtc(2026, 1, 1, 0, 0);

    private readonly int[] touchCustomers = new int[TouchCount];
    private readonly int[] touchPartners = new int[TouchCount];
    private readonly long[] touchTicks = new long[TouchCount];
    private readonly int[] customers = new int[OrderCount];
    private readonly long[] ticks = new long[OrderCount];
    private readonly long[] values = new long[OrderCount];
    private AmountRun run = null!;
    private ulong seed = 7;

    /// <summary>Makes the columns.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Fill(touchTicks, touchCustomers);
        Fill(ticks, customers);
        for (int i = 0; i < TouchCount; i++)
        {
            touchPartners[i] = (int)Below(PartnerCount);
        }

        for (int i = 0; i < OrderCount; i++)
        {
            values[i] = 500 + Below(19_500);
        }

        ValueList<PartnerId> partners =
            [.. Enumerable.Range(0, PartnerCount).Select(static i => new PartnerId($"p{i}"))];
        Tiered tiers = new([new(5.Percent, UpTo: 100_000), new(7.Percent, UpTo: 500_000), new(10.Percent)])
        {
            Of = Measure.Value,
        };
        ContractDraft contract = ContractDraft.For("shop").PaidBy("acme").In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", tiers) with
        {
            Partners = partners,
        };
        run = AmountRun.TryCreate(
            contract.ToCampaign().AttributedBy(new LastTouch { Lookback = LookbackWindow.Days(30) }).Build(),
            "sale",
            partners,
            Currency.Eur,
            out AmountRun? made,
            out ValueList<Reason> unsupported) ? made : throw new InvalidOperationException($"{unsupported}");
    }

    /// <summary>From columns, on one core.</summary>
    [Benchmark]
    public int Columns() =>
        run.Settle(new(touchCustomers, touchTicks, touchPartners), new(customers, ticks, values)).Count;

    /// <summary>Lists by customer and sums by partner and month of UTC, in floating point.</summary>
    [Benchmark(Baseline = true)]
    public int NaiveDictionaries()
    {
        Dictionary<int, List<(long At, int Partner)>> journeys = [];
        for (int i = 0; i < TouchCount; i++)
        {
            if (!journeys.TryGetValue(touchCustomers[i], out List<(long At, int Partner)>? own))
            {
                journeys.Add(touchCustomers[i], own = []);
            }

            own.Add((touchTicks[i], touchPartners[i]));
        }

        Dictionary<(int Partner, int Month), double> sums = [];
        for (int i = 0; i < OrderCount; i++)
        {
            if (journeys.TryGetValue(customers[i], out List<(long At, int Partner)>? own)
                && own.FindLastIndex(t => t.At <= ticks[i]) is >= 0 and int last
                && ticks[i] - own[last].At < Window)
            {
                var key = (own[last].Partner, DateTime.UnixEpoch.AddTicks(ticks[i]).Month);
                sums[key] = sums.GetValueOrDefault(key) + (values[i] / 100.0);
            }
        }

        return sums.Values.Count(static sum => Graduated(sum) > 0);
    }

    private static double Graduated(double sum) =>
        (Math.Min(sum, 100_000) * 0.05) + (Math.Clamp(sum - 100_000, 0, 400_000) * 0.07)
        + (Math.Max(sum - 500_000, 0) * 0.1);

    private void Fill(long[] at, int[] who)
    {
        for (int i = 0; i < at.Length; i++)
        {
            at[i] = Begin.ToUnixTimeTicks() + Below(90 * NodaConstants.TicksPerDay);
            who[i] = (int)Below(CustomerCount);
        }

        Array.Sort(at);
    }

    // SplitMix64.
    private long Below(long end)
    {
        unchecked
        {
            seed += 0x9E3779B97F4A7C15;
            ulong bits = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return (long)(((UInt128)(bits ^ (bits >> 31)) * (ulong)end) >> 64);
        }
    }
}
