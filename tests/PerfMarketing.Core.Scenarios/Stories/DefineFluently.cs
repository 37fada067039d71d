using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Stories;

/// <summary>Story 1: a contract is defined in code.</summary>
public sealed class DefineFluently
{
    [Fact]
    public void Contract_is_defined_in_one_sentence()
    {
        CampaignDraft draft = ContractDraft.For("acme-2026")
            .PaidBy("acme").WithPartner("partner-7")
            .In(Currency.Eur, timeZone: "Europe/Berlin")
            .EffectiveFrom(new LocalDate(2026, 1, 1), to: new LocalDate(2027, 1, 1))
            .Pays("lead", Pay.Fixed(4.50m.Eur))
            .Pays("sale", Pay.RevenueShare(12.Percent).CappedAt(80.Eur),
                sale => sale.RequiringProof("order-paid", holdFor: Duration.FromDays(14)))
            .Pays("install", Pay.Tiered(new(1.20m.Eur, UpTo: 100), new(0.90m.Eur)))
            .AttributedBy(new PositionBased(First: 0.4m, Last: 0.4m) { Lookback = Duration.FromDays(30) })
            .BudgetedAt(monthly: 25_000.Eur);
        Campaign campaign = draft.Build();

        campaign.Contracts.Should().ContainSingle().Which.Clauses.Select(c => c.Id.Value)
            .Should().Equal("lead", "sale", "install");
        CampaignJson.ParseCampaign(TermJson.Write(draft)).Should().Be(draft);
        TermJson.Write(draft).Should().Contain(
            """{"model":"capped","inner":{"model":"revenue-share","rate":"12%"},"cap":"80.00 EUR"}""");
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        CampaignDraft draft = ContractDraft.For("acme-2026").In(Currency.Eur, "Europe/Atlantis")
            .Pays("lead", Pay.Fixed(4.50m.Usd)).ToCampaign().BudgetedAt(monthly: 0.Eur);

        draft.Invoking(d => d.Build()).Should().Throw<ContractInvalidException>()
            .Which.Result.Errors.Should().HaveCountGreaterThan(4);
    }
}
