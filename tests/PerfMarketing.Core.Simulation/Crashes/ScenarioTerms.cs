using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Simulation.Worlds;

namespace PerfMarketing.Simulation.Crashes;

/// <summary>The terms of the stories, by name.</summary>
internal static class ScenarioTerms
{
    private static readonly ProofPlan Proof = new("paid", Duration.FromDays(10), Approves: false);

    public static Campaign Of(string name)
    {
        ClausePlan share = new("sale", "sale", new(ModelKind.Share) { Rate = 0.12m });
        return name switch
        {
            "linear" => Build(share, CreditKind.Linear),
            "proof" => Build(share with { Proof = Proof }),
            "budget" => Build(share, budget: 2_000),
            "reserve" => Build(share with { Proof = Proof }, budget: 2_000),
            "volume" => Build(share with { Model = Volume(), Corrections = CorrectionPolicy.Reprice }),
            "hold" => Build(share with { Hold = Duration.FromDays(30) }),
            "two" => Build(share with { Proof = Proof }, CreditKind.Linear, apart: true),
            _ => Build(share),
        };
    }

    private static ModelPlan Volume() => new(ModelKind.Volume)
    {
        Tiers = [new(5.05m, 3), new(8.33m, null)],
    };

    private static Campaign Build(
        ClausePlan clause, CreditKind credits = CreditKind.Last, long? budget = null, bool apart = false)
    {
        ContractPlan one = new("one", 1, new(2026, 1, 1))
        {
            Currency = "EUR",
            Zone = "Europe/Berlin",
            Partners = apart ? ["a"] : ["a", "b"],
            Clauses = [clause],
        };
        return CampaignBuilder.Build(new()
        {
            Seed = 0,
            Campaign = "story",
            Zone = "Europe/Berlin",
            Digits = 2,
            Credits = credits,
            FlightFrom = new(2026, 1, 1),
            Contracts = apart ? [one, one with { Id = "two", Partners = ["b"] }] : [one],
            Budgets = budget is { } limit
                ? [new("all", limit, PerDay: false, PaysRest: true) { AtCap = CapBehavior.StopAndReject }]
                : [],
            Start = default,
            Days = 1,
            Customers = 1,
            Faults = new Dictionary<FaultKind, int>(),
        });
    }
}
