using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Payouts;

/// <summary>Worked cases of other systems that the models of this library can say.</summary>
public sealed class WorkedCaseTests
{
    // cases/billing-cases.json: lago standard_service_spec.rb. cases/platform-cases.json: dub
    // calculate-sale-earnings.test.ts, c9agency.
    [Theory]
    [InlineData("std-10x10", "10.00 EUR", 10, "100.00 EUR")]
    [InlineData("dub-flat-quantity-zero", "5.00 EUR", 0, "0.00 EUR")]
    [InlineData("c9-cpa-ftd", "120.00 EUR", 20, "2400.00 EUR")]
    public void Fixed_price_is_paid_for_every_unit(string id, string price, int units, string expected)
    {
        PayoutContext context = new(Accrual.Zero(Currency.Eur)) { Quantity = units };

        Pay.Fixed(Accrual.Parse(price)).Compute(context).Total.ToString().Should().Be(expected, id);
    }

    // cases/billing-cases.json: lago percentage_service_spec.rb, before rounding.
    [Theory]
    [InlineData("percentage-small", "2.9", new[] { "4" }, "0.116 EUR")]
    [InlineData("percentage-per-event-no-minmax", "2.99", new[] { "10", "80", "10000" }, "301.691 EUR")]
    public void Percentage_is_exact_until_it_is_rounded(string id, string rate, string[] values, string expected)
    {
        PayoutModel model = Pay.RevenueShare(Decimal(rate).Percent);
        Accrual sum = Accrual.Zero(Currency.Eur);
        foreach (string value in values)
        {
            sum += model.Compute(new(new Accrual(Decimal(value), Currency.Eur))).Total;
        }

        sum.Should().Be(Accrual.Parse(expected), id);
    }

    // cases/platform-cases.json: dub calculate-sale-earnings.test.ts, jarvis2.0 PARTNER_PROGRAM_TEST_RESULTS.md.
    [Theory]
    [InlineData("dub-rounding-10usd-20pct", 1000, "20", 1, 200)]
    [InlineData("dub-rounding-19usd-10pct", 1900, "10", 1, 190)]
    [InlineData("dub-rounding-2c-20pct", 2, "20", 1, 0)]
    [InlineData("dub-rounding-3c-20pct", 3, "20", 1, 1)]
    [InlineData("dub-rounding-15c-10pct", 15, "10", 1, 2)]
    [InlineData("dub-rounding-1c-50pct", 1, "50", 1, 1)]
    [InlineData("dub-percent-ignores-quantity", 1000, "20", 5, 200)]
    [InlineData("jarvis-25pct-2999", 2999, "25", 1, 750)]
    public void Revenue_share_rounds_half_away_from_zero(
        string id, int saleMinor, string rate, int quantity, int expectedMinor)
    {
        PayoutContext context = new(Money.FromMinor(saleMinor, Currency.Usd)) { Quantity = quantity };

        Money paid = Pay.RevenueShare(Decimal(rate).Percent).Compute(context).Total.Round();

        paid.MinorUnits.Should().Be(expectedMinor, id);
    }

    // cases/billing-cases.json: lago percentage_service_spec.rb. cases/platform-cases.json: 0nyx WEBHOOK_TESTING_GUIDE.
    [Theory]
    [InlineData("percentage-per-event-min-max", "2.99", "1.75", "12", new[] { "10", "80", "10000" }, "16.142 EUR")]
    [InlineData("onyx-min-commission", "30", "1", "1000", new[] { "2" }, "1.00 EUR")]
    public void Percentage_of_each_outcome_lies_between_its_bounds(
        string id, string rate, string min, string max, string[] values, string expected)
    {
        PayoutModel model = Pay.RevenueShare(Decimal(rate).Percent)
            .FlooredAt(Decimal(min).Eur).CappedAt(Decimal(max).Eur);
        Accrual sum = Accrual.Zero(Currency.Eur);
        foreach (string value in values)
        {
            sum += model.Compute(new(Decimal(value).Eur)).Total;
        }

        sum.Should().Be(Accrual.Parse(expected), id);
    }

    // cases/platform-cases.json: abestweb, CJ one-time bonuses: 6 % increased by 33.50 % is "about 8 %"; it is 8.01 %.
    [Theory]
    [InlineData("cj-increase-by-33.5", "6", "33.5", "8.01 USD")]
    public void Increase_is_relative(string id, string rate, string by, string expected) =>
        Pay.RevenueShare(Decimal(rate).Percent).IncreasedBy(Decimal(by).Percent).Compute(new(100.Usd)).Total.ToString()
            .Should().Be(expected, id);

    // cases/platform-cases.json: gumroad purchase_refunds_spec.rb; 333-affiliates-on-gumroad.html. Gumroad rounds down;
    // 79.1 is 79 by our rounding too. Who shares the price after fees bears the same part of the fees.
    [Theory]
    [InlineData("gumroad-credit-79", "10", 1000, 209, 79, 21)]
    [InlineData("gumroad-fee-share", "30", 1000, 200, 240, 60)]
    public void Share_of_the_price_after_fees_bears_its_part_of_the_fees(
        string id, string rate, int priceMinor, int feeMinor, int creditMinor, int feePartMinor)
    {
        FactKey<Money> net = new("net-of-fees");
        Percentage share = Decimal(rate).Percent;
        PayoutContext context = new(Money.FromMinor(priceMinor, Currency.Usd))
        {
            Facts = [net.Of(Money.FromMinor(priceMinor - feeMinor, Currency.Usd))],
        };

        Money credit = Pay.RevenueShare(share, Measure.OfFact(net)).Compute(context).Total.Round();
        Money gross = Pay.RevenueShare(share).Compute(context).Total.Round();

        credit.MinorUnits.Should().Be(creditMinor, id);
        (gross - credit).MinorUnits.Should().Be(feePartMinor, id);
    }

    // cases/platform-cases.json: pcloud, help/affiliate-help-center. The source rounds 4.99 up to 5. Ours does not: a
    // ceiling is not symmetric, so that a reversal would not mirror its credit. The offer is a flat price.
    [Theory]
    [InlineData("pcloud-roundup", "4.99", "5.00 EUR")]
    public void Generous_rounding_is_a_flat_price(string id, string payment, string commission)
    {
        PayoutContext context = new(Decimal(payment).Eur);

        Pay.RevenueShare(100.Percent).Compute(context).Total.Round().ToString().Should().Be($"{payment} EUR", id);
        Pay.Flat(5.Eur).Compute(context).Total.ToString().Should().Be(commission, id);
    }

    private static decimal Decimal(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
