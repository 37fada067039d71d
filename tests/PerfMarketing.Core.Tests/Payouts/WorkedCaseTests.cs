using PerfMarketing.Monetary;
using PerfMarketing.Payouts;

namespace PerfMarketing.Tests.Payouts;

/// <summary>Worked cases of other systems that the models of this library can say.</summary>
public sealed class WorkedCaseTests
{
    private static readonly PayoutModel[] Graduated =
    [
        // graduated-1 … -21: tiers 1–10, 11–20 and 21 on at 10, 5 and 5; the flat fees of the tiers are taken off.
        Pay.Tiered(new(10m.Eur, UpTo: 10), new(5m.Eur, UpTo: 20), new(5m.Eur)),

        // graduated-adjacent-0.05: 10 up to 0.1, 5 up to 1, then 2.
        Pay.Tiered(new(10m.Eur, UpTo: 0.1m), new(5m.Eur, UpTo: 1), new(2m.Eur)),

        // tiered-blocks-all-111: blocks of one unit, 10 at 1.50, 100 at 1.00, then 0.50.
        Pay.Tiered(new(1.50m.Eur, UpTo: 10), new(1m.Eur, UpTo: 110), new(0.50m.Eur)),

        // impact-bonus-revenue-marginal: 4 % of revenue up to 200, 6 % up to 400, 8 % past it; one unit is 1.00.
        Pay.Tiered(new(0.04m.Eur, UpTo: 200), new(0.06m.Eur, UpTo: 400), new(0.08m.Eur)),
    ];

    // cases/billing-cases.json: getlago/lago-api graduated_service_spec.rb; killbill TestContiguousIntervalConsumable-
    // InArrear. cases/platform-cases.json: impact, Performance Bonus FAQ. graduated-0: without units nothing is paid.
    [Theory]
    [InlineData("graduated-0", 0, "0", "0.00 EUR")]
    [InlineData("graduated-1: 12 - 2", 0, "1", "10.00 EUR")]
    [InlineData("graduated-10: 102 - 2", 0, "10", "100.00 EUR")]
    [InlineData("graduated-11: 110 - 2 - 3", 0, "11", "105.00 EUR")]
    [InlineData("graduated-12: 115 - 2 - 3", 0, "12", "110.00 EUR")]
    [InlineData("graduated-21: 163 - 2 - 3 - 3", 0, "21", "155.00 EUR")]
    [InlineData("graduated-adjacent-0.05", 1, "0.05", "0.50 EUR")]
    [InlineData("tiered-blocks-all-111", 2, "111", "115.50 EUR")]
    [InlineData("impact-bonus-revenue-marginal: 8 + 12 + 8", 3, "500", "28.00 EUR")]
    public void Graduated_units_cost_what_their_tier_says(string id, int model, string units, string expected)
    {
        PayoutContext context = new(Accrual.Zero(Currency.Eur))
        {
            IsCumulative = true,
            Credited = Decimal(units),
            Quantity = Decimal(units),
        };

        Graduated[model].Compute(context).Total.ToString().Should().Be(expected, id);
    }

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
