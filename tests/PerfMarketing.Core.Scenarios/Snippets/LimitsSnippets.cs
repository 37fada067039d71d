using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Tallies;
using PerfMarketing.Time;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/limits.md.</summary>
public sealed class LimitsSnippets
{
    [Fact]
    public void Limit_a_contract()
    {
        #region limits
        ContractDraft draft = ContractDraft.For("acme-2026")
            .PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, timeZone: "Europe/Berlin")
            .Pays("lead", Pay.Fixed(4.50m.Eur), lead => lead
                .LimitedTo(Limit.OncePerCustomer())
                .LimitedTo(Limit.Outcomes(600, PeriodUnit.Day, LimitScope.Partner)))
            .Pays("sale", Pay.RevenueShare(12.Percent), sale => sale.LimitedTo(Limit.ForMonths(12)))
            .LimitedTo(Limit.Spend(5_000.Eur, PeriodUnit.Month).Or(LimitOverflow.Hold));
        #endregion

        Contract contract = draft.Build();
        contract.Limits.Should().ContainSingle();
        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
    }
}
