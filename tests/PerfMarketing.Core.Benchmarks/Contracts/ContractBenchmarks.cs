using BenchmarkDotNet.Attributes;
using FluentValidation.Results;
using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Tallies;

namespace PerfMarketing.Benchmarks.Contracts;

/// <summary>Contracts: a million outcomes priced against twenty clauses, drafts validated and read.</summary>
[MemoryDiagnoser]
public class ContractBenchmarks
{
    private const int OutcomeCount = 1_000_000;

    private static readonly string[] Countries =
        [.. Enumerable.Range(0, 20).Select(static i => $"{(char)('A' + i)}{(char)('Z' - i)}")];

    private readonly Contract contract = DraftOf(20).Build();
    private readonly ContractDraft fifty = DraftOf(50);
    private readonly string json = TermJson.Write(DraftOf(50));
    private readonly FactSet[] facts =
        [.. Countries.Select(static c => FactSet.Create(Facts.Country.Of(c), Facts.Device.Of("mobile")))];

    private readonly ClausePricing pricing = new();

    /// <summary>What a first version would be: an if for each country, floating point, no lines.</summary>
    [Benchmark(Baseline = true)]
    public double NaiveMillion()
    {
        double sum = 0;
        for (int i = 0; i < OutcomeCount; i++)
        {
            facts[i % 20].TryGet(Facts.Country, out string? country);
            for (int k = 0; k < 20; k++)
            {
                if (country == Countries[k])
                {
                    sum += Math.Min((i % 1_000) * (0.01 + (k * 0.001)), 80);
                    break;
                }
            }
        }

        return sum;
    }

    [Benchmark]
    public long PriceMillion()
    {
        long sum = 0;
        Instant at = Instant.FromUtc(2026, 3, 1, 0, 0);
        Beneficiary[] one = [new(new PartnerId("p-blog"), 1, Tally.Zero(Currency.Eur))];
        for (int i = 0; i < OutcomeCount; i++)
        {
            FactSet known = facts[i % 20];
            Clause clause = contract.FindClause(new ClauseSubject("sale", known, at) { Partner = one[0].Partner })!;
            sum += pricing.Price(clause, new((i % 1_000).Eur, 1, known), one, 1)[0].Amount.MinorUnits;
        }

        return sum;
    }

    [Benchmark]
    public ValidationResult ValidateFiftyClauses() => fifty.Validate();

    [Benchmark]
    public ContractDraft ReadFiftyClauses() => CampaignJson.ParseContract(json);

    private static ContractDraft DraftOf(int clauses)
    {
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin");
        for (int i = 0; i < clauses; i++)
        {
            Percentage rate = Percentage.FromFraction(0.01m + (i * 0.001m));
            Condition when = When.All(
                When.Fact(Facts.Country).Is(Countries[i % 20]), When.Fact(Facts.Device).Is("mobile"));
            draft = draft.Pays("sale", Pay.RevenueShare(rate).CappedAt(80.Eur), c => c.If(when));
        }

        return draft;
    }
}
