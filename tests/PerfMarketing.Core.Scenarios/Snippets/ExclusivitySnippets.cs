using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Testing;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/exclusivity.md.</summary>
public sealed class ExclusivitySnippets
{
    [Fact]
    public void Refuse_another_partners_coupon()
    {
        #region coupons
        ContractDraft creators = ContractDraft.For("creators")
            .PaidBy("acme").WithPartner("p-anna").WithPartner("p-max")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.Fixed(10.Eur))
            .WithCoupon("ANNA10", "p-anna")
            .WithCoupon("MAX5", "p-max");

        new ContractScenario(creators)
            .At("2026-03-01 09:00").Click("p-max", "c1")
            .At("2026-03-02 09:00")
            .Outcome("sale", "c1", 100.Eur, o => o with { Facts = [Facts.Coupons.Of(["anna10"])] })
            .ExpectRejected("exclusivity.coupon-of-other")
            .ExpectEarned("p-max", "nothing");
        #endregion

        creators.Build().Partners.Should().HaveCount(2);
    }

    [Fact]
    public void Pages_show_terms_that_can_be_read()
    {
        ContractPages.Contract("docs/exclusivity.md", 0).Coupons.Should().HaveCount(2);
        ContractPages.Contract("docs/exclusivity.md", 1).Exclusive.Should().HaveCount(2);
    }
}
