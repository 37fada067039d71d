using PerfMarketing.Campaigns;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>The files of docs/samples/spring-sale are what they say.</summary>
public sealed class SpringSaleTests
{
    public const string Folder = "docs/samples/spring-sale";

    [Fact]
    public void Log_is_what_the_generator_writes()
    {
        string made = SpringSaleGenerator.Write();

        made.Should().Be(SpringSaleGenerator.Write());
        made.Length.Should().BeLessThan(1_500_000);
        made.Count(static c => c == '\n').Should().BeInRange(3_000, 4_000);
        KeptFile.ShouldBe($"{Folder}/events.jsonl", made);
    }

    [Fact]
    public void Campaign_is_valid()
    {
        Campaign campaign = CampaignJson.ParseCampaign(KeptFile.Read($"{Folder}/campaign.json")).Build();

        campaign.Contracts.SelectMany(static c => c.Partners).Should().HaveCount(3);
        CampaignJson.ParseCampaign(TermJson.Write(campaign.ToDraft())).Build().Should().Be(campaign);
    }
}
