using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts;

public sealed class InsertionOrderTests
{
    private static readonly InsertionOrder Order = new()
    {
        Deliverables = [new("click", 10_000, new("click")), new("sale", 50, new("sale"))],
        MaximumSpend = 8_000.Eur,
        Dates = new(new(2026, 3, 1), new(2026, 6, 1)),
        ThirdPartyCounter = new("adserver"),
        MakeGoods = true,
        CancellationDays = 14,
    };

    private static ContractDraft Draft => ContractDraft.For("media").PaidBy("acme").WithPartner("p1")
        .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 1, 1), new(2027, 1, 1))
        .Pays("click", Pay.Fixed(0.5m.Eur)).Pays("sale", Pay.RevenueShare(10.Percent))
        .Pays("impression", new Fixed(3.15m.Eur) { Size = 1_000 }, c => c.Rounded(default, RoundAt.Period));

    public static TheoryData<string, InsertionOrder, string[]> Wrong => new()
    {
        { "nothing", Order, [] },
        { "nothing to deliver", Order with { Deliverables = [] }, ["Deliverables insertion-order.deliverables"] },
        {
            "a clause that is not there",
            Order with { Deliverables = [new("click", 1, new("clicks"))] },
            ["Deliverables[0].Clause insertion-order.clause-unknown"]
        },
        {
            "a clause for something else, and nothing of it",
            Order with { Deliverables = [new("lead", 0, new("click"))] },
            [
                "Deliverables[0].Quantity insertion-order.quantity",
                "Deliverables[0].Outcome insertion-order.clause-mismatch",
            ]
        },
        { "no money", Order with { MaximumSpend = 0.Eur }, ["MaximumSpend insertion-order.maximum-spend"] },
        { "other money", Order with { MaximumSpend = 9_000m.Usd }, ["MaximumSpend insertion-order.maximum-spend"] },
        {
            "10,000 clicks at 0.50 are 5,000.00",
            Order with { MaximumSpend = 4_999.99m.Eur },
            ["MaximumSpend insertion-order.spend-too-low"]
        },
        { "just enough", Order with { MaximumSpend = 5_000.Eur }, [] },
        {
            "a million views at 3.15 for a thousand are 3,150.00",
            new() { Deliverables = [new("impression", 1_000_000, new("impression"))], MaximumSpend = 3_149.99m.Eur },
            ["MaximumSpend insertion-order.spend-too-low"]
        },
        {
            "a day before the contract",
            Order with { Dates = new(new(2025, 12, 31), new(2026, 6, 1)) },
            ["Dates insertion-order.dates"]
        },
        { "the whole contract", Order with { Dates = new(new(2026, 1, 1), new(2027, 1, 1)) }, [] },
        { "without an end", Order with { Dates = new(new(2026, 3, 1)) }, ["Dates insertion-order.dates"] },
        {
            "a party that is not third",
            Order with { ThirdPartyCounter = new("p1") },
            ["ThirdPartyCounter insertion-order.counter-not-third"]
        },
        {
            "a notice without end",
            Order with { CancellationDays = 366 },
            ["CancellationDays insertion-order.cancellation-days"]
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Order_agrees_with_its_contract(string why, InsertionOrder order, string[] failures) =>
        (Draft with { InsertionOrder = order }).Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}")
            .Should().Equal(failures.Select(f => $"InsertionOrder.{f}"), why);

    [Theory]
    [InlineData("enough for both", PeriodUnit.Flight, 16_000, true)]
    [InlineData("not enough for both", PeriodUnit.Flight, 15_999, false)]
    [InlineData("not enough for all time", PeriodUnit.Lifetime, 15_999, false)]
    [InlineData("a month is not the order", PeriodUnit.Month, 100, true)]
    public void Budgets_leave_room_for_the_orders(string why, PeriodUnit per, int limit, bool isValid)
    {
        ContractDraft first = Draft with { InsertionOrder = Order };
        CampaignDraft campaign = CampaignDraft.For("c", "acme").Flying(new(2026, 1, 1), new(2027, 1, 1))
            .With(first with { Effective = new(new(2025, 1, 1), new(2027, 1, 1)) })
            .With(first with { Version = 2 })
            .With(first with { Id = new("other") })
            .BudgetedBy(new Budget(new("b"), limit.Eur, per));

        campaign.Validate().Errors.Select(f => f.ErrorCode)
            .Should().Equal(isValid ? [] : ["insertion-order.budget-too-low"], why);
    }

    [Fact]
    public void Order_survives_json()
    {
        ContractDraft draft = Draft with { InsertionOrder = Order };

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        draft.Build().InsertionOrder.Should().Be(Order);
    }
}
