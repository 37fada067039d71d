using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Payouts.Models;

/// <summary>Prices and percentages of what is measured: units, thousands, seconds, facts, other legs.</summary>
public sealed class MeasuredPriceTests
{
    private static readonly FactKey<decimal> Score = new("acme.score");

    private static readonly FactKey<Money> Take = new("platform-take");

    [Theory]
    [InlineData(1, "0.00315 EUR")]
    [InlineData(1_000, "3.15 EUR")]
    [InlineData(150, "0.4725 EUR")]
    public void Price_of_a_thousand_is_exact_for_one(int views, string total)
    {
        Payout payout = Pay.Cpm(3.15m.Eur).Compute(new PayoutContext(0.Eur) { Quantity = views });

        payout.Total.ToString().Should().Be(total);
        payout.Lines.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Code = "fixed", Quantity = (decimal?)views, Base = (Accrual?)3.15m.Eur, Size = (long?)1_000 });
    }

    [Fact]
    public void Division_without_end_keeps_twelve_decimals() =>
        Pay.PerUnit(1.Eur, Measure.Quantity, size: 60).Compute(new PayoutContext(0.Eur) { Quantity = 95 })
            .Total.ToString().Should().Be("1.583333333333 EUR");

    [Fact]
    public void Flat_price_does_not_mind_the_quantity()
    {
        Payout payout = Pay.Flat(20.Eur).Compute(new PayoutContext(0.Eur) { Quantity = 7 });

        payout.Explain().Should().Be("fixed 20.00 EUR\ntotal 20.00 EUR");
        payout.Lines[0].Quantity.Should().BeNull("a return of units takes nothing from a flat price");
    }

    [Theory]
    [InlineData("seconds of the call", 95, "1.90 EUR")]
    [InlineData("no second", 0, "0.00 EUR")]
    [InlineData("a count below zero is nothing", -3, "0.00 EUR")]
    public void Price_is_for_the_units_of_a_fact(string because, int seconds, string total) =>
        Pay.PerCallSecond(0.02m.Eur).Compute(new PayoutContext(0.Eur) { Facts = [Facts.CallSeconds.Of(seconds)] })
            .Total.ToString().Should().Be(total, because);

    [Fact]
    public void Fact_that_is_not_known_pays_nothing_and_says_so()
    {
        PayoutContext context = new(100.Eur);

        Pay.PerCallSecond(0.02m.Eur).Compute(context).Explain().Should().Be("unknown 0.00 EUR\ntotal 0.00 EUR");
        Pay.RevenueShare(50.Percent, Measure.OfFact(Take)).Compute(context).Explain().Should()
            .Be("unknown 0.00 EUR\ntotal 0.00 EUR");
        Pay.ByValue(new(Pay.Fixed(1.Eur), 10), new(Pay.Fixed(2.Eur))).Compute(context).Total.Amount.Should().Be(2);
        Pay.Banded(Measure.OfFact(Score), new Band(Pay.Fixed(9.Eur))).Compute(context).Explain().Should()
            .Be("unknown 0.00 EUR\ntotal 0.00 EUR");
    }

    // cases/platform-cases.json: ebay, "our new partner platform"; partner-platforms.md 2.1: 235 at 4 % is 9.40.
    [Theory]
    [InlineData("ebay-revshare-half-of-revenue", "50", "8.00 EUR", "4.00 EUR")]
    [InlineData("half of a take of 37.60", "50", "37.60 EUR", "18.80 EUR")]
    [InlineData("a margin that was lost is not the partner's", "50", "-8.00 EUR", "0.00 EUR")]
    public void Share_of_the_platforms_take_is_not_of_the_price(string id, string rate, string take, string total)
    {
        PayoutContext context = new(235.Eur) { Facts = [Take.Of(Money.Parse(take))] };
        Percentage share = decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture).Percent;

        Pay.RevenueShare(share, Measure.OfFact(Take)).Compute(context).Total.ToString().Should().Be(total, id);
    }

    [Fact]
    public void Amount_of_another_currency_is_not_known() =>
        Pay.RevenueShare(50.Percent, Measure.OfFact(Take))
            .Compute(new PayoutContext(0.Eur) { Facts = [Take.Of(8.Usd)] }).Lines[0].Code
            .Should().Be(PayoutLineNames.Unknown);

    // cases/platform-cases.json: dub partner-referrals.mdx: 10 % of the partner's commission of 20.00.
    [Fact]
    public void Share_of_another_leg_is_of_what_that_contract_pays()
    {
        ContractId network = new("acme-network");
        PayoutContext context = new(100.Usd) { Legs = [new(network, 20.Usd)] };

        Pay.RevenueShare(10.Percent, Measure.OfLeg(network)).Compute(context).Total.ToString()
            .Should().Be("2.00 USD", "dub-referral-on-commission");
        Pay.RevenueShare(10.Percent).Compute(context).Total.ToString()
            .Should().Be("10.00 USD", "dub-referral-on-sale-amount");
    }

    [Theory]
    [InlineData("a click of 0.045", "0.045", 1, false)]
    [InlineData("4.50 for a hundred is 0.045 for one", "4.50", 100, false)]
    [InlineData("50.00 for a thousand is 0.05 for one", "50.00", 1_000, true)]
    [InlineData("0.03", "0.03", 1, true)]
    [InlineData("0.005 for one, though 5.00 is on the grid", "5.00", 1_000, false)]
    public void Price_of_one_unit_off_the_grid_needs_rounding_per_period(
        string because, string price, int size, bool isOnGrid)
    {
        PayoutModel model = new Fixed(Accrual.Parse($"{price} EUR")) { Size = size };
        ContractDraft draft = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p1")
            .In(Currency.Eur, "Europe/Berlin").Pays("impression", model.Plus(Pay.Fixed(1.Eur)));
        ContractDraft perPeriod = draft with
        {
            Clauses = [draft.Clauses[0].Rounded(RoundingMode.HalfAwayFromZero, RoundAt.Period)],
        };

        draft.Validate().Errors.Select(static f => $"{f.PropertyName} {f.ErrorCode}").Should().Equal(
            isOnGrid ? [] : ["Clauses[0].Pays.Models[0].Price contract.off-grid-price"], because);
        perPeriod.Validate().Errors.Should().BeEmpty(because);
    }

    [Fact]
    public void What_a_condition_compares_with_is_no_price()
    {
        FactKey<Accrual> bid = Facts.BidPrice;
        PayoutModel model = Pay.FirstMatch(Pay.Case(
            When.Fact(bid).AtLeast(Accrual.Parse("0.0045 USD")), Pay.Fixed(1.Eur)));

        ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p1").In(Currency.Eur, "Europe/Berlin")
            .Pays("click", model).Validate().Errors.Should().BeEmpty();
    }
}
