using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Testing;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/insertion-order.md.</summary>
public sealed class InsertionOrderSnippets
{
    [Fact]
    public void Pages_show_terms_that_can_be_read()
    {
        ContractPages.Contract("docs/insertion-order.md", 0).InsertionOrder!.Deliverables.Should().HaveCount(2);
        ContractPages.Contract("docs/insertion-order.md", 1).Clauses[0].Locking!.Months.Should().Be(1);
        ContractPages.Contract("docs/insertion-order.md", 2).Clauses[0].Proof
            .Should().BeOfType<RequiredProof>().Which.PastDue.Should().Be(PastDue.Approve);
    }

    [Fact]
    public void Write_a_whole_order()
    {
        #region whole
        CampaignDraft order = (ContractDraft.For("formula-desk")
            .PaidBy("formula-desk").WithPartner("p-blog")
            .In(Currency.Usd, "America/New_York")
            .WithNotice(3)
            .Pays("sale", Pay.RevenueShare(30.Percent).Recurring(first: 1), sale => sale
                .PaidOn(new())   // net of tax, shipping, fees and discounts
                .LockedAfter(months: 1)) with
        {
            ReversalLimit = new(100.Percent, ReversalBase.Amount),
        }).AttributedBy(new LastTouch { Lookback = Duration.FromDays(30) });
        #endregion

        new ContractScenario(order)
            .At("2026-01-02 09:00").Click("p-blog", "c1")
            .At("2026-01-15 09:00").Outcome("sale", "c1", 200m.Usd).ExpectEarned("p-blog", "60.00 USD")
            .At("2026-01-16 09:00").Outcome("sale", "c1", 100m.Usd).ExpectEarned("p-blog", "0.00 USD");
    }
}
