using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Attribution.SelfClaims;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Scenarios.Samples;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code and the JSON of the pages about rules, windows, coupons, roles, binding and territory.</summary>
public sealed class AttributionPagesTests
{
    private static readonly Instant Sale = Instant.FromUtc(2026, 3, 20, 12, 0);

    [Theory]
    [InlineData("attribution-rules.md", 7)]
    [InlineData("windows-and-eligibility.md", 4)]
    [InlineData("coupons-and-roles.md", 3)]
    [InlineData("binding-and-territory.md", 1)]
    public void Every_block_is_a_campaigns(string page, int blocks)
    {
        KeptFile.Read($"docs/{page}").Split("```json\n").Should().HaveCount(blocks + 1);
        for (int i = 0; i < blocks; i++)
        {
            CampaignDraft draft = ContractPages.Campaign($"docs/{page}", i);
            CampaignJson.ParseCampaign(TermJson.Write(draft)).Should().Be(draft, page);
        }
    }

    [Fact]
    public void Claims_of_networks_are_compared()
    {
        Dictionary<OutcomeId, AttributionDecision> decisions = new()
        {
            [new("order-1")] = Attributor.Assign(
                new LastTouch(),
                [
                    new() { Id = new("t1"), At = Sale - Duration.FromDays(2), Partner = new("meta") },
                    new() { Id = new("t2"), At = Sale - Duration.FromDays(1), Partner = new("google") },
                ],
                new() { At = Sale, KnownAt = Sale },
                explain: ExplainLevel.Full),
        };

        #region self-claims
        SelfClaimReport report = SelfClaimReport.Compare(
            [new(new("order-1"), new("meta")), new(new("order-1"), new("google"))], decisions);
        string lines = string.Join(
            "; ", report.Lines.Select(l => $"{l.Partner}: {l.Claimed} claimed, {l.Agreed} agreed"));
        #endregion

        lines.Should().Be("google: 1 claimed, 1 agreed; meta: 1 claimed, 0 agreed");
        report.Findings[1].Reason!.Code.Should().Be(AttributionReasons.NotChosen);
    }

    [Fact]
    public void A_customer_stays_with_who_brought_it()
    {
        JourneyTouch[] touches = [new() { Id = new("t"), At = Sale - Duration.FromDays(1), Partner = new("p-anna") }];
        Outcome sale = new() { Id = new("o"), At = Sale, Kind = "sale", Customer = new CustomerId("c") };
        AttributionDecision decision =
            Attributor.Assign(new LastTouch(), touches, new() { At = Sale, KnownAt = Sale });

        #region binding
        CustomerBinding? binding = CustomerBinding.Of(decision, sale.At);
        Journey next = new(touches, Binding: binding);
        #endregion

        next.Binding.Should().Be(new CustomerBinding(new("p-anna"), Sale));
        Campaign campaign = ContractPages.Campaign("docs/binding-and-territory.md", 0).Build();
        campaign.Holds(next.Binding!.Value, Sale + Duration.FromDays(300)).Should().BeTrue();
        campaign.Holds(next.Binding.Value, Sale + Duration.FromDays(365)).Should().BeFalse();
        campaign.Ownership!.Territories.Should().HaveCount(2);
    }
}
