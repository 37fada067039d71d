using NodaTime;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Simulation.Worlds;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

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
            "silence" => Build(share with { Proof = Proof with { Approves = true } }),
            "linear" => Build(share, CreditKind.Linear),
            "proof" => Build(share with { Proof = Proof }),
            "budget" => Build(share, budget: 2_000),
            "reserve" => Build(share with { Proof = Proof }, budget: 2_000),
            "volume" => Build(share with { Model = Volume(), Corrections = CorrectionPolicy.Reprice }),
            "hold" => Build(share with { Hold = Duration.FromDays(30) }),
            "graded" => Build(share with { GradePart = 0.5m }),
            "room" => Build(share, change: static c => c with
            {
                Limits = [Limit.Spend(20.Eur, PeriodUnit.Month).Or(LimitOverflow.Hold)],
            }),
            "place" => Build(share, change: static c => c with
            {
                Limits = [Limit.Outcomes(1, PeriodUnit.Day, LimitScope.Contract).Or(LimitOverflow.Hold)],
            }),
            "retainer" => Build(share, change: static c => c.PaysPer(PeriodUnit.Month, new Retainer(50.Eur))),
            "guarantee" => Build(share, change: static c => c.PaysPer(PeriodUnit.Month, new Guarantee(30.Eur))),
            "settled" => Build(share with { Hold = Duration.FromDays(10) }, change: Settled),
            "amended" => Amended(share),
            "two" => Build(share with { Proof = Proof }, CreditKind.Linear, apart: true),
            _ => Build(share),
        };
    }

    private static ModelPlan Volume() => new(ModelKind.Volume)
    {
        Tiers = [new(5.05m, 3), new(8.33m, null)],
    };

    // By half-months, from an amount on, with a reserve, a schedule and a limit of what is taken back.
    private static ContractDraft Settled(ContractDraft contract) => contract with
    {
        Settlement = new()
        {
            Per = PeriodUnit.HalfMonth,
            Threshold = 15.Eur,
            Negative = NegativeBalance.Debt,
            Reserve = new(10.Percent, 20),
            Due = new(DueRule.Net, 10),
        },
        ReversalLimit = new(50.Percent, ReversalBase.Amount),
        Clauses = [contract.Clauses[0].TakenBackBy(ClawbackSchedule.UpTo(20).Then(60, 50.Percent))],
    };

    // The second version is in force from the first on, and accepted on the tenth.
    private static Campaign Amended(ClausePlan clause)
    {
        CampaignDraft draft = Build(clause).ToDraft();
        ContractDraft first = draft.Contracts[0];
        ContractHistory history = ContractHistory.Of(first.Id.Value);
        foreach ((int version, Instant at) in
            new[] { (1, Instant.FromUtc(2025, 12, 1, 0, 0)), (2, Instant.FromUtc(2026, 3, 10, 0, 0)) })
        {
            history = first.Partners.Aggregate(
                history.Then(new ContractEvent.Proposed(version) { At = at, By = new(first.Payer.Value) }),
                (all, partner) => all.Then(new ContractEvent.Accepted(version) { At = at, By = new(partner.Value) }));
        }

        ContractDraft second = first.Amend(
            new LocalDate(2026, 3, 1),
            static c => c with { Clauses = [c.Clauses[0] with { Pays = Pay.RevenueShare(15.Percent) }] });
        return draft.With(second).With(history).Build();
    }

    private static Campaign Build(
        ClausePlan clause,
        CreditKind credits = CreditKind.Last,
        long? budget = null,
        bool apart = false,
        Func<ContractDraft, ContractDraft>? change = null)
    {
        ContractPlan one = new("one", 1, new(2026, 1, 1))
        {
            Currency = "EUR",
            Zone = "Europe/Berlin",
            Partners = apart ? ["a"] : ["a", "b"],
            Clauses = [clause],
        };
        CampaignDraft draft = CampaignBuilder.DraftOf(new()
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
        return (change is null ? draft : draft with { Contracts = [.. draft.Contracts.Select(change)] }).Build();
    }
}
