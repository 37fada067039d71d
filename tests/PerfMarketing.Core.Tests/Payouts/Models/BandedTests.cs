using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Tallies;

namespace PerfMarketing.Tests.Payouts.Models;

public sealed class BandedTests
{
    private static readonly PayoutModel Calls =
        Pay.CpCall(new(Pay.Flat(0.Usd), UpTo: 90), new(Pay.Flat(20.Usd), UpTo: 120), new(Pay.Flat(35.Usd)));

    private static readonly PayoutModel Orders = Pay.ByValue(
        new(Pay.RevenueShare(10.Percent), UpTo: 50),
        new(Pay.RevenueShare(15.Percent), UpTo: 100),
        new(Pay.RevenueShare(20.Percent)));

    // reference/partner-platforms.md 2.1: 20 dollars for 90 to 120 s, 35 from 120 s.
    [Theory]
    [InlineData("ringba-custom-revenue: too short", 89, "band-1 0.00 USD\nfixed 0.00 USD\ntotal 0.00 USD")]
    [InlineData("ringba-custom-revenue: first paid second", 90, "band-2 0.00 USD\nfixed 20.00 USD\ntotal 20.00 USD")]
    [InlineData("ringba-custom-revenue: last second of 20", 119, "band-2 0.00 USD\nfixed 20.00 USD\ntotal 20.00 USD")]
    [InlineData("ringba-custom-revenue: from 120", 120, "band-3 0.00 USD\nfixed 35.00 USD\ntotal 35.00 USD")]
    [InlineData("ringba-custom-revenue: an hour", 3_600, "band-3 0.00 USD\nfixed 35.00 USD\ntotal 35.00 USD")]
    public void Call_is_paid_by_its_seconds(string id, int seconds, string lines) =>
        Calls.Compute(new PayoutContext(0.Usd) { Facts = [Facts.CallSeconds.Of(seconds)] }).Explain()
            .Should().Be(lines, id);

    // reference/partner-platforms.md 2.2, last row: the whole order at its band, 25, 75 and 200 pay 2.50, 11.25 and 40.
    [Theory]
    [InlineData("25.00 USD", "2.50 USD")]
    [InlineData("75.00 USD", "11.25 USD")]
    [InlineData("200.00 USD", "40.00 USD")]
    [InlineData("49.99 USD", "4.999 USD")]
    [InlineData("50.00 USD", "7.50 USD")]
    [InlineData("0.00 USD", "0.00 USD")]
    public void Whole_order_is_paid_at_the_rate_of_its_band(string value, string total) =>
        Orders.Compute(new(Money.Parse(value))).Total.ToString().Should().Be(total);

    [Fact]
    public void Many_bands_are_found_by_halves()
    {
        Band[] bands =
        [
            .. Enumerable.Range(1, 255).Select(static i => new Band(Pay.Flat(i.Eur), i * 10)),
            new(Pay.Flat(0.Eur)),
        ];
        PayoutModel model = Pay.Banded(Measure.Quantity, bands);

        for (int quantity = 0; quantity < 2_560; quantity++)
        {
            decimal paid = model.Compute(new PayoutContext(0.Eur) { Quantity = quantity }).Total.Amount;
            paid.Should().Be(quantity >= 2_550 ? 0 : (quantity / 10) + 1);
        }
    }
}
