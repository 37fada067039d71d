using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Campaigns;

public sealed class ExclusivityTests
{
    private static readonly ExclusiveGrant Mail = new() { Channel = new("newsletter") };

    public static TheoryData<string, ContractDraft, ContractDraft, string[]> Grants => new()
    {
        { "one channel to two", Has("a", "p1", Mail), Has("b", "p2", Mail), ["Contracts[1].Exclusive[0]"] },
        { "one channel to one partner in two contracts", Has("a", "p1", Mail), Has("b", "p1", Mail), [] },
        { "two channels", Has("a", "p1", Mail), Has("b", "p2", Mail with { Channel = new("display") }), [] },
        {
            "one after the other",
            Has("a", "p1", Mail with { Effective = new(new(2026, 1, 1), new(2026, 4, 1)) }),
            Has("b", "p2", Mail with { Effective = new(new(2026, 4, 1)) }),
            []
        },
        {
            "one day too long",
            Has("a", "p1", Mail with { Effective = new(new(2026, 1, 1), new(2026, 4, 2)) }),
            Has("b", "p2", Mail with { Effective = new(new(2026, 4, 1)) }),
            ["Contracts[1].Exclusive[0]"]
        },
        {
            "contracts on other days",
            Has("a", "p1", Mail).EffectiveFrom(new(2025, 1, 1), new(2026, 1, 1)),
            Has("b", "p2", Mail).EffectiveFrom(new(2026, 1, 1)),
            []
        },
        {
            "the channel in a place and the place",
            Has("a", "p1", Mail with { Place = new Place("DE-BY") }),
            Has("b", "p2", new() { Place = new Place("DE") }),
            ["Contracts[1].Exclusive[0]"]
        },
        {
            "the channel in two places",
            Has("a", "p1", Mail with { Place = new Place("DE") }),
            Has("b", "p2", Mail with { Place = new Place("AT") }),
            []
        },
        {
            "one category",
            Has("a", "p1", new() { Category = "shoes" }),
            Has("b", "p2", new() { Category = "shoes" }),
            ["Contracts[1].Exclusive[0]"]
        },
        {
            "two categories",
            Has("a", "p1", new() { Category = "shoes" }),
            Has("b", "p2", new() { Category = "hats" }),
            []
        },
        {
            "allowed by name to another",
            Has("a", "p1", Mail),
            Terms("b", "p2").Permitting(new() { Channels = [new("newsletter")] }),
            ["Contracts[1].Permissions"]
        },
        {
            "a place inside an allowed one",
            Terms("b", "p2").Permitting(new() { Places = [new("DE")] }),
            Has("a", "p1", new() { Place = new Place("DE-BY") }),
            ["Contracts[0].Permissions"]
        },
        { "all channels of another are enforced, not refused", Has("a", "p1", Mail), Terms("b", "p2"), [] },
    };

    [Theory]
    [MemberData(nameof(Grants))]
    public void Nothing_exclusive_is_granted_twice(
        string why, ContractDraft first, ContractDraft second, string[] paths) =>
        CampaignDraft.For("c", "acme").With(first).With(second).Validate().Errors
            .Select(f => $"{f.PropertyName} {f.ErrorCode}")
            .Should().Equal(paths.Select(p => $"{p} {ExclusivityCodes.GrantedTwice}"), why);

    [Fact]
    public void Newer_version_may_give_away_what_an_older_one_had() =>
        CampaignDraft.For("c", "acme")
            .With(Has("a", "p1", Mail).EffectiveFrom(new(2026, 1, 1)))
            .With(Terms("a", "p1").EffectiveFrom(new(2026, 6, 1)) with { Version = 2 })
            .With(Has("b", "p2", Mail with { Effective = new(new(2026, 6, 1)) }))
            .Validate().Errors.Should().BeEmpty();

    [Fact]
    public void Coupon_is_one_partners_at_a_time()
    {
        CampaignDraft draft = CampaignDraft.For("c", "acme")
            .With(Terms("a", "p1").WithCoupon("ANNA10", "p1", new(new(2026, 1, 1), new(2026, 2, 1))))
            .With(Terms("b", "p2").WithCoupon("anna10", "p2", new(new(2026, 2, 1)))
                .WithCoupon("MAX5", "p2").WithCoupon("MAX5", "p2"));

        draft.Validate().Errors.Should().BeEmpty();
        draft.With(Terms("d", "p4").WithCoupon("Max5", "p4")).Validate().Errors
            .Select(f => $"{f.PropertyName} {f.ErrorCode}")
            .Should().Equal("Contracts[2].Coupons[0] exclusivity.coupon-twice");
        Campaign campaign = draft.Build();
        campaign.OwnerOf("Anna10", Instant.FromUtc(2026, 1, 31, 22, 59))!.Value.Value.Should().Be("p1");
        campaign.OwnerOf("Anna10", Instant.FromUtc(2026, 1, 31, 23, 0))!.Value.Value.Should().Be("p2");
        campaign.OwnerOf("Anna10", Instant.FromUtc(2025, 12, 1, 0, 0)).Should().BeNull();
        campaign.OwnerOf("OTHER", Instant.FromUtc(2026, 1, 1, 0, 0)).Should().BeNull();
    }

    [Fact]
    public void Everything_wrong_with_rights_is_told_at_once() =>
        (Terms("a", "p1").WithCoupon(" X", "p9") with
        {
            Exclusive = [new() { Partner = new("p8") }, Mail],
        }).Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
            "Coupons[0].Code exclusivity.coupon-malformed",
            "Coupons[0].Partner exclusivity.partner-not-named",
            "Exclusive[0] exclusivity.grant-empty",
            "Exclusive[0].Partner exclusivity.partner-not-named");

    [Fact]
    public void Rights_survive_json()
    {
        ContractDraft draft = Terms("a", "p1").WithCoupon("ANNA10", "p1", new(new(2026, 1, 1))) with
        {
            Exclusive = [Mail with { Partner = new("p1"), Place = new Place("DE") }, new() { Category = "shoes" }],
        };

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
    }

    [Fact]
    public void Touch_where_another_is_alone_gets_no_credit()
    {
        Campaign campaign = CampaignDraft.For("c", "acme")
            .With(Has("a", "p1", Mail with { Place = new Place("DE"), Effective = new(new(2026, 3, 1)) }))
            .With(Terms("b", "p2"))
            .Build();
        JourneyTouch touch = new()
        {
            At = Instant.FromUtc(2026, 3, 2, 0, 0),
            Partner = new("p2"),
            Channel = new("newsletter"),
            Facts = [Facts.Region.Of("DE-BY")],
        };

        campaign.Refuse(touch)!.ToString().Should().Be("exclusivity.granted-to-other (contract: a)");
        campaign.Refuse(touch with { Partner = new("p1") }).Should().BeNull("it is theirs");
        campaign.Refuse(touch with { Channel = new("display") }).Should().BeNull("another channel");
        campaign.Refuse(touch with { Facts = [Facts.Country.Of("AT")] }).Should().BeNull("another place");
        campaign.Refuse(touch with { At = Instant.FromUtc(2026, 2, 2, 0, 0) }).Should().BeNull("too early");
    }

    private static ContractDraft Has(string id, string partner, ExclusiveGrant grant) =>
        Terms(id, partner) with { Exclusive = [grant] };

    private static ContractDraft Terms(string id, string partner) => ContractDraft.For(id).PaidBy("acme")
        .WithPartner(partner).In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(10.Eur));
}
