using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Payouts;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts;

/// <summary>What is wrong with drafts that only code can make, since no text reads so.</summary>
public sealed class InvalidCodeDraftsTests
{
    private static ContractDraft Valid => ContractDraft.For("acme").PaidBy("acme").WithPartner("p1")
        .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(1.Eur));

    private static (string Reason, ContractDraft Draft, string[] Expected)[] Contracts =>
    [
        ("no currency", Valid with { Currency = default }, ["Currency contract.currency-missing"]),
        ("a clause without a name", Clause(c => c with { Id = default }), ["Clauses[0].Id contract.clause-unnamed"]),
        ("no outcome", Clause(c => c with { Outcome = default }), ["Clauses[0].Outcome contract.outcome-missing"]),
        ("no model", Clause(c => c with { Pays = null! }), ["Clauses[0].Pays payout.model-missing"]),
        ("no proof policy", Clause(c => c with { Proof = null! }), ["Clauses[0].Proof proof.policy-missing"]),
        ("a hold below zero",
            Clause(static c => c.HeldFor(Duration.FromDays(-1))),
            ["Clauses[0].Hold contract.hold-out-of-range"]),
        ("no such way to correct",
            Clause(static c => c.Correcting((CorrectionPolicy)99)),
            ["Clauses[0].Corrections contract.undefined"]),
        ("no such rounding",
            Clause(static c => c.Rounded(RoundingMode.HalfEven, (RoundAt)99)),
            ["Clauses[0].Rounding contract.undefined"]),
        ("a model that was never registered",
            Clause(static c => c with { Pays = new WeekendBonus(Pay.Fixed(1.Eur), 5.Percent) }),
            ["Clauses[0].Pays payout.model-unknown"]),
        ("a cap around no model",
            Clause(static c => c with { Pays = new Capped(null!, 1.Eur) }),
            ["Clauses[0].Pays.Inner payout.model-missing"]),
        ("a condition on one of nothing",
            Clause(static c => c.If(new FactIn("device", []))),
            ["Clauses[0].When.Values condition.empty"]),
        ("a part of a condition that names no fact",
            Clause(static c => c.If(new AllOf([new FactExists("device"), new Not(new FactExists("No!"))]))),
            ["Clauses[0].When.Of[1].Of.Fact condition.fact-name"]),
        ("a price of no currency",
            Clause(static c => c with { Pays = new Fixed(default) }),
            ["Clauses[0].Pays.Price payout.currency-mismatch"]),
    ];

    private static (string Reason, CampaignDraft Draft, string[] Expected)[] Campaigns =>
    [
        ("no advertiser", Campaign with { Advertiser = default }, ["Advertiser campaign.advertiser-missing"]),
        ("no rule", Campaign with { Attribution = null! }, ["Attribution attribution.rule-missing"]),
        ("a budget without a name",
            Campaign.BudgetedBy(new(default, 1.Eur, PeriodUnit.Month)),
            ["Budgets[0].Id budget.id-missing"]),
        ("no such period",
            Campaign.BudgetedBy(new(new("b"), 1.Eur, (PeriodUnit)99)),
            ["Budgets[0].Per budget.period-unsupported"]),
        ("no such overflow",
            Campaign.BudgetedBy(new(new("b"), 1.Eur, PeriodUnit.Month) { OnExceeded = (LimitOverflow)99 }),
            ["Budgets[0].OnExceeded budget.overflow-undefined"]),
        ("diverted to nobody",
            Campaign.BudgetedBy(new(new("b"), 1.Eur, PeriodUnit.Month)
            {
                OnExceeded = LimitOverflow.Divert, DivertTo = new("nobody"),
            }),
            ["Budgets[0] campaign.budget-divert"]),
        ("an overflow against another term",
            Campaign.BudgetedBy(new(new("b"), 1.Eur, PeriodUnit.Month) { OnExceeded = LimitOverflow.Divert }),
            ["Budgets[0].OnExceeded budget.overflow-contradicts"]),
        ("a limit of no currency",
            Campaign.BudgetedBy(new(new("b"), default, PeriodUnit.Month)),
            ["Budgets[0] campaign.budget-currency", "Budgets[0].Limit budget.limit-not-positive"]),
        ("a half-life of nothing",
            Campaign.AttributedBy(new TimeDecay(Duration.Zero)),
            ["Attribution.HalfLife attribution.half-life-not-positive"]),
    ];

    private static CampaignDraft Campaign => CampaignDraft.For("spring", "acme").With(Valid);

    public static TheoryData<string> ContractReasons => [.. Contracts.Select(static row => row.Reason)];

    public static TheoryData<string> CampaignReasons => [.. Campaigns.Select(static row => row.Reason)];

    [Theory]
    [MemberData(nameof(ContractReasons))]
    public void Everything_wrong_with_a_contract_is_told(string reason)
    {
        (_, ContractDraft draft, string[] expected) = Contracts.Single(row => row.Reason == reason);

        draft.Validate().Errors.Select(static f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(expected);
        draft.TryBuild(out _, out _).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(CampaignReasons))]
    public void Everything_wrong_with_a_campaign_is_told(string reason)
    {
        (_, CampaignDraft draft, string[] expected) = Campaigns.Single(row => row.Reason == reason);

        draft.Validate().Errors.Select(static f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(expected);
        draft.TryBuild(out _, out _).Should().BeFalse();
    }

    private static ContractDraft Clause(Func<ClauseDraft, ClauseDraft> edit) =>
        Valid with { Clauses = [edit(Valid.Clauses[0])] };
}
