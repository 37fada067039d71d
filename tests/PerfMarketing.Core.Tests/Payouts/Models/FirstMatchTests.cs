using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Payouts.Models;

public sealed class FirstMatchTests
{
    private static readonly FactKey<int> CompanySize = new("company-size");

    private static readonly PayoutModel BySize = Pay
        .FirstMatch(Pay.Case(When.Fact(CompanySize).AtLeast(500), Pay.Fixed(75.Usd)))
        .Otherwise(Pay.Fixed(15.Usd));

    private static readonly PayoutModel Weekend = Pay
        .FirstMatch(Pay.Case(
            When.LocalWeekdays(IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday), Pay.RevenueShare(10.Percent).Times(2)))
        .Otherwise(Pay.RevenueShare(10.Percent));

    // cases/platform-cases.json: dub help/article/partner-rewards.mdx.
    [Theory]
    [InlineData("dub-company-size", 499, "otherwise 0.00 USD\nfixed 15.00 USD\ntotal 15.00 USD")]
    [InlineData("dub-company-size", 500, "case-1 0.00 USD\nfixed 75.00 USD\ntotal 75.00 USD")]
    public void First_case_that_holds_pays(string id, int size, string lines) =>
        BySize.Compute(new PayoutContext(0.Usd) { Facts = [CompanySize.Of(size)] }).Explain().Should().Be(lines, id);

    [Fact]
    public void Fact_that_is_not_known_never_matches()
    {
        PayoutModel model = Pay.FirstMatch(
            Pay.Case(When.Not(When.Fact(CompanySize).Is(1)), Pay.Fixed(75.Usd)),
            Pay.Case(When.Fact(CompanySize).AtLeast(0), Pay.Fixed(50.Usd)));

        model.Compute(new PayoutContext(0.Usd)).Explain().Should().Be("otherwise 0.00 USD\ntotal 0.00 USD");
    }

    [Theory]
    [InlineData("Friday 23:59 in Berlin", "2026-03-06T22:59:00Z", "10.00 EUR")]
    [InlineData("Saturday 00:00 in Berlin is Friday in UTC", "2026-03-06T23:00:00Z", "20.00 EUR")]
    [InlineData("Sunday 23:59 in Berlin", "2026-03-08T22:59:00Z", "20.00 EUR")]
    [InlineData("Monday 00:00 in Berlin is Sunday in UTC", "2026-03-08T23:00:00Z", "10.00 EUR")]
    public void Local_times_are_those_of_the_contract(string because, string at, string total)
    {
        PayoutContext context = new(100.Eur)
        {
            At = NodaTime.Text.InstantPattern.ExtendedIso.Parse(at).Value,
            Calendar = ContractCalendar.In("Europe/Berlin"),
        };

        Weekend.Compute(context).Total.ToString().Should().Be(total, because);
    }

    [Fact]
    public void One_model_in_two_zones_asks_each_zones_clock()
    {
        PayoutContext berlin = new(100.Eur)
        {
            At = Instant.FromUtc(2026, 3, 6, 23, 30),
            Calendar = ContractCalendar.In("Europe/Berlin"),
        };
        PayoutContext utc = berlin with { Calendar = ContractCalendar.Utc };

        for (int i = 0; i < 3; i++)
        {
            Weekend.Compute(berlin).Total.Should().Be((Accrual)20.Eur);
            Weekend.Compute(utc).Total.Should().Be((Accrual)10.Eur);
        }
    }

    [Fact]
    public void Threads_in_different_zones_do_not_disturb_one_another()
    {
        ContractCalendar[] calendars = [ContractCalendar.In("Europe/Berlin"), ContractCalendar.Utc];

        Parallel.For(0, 2_000, i =>
        {
            PayoutContext context = new(100.Eur)
            {
                At = Instant.FromUtc(2026, 3, 6, 23, 30),
                Calendar = calendars[i % 2],
            };
            Weekend.Compute(context).Total.Amount.Should().Be(i % 2 == 0 ? 20 : 10);
        });
    }

    [Fact]
    public void Case_that_was_asked_equals_one_that_was_not()
    {
        MatchCase asked = Pay.Case(When.Fact(CompanySize).AtLeast(500), Pay.Fixed(75.Usd));
        Pay.FirstMatch(asked).Compute(new PayoutContext(0.Usd));
        MatchCase changed = asked with { When = When.Fact(CompanySize).AtLeast(1) };

        asked.Should().Be(Pay.Case(When.Fact(CompanySize).AtLeast(500), Pay.Fixed(75.Usd)));
        asked.GetHashCode().Should()
            .Be(Pay.Case(When.Fact(CompanySize).AtLeast(500), Pay.Fixed(75.Usd)).GetHashCode());
        Pay.FirstMatch(changed).Compute(new PayoutContext(0.Usd) { Facts = [CompanySize.Of(2)] }).Total.Amount
            .Should().Be(75, "a changed case asks its own condition");
    }
}
