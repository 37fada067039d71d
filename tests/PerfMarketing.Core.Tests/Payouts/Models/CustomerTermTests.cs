using NodaTime.Text;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Payouts.Models;

/// <summary>Models that ask how long a customer has been one: by tenure, recurring.</summary>
public sealed class CustomerTermTests
{
    private static readonly PayoutModel Staggered =
        Pay.ByTenure(new(Pay.RevenueShare(25.Percent), Months: 12), new(Pay.RevenueShare(10.Percent)));

    private static readonly PayoutModel Year = Pay.RevenueShare(20.Percent).Recurring(months: 12);

    // reference/partner-platforms.md 2.1: 25 % for the first 12 months, then 10 %. Dates are those of Berlin.
    [Theory]
    [InlineData("the first sale", null, "2026-01-31T12:00:00Z",
        "tenure-1 0.00 EUR\nrevenue-share 25.00 EUR\ntotal 25.00 EUR")]
    [InlineData("the last day of the year", "2026-01-31T12:00:00Z", "2027-01-30T22:59:59Z",
        "tenure-1 0.00 EUR\nrevenue-share 25.00 EUR\ntotal 25.00 EUR")]
    [InlineData("the day that ends the year", "2026-01-31T12:00:00Z", "2027-01-30T23:00:00Z",
        "tenure-2 0.00 EUR\nrevenue-share 10.00 EUR\ntotal 10.00 EUR")]
    public void Rate_follows_the_customers_tenure(string because, string? first, string at, string lines) =>
        Staggered.Compute(Context(first, first is null ? 0 : 1, at)).Explain().Should().Be(lines, because);

    // cases/platform-cases.json: dub create-partner-commission/route.ts: 12 or more whole months later is not paid.
    [Theory]
    [InlineData("dub-duration-12: 11 months later", "2026-12-15T12:00:00Z", "20.00 EUR")]
    [InlineData("dub-duration-12: the day before 12 months", "2027-01-14T12:00:00Z", "20.00 EUR")]
    [InlineData("dub-duration-12: 12 months later", "2027-01-15T12:00:00Z", "0.00 EUR")]
    public void Twelve_months_are_paid_from_the_first_earning(string id, string at, string total) =>
        Year.Compute(Context("2026-01-15T12:00:00Z", 5, at)).Total.ToString().Should().Be(total, id);

    [Theory]
    [InlineData("the day before it ends", "2026-02-27T12:00:00Z", "20.00 EUR")]
    [InlineData("a month is whole on its last day when it lacks the day", "2026-02-28T12:00:00Z", "0.00 EUR")]
    public void Month_from_the_end_of_january(string because, string at, string total) =>
        Pay.RevenueShare(20.Percent).Recurring(months: 1).Compute(Context("2026-01-31T12:00:00Z", 1, at)).Total
            .ToString().Should().Be(total, because);

    // dub: a duration of 0 months is the first sale only, and null is for ever; ours says first: 1, and no term.
    [Theory]
    [InlineData("dub duration 0: the first sale", 1, 0, "20.00 EUR")]
    [InlineData("dub duration 0: a renewal", 1, 1, "0.00 EUR")]
    [InlineData("the third of three", 3, 2, "20.00 EUR")]
    [InlineData("the fourth of three", 3, 3, "0.00 EUR")]
    [InlineData("dub duration null", null, 99, "20.00 EUR")]
    public void First_outcomes_are_paid(string because, int? first, int earlier, string total) =>
        Pay.RevenueShare(20.Percent).Recurring(first: first)
            .Compute(Context("2026-01-15T12:00:00Z", earlier, "2030-01-15T12:00:00Z")).Total.ToString()
            .Should().Be(total, because);

    [Fact]
    public void Outcome_without_a_customer_is_not_taken_for_a_first_one()
    {
        PayoutContext context = Context(null, 0, "2026-01-15T12:00:00Z") with { IsAnonymous = true };

        Staggered.Compute(context).Explain().Should().Be("unknown 0.00 EUR\ntotal 0.00 EUR");
        Year.Compute(context).Explain().Should().Be("unknown 0.00 EUR\ntotal 0.00 EUR");
        Pay.RevenueShare(20.Percent).Recurring().Compute(context).Total.Amount.Should().Be(20, "it is paid for ever");
    }

    [Fact]
    public void Both_terms_must_hold()
    {
        PayoutModel model = Pay.Fixed(1.Eur).Recurring(first: 2, months: 3);

        model.Compute(Context("2026-01-15T12:00:00Z", 1, "2026-02-15T12:00:00Z")).Total.Amount.Should().Be(1);
        model.Compute(Context("2026-01-15T12:00:00Z", 2, "2026-02-15T12:00:00Z")).Explain().Should()
            .Be("recurring-ended 0.00 EUR\ntotal 0.00 EUR");
        model.Compute(Context("2026-01-15T12:00:00Z", 1, "2026-04-15T12:00:00Z")).Total.Amount.Should().Be(0);
    }

    private static PayoutContext Context(string? first, int earlier, string at) => new(100.Eur)
    {
        At = InstantPattern.ExtendedIso.Parse(at).Value,
        Calendar = ContractCalendar.In("Europe/Berlin"),
        History = new(earlier, first is null ? null : InstantPattern.ExtendedIso.Parse(first).Value),
    };
}
