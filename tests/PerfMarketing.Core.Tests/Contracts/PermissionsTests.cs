using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;

namespace PerfMarketing.Tests.Contracts;

public sealed class PermissionsTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    private static readonly Permissions Full = new()
    {
        Channels = [new("newsletter"), new("content")],
        DeniedMethods = ["brand-bidding"],
        Places = [new("DE"), new("AT-9")],
        DeniedPlaces = [new("DE-BE")],
        Kinds = ["click"],
        When = When.Fact(Facts.Referrer).IsNot("spam.example"),
    };

    private static readonly JourneyTouch Good = new()
    {
        Id = new("t1"),
        At = Noon,
        Partner = new("p1"),
        Kind = TouchpointKind.Click,
        Channel = new("content"),
        Facts = [Facts.Country.Of("DE"), Facts.Referrer.Of("blog.example")],
    };

    public static TheoryData<string, Permissions, string?> Cases => new()
    {
        { "nothing said", new(), null },
        { "everything fits", Full, null },
        { "kind", Full with { Kinds = ["view"] }, "permission.kind-not-allowed (kind: click)" },
        { "kind denied", new() { DeniedKinds = ["click"] }, "permission.kind-not-allowed (kind: click)" },
        { "channel", new() { Channels = [new("display")] }, "permission.channel-not-allowed (channel: content)" },
        {
            "channel denied",
            new() { DeniedChannels = [new("content")] },
            "permission.channel-not-allowed (channel: content)"
        },
        { "unknown method is not denied", new() { DeniedMethods = ["cashback"] }, null },
        {
            "unknown method is not allowed",
            new() { Methods = ["cashback"] },
            "permission.method-not-allowed (method: )"
        },
        { "place", new() { Places = [new("FR")] }, "permission.place-not-allowed (country: DE, region: )" },
        {
            "place denied",
            new() { DeniedPlaces = [new("DE")] },
            "permission.place-not-allowed (country: DE, region: )"
        },
        { "unknown region is not denied", new() { DeniedPlaces = [new("DE-BE")] }, null },
        {
            "condition",
            new() { When = When.Fact(Facts.Referrer).Is("shop.example") },
            "permission.condition-not-met (because: condition.not-equal)"
        },
        {
            "unknown fact never holds",
            new() { When = When.Fact(Facts.Keyword).IsNot("acme") },
            "permission.condition-not-met (because: condition.fact-unknown)"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Touch_is_refused_with_a_reason(string why, Permissions permissions, string? refusal)
    {
        ContractDraft contract = Draft().Permitting(permissions);

        contract.ToCampaign().Build().Refuse(Good)?.ToString().Should().Be(refusal, why);
        Draft().ToCampaign().Permitting(permissions).Build().Refuse(Good)?.ToString().Should().Be(refusal, why);
    }

    [Fact]
    public void Touch_without_a_channel_does_not_come_through_an_allowed_one()
    {
        Campaign campaign = Draft().Permitting(new() { Channels = [new("content")] }).ToCampaign().Build();

        campaign.Refuse(Good with { Channel = default })!.Code.Should().Be(PermissionCodes.ChannelNotAllowed);
    }

    [Fact]
    public void Version_in_force_at_the_touch_judges_it()
    {
        Campaign campaign = CampaignDraft.For("c", "acme")
            .With(Draft().EffectiveFrom(new(2026, 1, 1)))
            .With(Draft().EffectiveFrom(new(2026, 4, 1)).Permitting(new() { Channels = [new("display")] })
                with
            { Version = 2 })
            .Build();

        campaign.Refuse(Good).Should().BeNull();
        campaign.Refuse(Good with { At = Noon + Duration.FromDays(60) })!.Code
            .Should().Be(PermissionCodes.ChannelNotAllowed);
    }

    [Fact]
    public void Touch_needs_the_permission_of_one_contract_of_its_partner()
    {
        Campaign campaign = CampaignDraft.For("c", "acme")
            .With(Draft().Permitting(new() { Channels = [new("display")] }))
            .With(Draft().Permitting(new() { Channels = [new("content")] }) with { Id = new("other") })
            .Build();

        campaign.Refuse(Good).Should().BeNull();
        campaign.Refuse(Good with { Partner = new("p2") })!.Code.Should().Be(CampaignCodes.PartnerNotNamed);
    }

    [Fact]
    public void Permissions_survive_json()
    {
        ContractDraft draft = Draft().Permitting(Full with { Methods = ["email"], DeniedChannels = [new("x")] });

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        draft.Build().Digest.Should().NotBe(Draft().Build().Digest);
    }

    [Fact]
    public void Everything_wrong_is_told_at_once()
    {
        ContractDraft draft = Draft().Permitting(new()
        {
            Channels = [new("a"), new("a")],
            Methods = ["Cash Back", "email"],
            DeniedMethods = ["email"],
            Places = [default],
            When = new AllOf([]),
        });

        draft.Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
            "Permissions.Channels permission.entries",
            "Permissions.Methods[0] permission.method-malformed",
            "Permissions.DeniedMethods permission.contradiction",
            "Permissions.Places permission.entries",
            "Permissions.When permission.condition");
    }

    private static ContractDraft Draft() => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p1")
        .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(10.Eur));
}
