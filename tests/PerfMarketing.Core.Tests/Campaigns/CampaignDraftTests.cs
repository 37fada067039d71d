using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Campaigns;

public sealed class CampaignDraftTests
{
    private static ContractDraft Terms => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p1")
        .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(10.Eur));

    private static CampaignDraft Full => CampaignDraft.For("spring", "acme").In("Europe/Berlin")
        .Flying(new LocalDate(2026, 3, 1), new LocalDate(2026, 6, 1))
        .With(Terms)
        .AttributedBy(new PositionBased(0.4m, 0.4m) { Lookback = Duration.FromDays(30), CutAtConversion = true })
        .BudgetedAt(monthly: 25_000.Eur);

    [Fact]
    public void Draft_survives_json() =>
        CampaignJson.ParseCampaign(TermJson.Write(Full, indented: true)).Should().Be(Full);

    [Fact]
    public void One_contract_makes_a_campaign_of_its_own()
    {
        Campaign campaign = Terms.AttributedBy(new Linear()).BudgetedAt(monthly: 100.Eur).Build();

        campaign.Id.Value.Should().Be("acme-2026");
        campaign.Advertiser.Value.Should().Be("acme");
        campaign.Budgets.Should().ContainSingle().Which.Per.Should().Be(PeriodUnit.Month);
    }

    [Fact]
    public void Campaign_refuses_to_be_wrong_and_tells_everything()
    {
        CampaignDraft draft = new CampaignDraft { Id = new("c") }
            .With(Terms).With(Terms).With(Terms.PaidBy("acme") with { Version = 0 })
            .BudgetedBy(new(new("b"), 10m.Usd, PeriodUnit.Flight))
            .AttributedBy(new PositionBased(0.9m, 0.9m)) with
        { Zone = "Nowhere" };

        draft.Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
            "Advertiser campaign.advertiser-missing",
            "Zone campaign.zone-unknown",
            "Contracts campaign.contract-duplicate",
            "Contracts[2].Version contract.version",
            "Attribution.Last attribution.shares-above-one",
            "Budgets[0] campaign.budget-currency",
            "Budgets[0] campaign.budget-period");
    }

    [Fact]
    public void Of_each_contract_the_newest_version_in_force_counts()
    {
        Campaign campaign = CampaignDraft.For("c", "acme")
            .With(Terms.EffectiveFrom(new(2026, 1, 1)))
            .With(Terms.EffectiveFrom(new(2026, 2, 1), new(2026, 3, 1)) with { Version = 2 })
            .With(Terms with { Id = new("other") })
            .Build();

        Versions(campaign, 2026, 1).Should().Equal("acme-2026 v1", "other v1");
        Versions(campaign, 2026, 2).Should().Equal("acme-2026 v2", "other v1");
        Versions(campaign, 2026, 4).Should().Equal("acme-2026 v1", "other v1");
        Versions(campaign, 2025, 4).Should().Equal("other v1");
        campaign.ContractsOf(new PartnerId("stranger"), Instant.FromUtc(2026, 2, 10, 0, 0)).Should().BeEmpty();
    }

    private static string[] Versions(Campaign campaign, int year, int month) =>
        [.. campaign.ContractsOf(new("p1"), Instant.FromUtc(year, month, 10, 0, 0)).Select(c => c.ToString())];
}
