using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Testing;

namespace PerfMarketing.Tests.Campaigns;

public sealed class CampaignScopeTests
{
    private static CampaignDraft Draft => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p1")
        .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(10.Eur)).Pays("lead", Pay.Fixed(1.Eur))
        .ToCampaign()
        .Scoped(new()
        {
            Kinds = ["sale"],
            Places = [new("DE"), new("AT")],
            When = When.Fact(Facts.Device).IsNot("tablet"),
        });

    [Theory]
    [InlineData("belongs", "sale", "DE", "mobile", "10.00 EUR")]
    [InlineData("another kind", "lead", "DE", "mobile", "campaign.outside-scope (kind: lead)")]
    [InlineData("another place", "sale", "FR", "mobile", "campaign.outside-scope (place: other)")]
    [InlineData("nobody knows where", "sale", null, "mobile", "campaign.outside-scope (place: other)")]
    [InlineData("another device", "sale", "AT", "tablet", "campaign.outside-scope (condition: condition.excluded)")]
    [InlineData("unknown device", "sale", "AT", null, "campaign.outside-scope (condition: condition.fact-unknown)")]
    public void Outcome_outside_the_scope_is_refused(
        string why, string kind, string? country, string? device, string expected)
    {
        FactSet facts = country is null ? [] : [Facts.Country.Of(country)];
        facts = device is null ? facts : facts.With(Facts.Device, device);
        Outcome outcome = new()
        {
            Id = new("o1"),
            At = NodaTime.Instant.FromUtc(2026, 3, 2, 9, 0),
            Kind = kind,
            Facts = facts,
        };
        ContractScenario scenario = new ContractScenario(Draft)
            .At("2026-03-01 09:00").Click("p1", "c1")
            .At("2026-03-02 10:00").Outcome(kind, "c1", 100.Eur, o => o with { Facts = facts });

        string? refusal = Draft.Build().RefuseOutcome(outcome)?.ToString();

        (refusal ?? "10.00 EUR").Should().Be(expected, why);
        _ = refusal is null
            ? scenario.ExpectEarned("p1", expected)
            : scenario.ExpectRejected(CampaignCodes.OutsideScope).ExpectEarned("p1", "nothing");
    }

    [Fact]
    public void Scope_survives_json() =>
        CampaignJson.ParseCampaign(TermJson.Write(Draft)).Should().Be(Draft);

    [Fact]
    public void Everything_wrong_is_told_at_once() =>
        (Draft with { Scope = new() { Kinds = ["a", "a"], Places = [default], When = new AllOf([]) } })
            .Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
                "Scope.Kinds campaign.scope-entries",
                "Scope.Places campaign.scope-entries",
                "Scope.When campaign.scope-condition");
}
