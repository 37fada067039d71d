using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Campaigns;

/// <summary>What must hold between the contracts of a campaign, and what follows from them.</summary>
public sealed class ContractRulesTests
{
    [Fact]
    public void Money_never_goes_round_in_a_circle()
    {
        CampaignDraft draft = CampaignDraft.For("x", "acme")
            .With(Of("top", "acme", "a"))
            .With(Of("ab", "a", "b"))
            .With(Of("bc", "b", "c"))
            .With(Of("ca", "c", "a"))
            .With(Of("end", "b", "leaf"));

        Failures(draft).Should().Equal(
            $"{CampaignCodes.PaymentCircle} Contracts[1].Payer",
            $"{CampaignCodes.PaymentCircle} Contracts[2].Payer",
            $"{CampaignCodes.PaymentCircle} Contracts[3].Payer");
    }

    [Fact]
    public void Nobody_pays_itself() =>
        Failures(CampaignDraft.For("x", "acme").With(Of("self", "a", "a")))
            .Should().Equal($"{CampaignCodes.PaymentCircle} Contracts[0].Payer");

    [Fact]
    public void Back_to_back_needs_somebody_who_pays_the_payer() =>
        Failures(CampaignDraft.For("x", "acme").With(Of("top", "acme", "a").BackToBack()))
            .Should().Equal($"{CampaignCodes.UpstreamMissing} Contracts[0].Upstream");

    [Fact]
    public void Chain_of_payers_is_fine_and_only_what_the_advertiser_pays_is_spent()
    {
        Campaign campaign = Chain()
            .BudgetedBy(new(new("b"), 10.Usd, PeriodUnit.Month))
            .Build();

        campaign.IsChained.Should().BeTrue();
        campaign.AsPartner(new("net")).Should().Be(new PartnerId("net"));
        campaign.AsPartner(new("acme")).Should().BeNull();
        string[] spending = [.. campaign.Contracts.Where(c => campaign.Spends(c.Id)).Select(static c => c.Id.Value)];
        spending.Should().Equal("top");
    }

    [Fact]
    public void Without_the_advertiser_among_the_payers_the_first_payers_spend()
    {
        Campaign campaign = (Chain() with { Advertiser = new("somebody") }).Build();

        campaign.Contracts.Where(c => campaign.Spends(c.Id)).Select(static c => c.Id.Value).Should().Equal("top");
    }

    [Fact]
    public void Every_contract_spends_where_nobody_is_paid_on()
    {
        Campaign campaign = CampaignDraft.For("x", "acme").With(Of("a", "acme", "p")).With(Of("b", "net", "p")).Build();

        campaign.IsChained.Should().BeFalse();
        campaign.Contracts.Should().OnlyContain(c => campaign.Spends(c.Id));
    }

    [Theory]
    [InlineData(ChildSource.Inherited, ChildSource.Own, null)]
    [InlineData(ChildSource.Own, ChildSource.Inherited, "credits version")]
    public void Terms_of_children_are_read_back(ChildSource credits, ChildSource version, string? written)
    {
        CampaignDraft draft = Chain().WithChildren(credits, version);

        var node = TermNode.Of(draft);

        (node.Find("children") is { } children ? string.Join(' ', children.Names) : null).Should().Be(written);
        TermReader.Read(node, new(), static t => CampaignDraft.Read(t, TermCatalog.Default)).Should().Be(draft);
    }

    private static CampaignDraft Chain() => CampaignDraft.For("x", "acme")
        .With(ContractDraft.For("top").PaidBy("acme").WithPartner("net").In(Currency.Usd, "Etc/UTC")
            .Pays("sale", Pay.Fixed(1.Usd)))
        .With(Of("mid", "net", "p"))
        .With(Of("low", "p", "sub"));

    private static ContractDraft Of(string id, string payer, string partner) => ContractDraft.For(id).PaidBy(payer)
        .WithPartner(partner).In(Currency.Eur, "Etc/UTC").Pays("sale", Pay.Fixed(1.Eur));

    private static string[] Failures(CampaignDraft draft) =>
        [.. draft.Validate().Errors.Select(static f => $"{f.ErrorCode} {f.PropertyName}")];
}
