using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/permissions.md.</summary>
public sealed class PermissionSnippets
{
    [Fact]
    public void Refuse_a_touch()
    {
        #region refuse
        ContractDraft contract = ContractDraft.For("blogs")
            .PaidBy("acme").WithPartner("p-blog").WithPartner("p-deals")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.RevenueShare(8.Percent))
            .Permitting(new() { Channels = [new("content")], Places = [new("DE")] });

        Reason? refusal = contract.ToCampaign().Build().Refuse(new JourneyTouch
        {
            At = Instant.FromUtc(2026, 3, 1, 12, 0),
            Partner = new("p-deals"),
            Channel = new("toolbar"),
            Facts = [Facts.Country.Of("DE")],
        });
        #endregion

        refusal!.ToString().Should().Be("permission.channel-not-allowed (channel: toolbar)");
    }

    [Fact]
    public void Pages_show_terms_that_can_be_read()
    {
        ContractPages.Contract("docs/permissions.md", 0).Permissions!.Kinds.Should().Equal([TouchpointKind.Click]);
        ContractPages.Campaign("docs/permissions.md", 1).Scope!.Places.Should().HaveCount(3);
    }
}
