using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Testing;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Testing;

public sealed class ContractScenarioLaterTests
{
    [Fact]
    public void What_a_person_books_is_on_the_statement_and_what_is_refused_fails()
    {
        ContractScenario scenario = new ContractScenario(Contract(Pay.RevenueShare(10.Percent)))
            .At("2026-03-03 09:00").Booked("p-blog", 25.Eur)
            .Booked("p-blog", (-5).Eur)
            .Booked("p-blog", 7.Eur, b => b with { Kind = ManualKind.Bounty })
            .ExpectStatement("2026-03", "p-blog", "27.00 EUR");

        scenario.Invoking(static s => s.Booked("p-blog", 1m.Usd)).Should().Throw<ScenarioFailedException>()
            .WithMessage("*is booked for p-blog*booking.*");
        scenario.Invoking(static s => s.Booked("stranger", 1.Eur)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_rate_decides_what_waits_for_it_and_nothing_that_was_decided_before() =>
        new ContractScenario(Contract(Pay.RevenueShare(10.Percent)).Converting(new("ecb") { DaysBack = 1 }))
            .At("2026-03-03 09:00").Click("p-blog", "c1").Outcome("sale", "c1", 100m.Usd)
            .ExpectHeld(SettlementReasons.RateMissing)
            .At("2026-03-03 16:00").Rated("ecb", Currency.Usd, Currency.Eur, 0.9m).ExpectEarned("p-blog", "9.00 EUR")
            .At("2026-03-04 09:00").Click("p-blog", "c2").Outcome("sale", "c2", 100m.Usd)
            .ExpectEarned("p-blog", "9.00 EUR")
            .At("2026-03-04 16:00").Rated("ecb", Currency.Usd, Currency.Eur, 0.5m)
            .ExpectEarned("p-blog", "9.00 EUR").About("outcome-1").ExpectEarned("p-blog", "9.00 EUR")
            .Outcome("sale", "c2", 100m.Usd).ExpectEarned("p-blog", "5.00 EUR")
            .ExpectStatement("2026-03", "23.00 EUR");

    [Fact]
    public void An_acceptance_amends_from_when_it_was_given() => new ContractScenario(Amended)
        .At("2026-03-03 09:00").Click("p-blog", "c1").Outcome("sale", "c1", 100.Eur).ExpectEarned("p-blog", "10.00 EUR")
        .At("2026-03-20 09:00").Accepted("p-blog", 2).ExpectEarned("p-blog", "12.00 EUR")
        .Outcome("sale", "c1", 100.Eur).ExpectEarned("p-blog", "12.00 EUR")
        .ExpectStatement("2026-03", "24.00 EUR");

    [Fact]
    public void One_that_becomes_known_after_the_month_was_closed_is_in_the_next_statement() =>
        new ContractScenario(Amended)
            .At("2026-03-03 09:00").Click("p-blog", "c1").Outcome("sale", "c1", 100.Eur)
            .At("2026-04-02 09:00").Closed("2026-03").Remitted("p-blog")
            .Accepted("p-blog", 2, since: "2026-03-20 09:00")
            .ExpectStatement("2026-03", "10.00 EUR").ExpectPayable("2026-03", "p-blog", "10.00 EUR")
            .At("2026-05-02 09:00").ExpectStatement("2026-04", "2.00 EUR")
            .Closed("2026-04").Remitted("p-blog").ExpectRemitted("p-blog", "12.00 EUR");

    [Fact]
    public void A_campaign_without_a_history_has_nothing_to_accept() =>
        new ContractScenario(Contract(Pay.RevenueShare(10.Percent))).At("2026-03-03 09:00")
            .Invoking(static s => s.Accepted("p-blog", 2)).Should().Throw<InvalidOperationException>();

    private static CampaignDraft Amended
    {
        get
        {
            ContractDraft first = Contract(Pay.RevenueShare(10.Percent));
            ContractDraft second = first.Amend(
                new LocalDate(2026, 3, 1),
                static terms => terms with
                {
                    Clauses = [terms.Clauses[0] with { Pays = Pay.RevenueShare(12.Percent) }],
                });
            Instant january = Instant.FromUtc(2026, 1, 10, 12, 0);
            return first.ToCampaign().With(second).With(ContractHistory.Of("acme-2026")
                .Then(new ContractEvent.Proposed(1) { At = january, By = new("acme") })
                .Then(new ContractEvent.Accepted(1) { At = january, By = new("p-blog") })
                .Then(new ContractEvent.Proposed(2) { At = Instant.FromUtc(2026, 3, 18, 12, 0), By = new("acme") }));
        }
    }
}
