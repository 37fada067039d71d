using PerfMarketing.Monetary;
using PerfMarketing.Payouts;

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

    private static decimal Decimal(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
