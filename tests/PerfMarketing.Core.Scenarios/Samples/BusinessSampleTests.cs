using PerfMarketing.Campaigns;
using PerfMarketing.Integrity;
using PerfMarketing.Scenarios.Golden;
using PerfMarketing.Serialization;

namespace PerfMarketing.Scenarios.Samples;

/// <summary>Thirteen businesses, each a campaign and what it pays.</summary>
public sealed class BusinessSampleTests
{
    private static readonly string[] Businesses =
    [
        "affiliate-shop", "agency-hybrid", "app-install", "influencer-coupon", "lead-quota", "lead-resale", "media-cpm",
        "network-sub-affiliates", "newsletter-double-opt-in", "pay-per-call", "saas-subscription", "sales-agents",
        "sms-delivery",
    ];

    public static TheoryData<string> Names() => [.. Businesses];

    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (BusinessSample sample in BusinessSample.All)
        {
            foreach (GoldenCase one in sample.Cases)
            {
                cases.Add(sample.Name, one.It);
            }
        }

        return cases;
    }

    [Fact]
    public void Every_business_has_its_sample() =>
        BusinessSample.All.Select(static s => s.Name).Should().Equal(Businesses);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_comes_out_as_written(string name, string it)
    {
        BusinessSample sample = new(name);

        sample.Cases.Single(c => c.It == it).Run(sample.Terms());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Terms_are_valid_and_read_back_as_they_are_written(string name)
    {
        CampaignDraft terms = new BusinessSample(name).Terms();

        terms.Validate().Errors.Should().BeEmpty();
        CampaignJson.ParseCampaign(TermJson.Write(terms, indented: true)).Should().Be(terms);
        TermDiff.Between(terms, CampaignJson.ParseCampaign(TermJson.Write(terms))).Should().BeEmpty();
    }

    [Fact]
    public void Digests_stay()
    {
        string digests = string.Join(
            '\n', Businesses.Select(static name => $"{name} {TermDigest.Of(new BusinessSample(name).Terms())}"));

        KeptFile.ShouldBe("tests/PerfMarketing.Core.Scenarios/Samples/digests.golden.txt", $"{digests}\n");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_tells_the_amounts_of_the_first_case(string name)
    {
        BusinessSample sample = new(name);

        sample.Page.Should().Contain("(campaign.json)").And.Contain("(cases.json)");
        sample.ExampleAmounts.Should().NotBeEmpty();
        sample.Page.Should().ContainAll(sample.ExampleAmounts);
    }
}
