using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Benchmarks.Settlement;

/// <summary>Settles 100,000 sales of five partners over six months.</summary>
[MemoryDiagnoser]
public class SettlementBenchmarks
{
    private const int Count = 100_000;

    private static readonly Instant Begin = Instant.FromUtc(2026, 1, 5, 9, 0);
    private static readonly Instant End = Instant.FromUtc(2026, 8, 1, 0, 0);

    private readonly OneTouch journeys = new();
    private Campaign campaign = null!;
    private Campaign budgeted = null!;
    private CampaignInput[] inputs = [];
    private LedgerEntry[] entries = [];

    /// <summary>Makes the log and its earnings.</summary>
    [GlobalSetup]
    public void Setup()
    {
        CampaignDraft draft = ContractDraft.For("shop").PaidBy("acme")
            .WithPartner("p0").WithPartner("p1").WithPartner("p2").WithPartner("p3").WithPartner("p4")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(12.Percent).CappedAt(80.Eur))
            .ToCampaign();
        campaign = draft.Build();
        budgeted = draft.BudgetedAt(monthly: 5_000_000.Eur).Build();
        inputs = [.. Enumerable.Range(0, Count).Select(InputOf)];
        entries = [.. Run(campaign).Entries];
    }

    /// <summary>Every sale decided: received, attributed, priced, posted.</summary>
    [Benchmark]
    public int Decide() => Run(campaign).Entries.Count;

    /// <summary>The same with a monthly budget.</summary>
    [Benchmark]
    public int DecideWithinBudget() => Run(budgeted).Entries.Count;

    /// <summary>100,000 earnings folded into a state and cut into statements.</summary>
    [Benchmark]
    public int FoldAndCut()
    {
        CampaignState state = new(campaign);
        foreach (LedgerEntry entry in entries)
        {
            state.Apply(entry);
        }

        return Cut().Count;
    }

    /// <summary>100,000 earnings cut into statements.</summary>
    [Benchmark]
    public ValueList<Statement> Cut() => StatementBook.Build(campaign, entries, [], End);

    /// <summary>The least that any cut does: sums by partner and month.</summary>
    [Benchmark(Baseline = true)]
    public int NaiveSums()
    {
        Dictionary<(PartnerId Partner, LocalDate Month), Money> sums = [];
        foreach (LedgerEntry entry in entries)
        {
            LocalDate date = entry.DecidedAt.InZone(campaign.Calendar.Zone).Date;
            var key = (entry.Partner, new LocalDate(date.Year, date.Month, 1));
            sums[key] = sums.GetValueOrDefault(key, Money.Zero(Currency.Eur)) + entry.Amount;
        }

        return sums.Count;
    }

    private CampaignRun Run(Campaign terms)
    {
        CampaignRun run = new(terms, journeys);
        foreach (CampaignInput input in inputs)
        {
            run.Process(input);
        }

        return run;
    }

    private static CampaignInput InputOf(int number)
    {
        Instant at = Begin + Duration.FromMinutes(2.5 * number);
        return new CampaignInput.OfOutcome(new()
        {
            Id = new($"o{number}"),
            At = at,
            Kind = "sale",
            Customer = new CustomerId($"c{number}"),
            Value = Money.FromMinor(1_000 + (number % 90_000), Currency.Eur),
        });
    }

    private sealed class OneTouch : IJourneySource
    {
        private readonly JourneyTouch[] touches = [.. Enumerable.Range(0, 5).Select(static i => new JourneyTouch
        {
            Id = new($"t{i}"),
            At = Begin - Duration.FromHours(1),
            RecordedAt = Begin - Duration.FromHours(1),
            Partner = new($"p{i}"),
            Kind = TouchpointKind.Click,
        })];

        public Journey Find(Outcome outcome)
        {
            int partner = (int)((outcome.Value!.Value.MinorUnits - 1_000) % 5);
            return new(touches.AsMemory(partner, 1));
        }
    }
}
