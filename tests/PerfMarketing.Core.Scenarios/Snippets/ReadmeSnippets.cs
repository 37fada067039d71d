using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of the README.</summary>
public sealed class ReadmeSnippets
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 20, 12, 0);

    [Fact]
    public void Pay_for_a_sale()
    {
        Journey journey = new(new JourneyTouch[]
        {
            new() { Id = new("t1"), At = Now - Duration.FromDays(9), Partner = new("p-blog") },
            new() { Id = new("t2"), At = Now - Duration.FromDays(3), Partner = new("p-mail") },
        });

        #region readme
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, timeZone: "Europe/Berlin")
            .Pays("sale", Pay.RevenueShare(12.Percent).CappedAt(80.Eur))
            .AttributedBy(new PositionBased(First: 0.4m, Last: 0.6m) { Lookback = Duration.FromDays(30) })
            .BudgetedAt(monthly: 25_000.Eur)
            .Build();
        Outcome sale = new()
        { Id = new("o1"), At = Now, Kind = "sale", Value = 1_000.Eur, Customer = new CustomerId("c1") };

        Decision decision = new CampaignDecider(campaign).Receive(new(campaign), sale, [], journey, asOf: Now);
        string blog = decision.Posted.OfType<Earning>().First().Payout.Explain();
        #endregion

        blog.Should().Be(
            """
            revenue-share 120.00 EUR
            cap -40.00 EUR
            credit-share -48.00 EUR
            total 32.00 EUR
            """);
        decision.Posted.Select(e => $"{e.Partner} {e.Amount}").Should().Equal("p-blog 32.00 EUR", "p-mail 48.00 EUR");
    }
}
