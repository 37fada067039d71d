using NodaTime.Text;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Who takes part without a touch, by terms that are accepted later, or when it is decided again.</summary>
public sealed class AssistLaterTests
{
    // The contract was proposed and dated before, and accepted when the sale was paid already.
    [Fact]
    public async Task Who_accepts_later_is_paid_for_what_it_assisted_since_the_terms_date()
    {
        CampaignDraft campaign = CampaignDraft.For("acme-2026", "acme")
            .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
            .With(From("assist", "p-mail", Pay.Fixed(1.Eur)).Assisting().EffectiveFrom(new(2026, 1, 1)))
            .With(ContractHistory.Of("assist")
                .Then(new ContractEvent.Proposed(1) { At = At("2025-12-01T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Accepted(1) { At = At("2026-03-20T12:00:00Z"), By = new("p-mail") }));
        CampaignRun run = Run(
            campaign, Touch("p-mail", "2026-03-01T09:00:00Z"), Touch("p-blog", "2026-03-01T10:00:00Z"));
        LiveHost host = new(campaign);
        await host.RecordAsync(
            LiveHost.Click("p-mail", "2026-03-01T09:00:00Z"), LiveHost.Click("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR");
        run.Expire(At("2026-04-02T00:00:00Z"));
        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR", "p-mail 1.00 EUR");

        await host.ProcessAsync(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur));
        (await host.Amendments.AmendAsync(
            host.Campaign.Id, new("assist"), At("2026-03-20T12:00:00Z"), CancellationToken.None))
            .SelectMany(static r => r.Posted).Texts().Should().Equal("p-mail 1.00 EUR");
    }

    // Who took part is decided with the outcome, by the terms that were accepted by then: a second version that permits
    // the channel for the first time, and is accepted after the sale, brings nobody in.
    [Fact]
    public void Who_took_part_stands_whatever_is_permitted_later()
    {
        ContractDraft first = From("assist", "p-mail", Pay.Fixed(1.Eur)).Assisting().EffectiveFrom(new(2026, 1, 1))
            .Permitting(new() { Channels = [new("mail")] });
        ContractDraft second = first.Amend(new(2026, 2, 1), static d => d with { Permissions = null });
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme").With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
                .With(first).With(second).With(ContractHistory.Of("assist")
                    .Then(new ContractEvent.Proposed(1) { At = At("2025-12-01T12:00:00Z"), By = new("acme") })
                    .Then(new ContractEvent.Accepted(1) { At = At("2025-12-02T12:00:00Z"), By = new("p-mail") })
                    .Then(new ContractEvent.Proposed(2) { At = At("2026-03-18T12:00:00Z"), By = new("acme") })
                    .Then(new ContractEvent.Accepted(2) { At = At("2026-03-20T12:00:00Z"), By = new("p-mail") })),
            Touch("p-mail", "2026-03-01T09:00:00Z") with { Channel = new("search") },
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Expire(At("2026-04-02T00:00:00Z"));
        run.Process(Of(Sale("o2", "2026-04-02T12:00:00Z", 200.Eur)));

        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR", "p-blog 20.00 EUR", "p-mail 1.00 EUR");
    }

    // The owner of the place has no touch; the first touch wins, so that its claim is what took part.
    [Theory]
    [InlineData("both contracts", true, "2026-01-01", "p-blog 20.00 EUR; p-mail 1.00 EUR")]
    [InlineData("the assisting one is not in force yet", true, "2026-03-03", "p-blog 20.00 EUR")]
    [InlineData("who has no contract for credit has no claim to it", false, "2026-01-01", "p-blog 20.00 EUR")]
    public void A_claim_assists_too(string reason, bool hasOwn, string from, string expected)
    {
        CampaignDraft campaign = CampaignDraft.For("x", "acme")
            .AttributedBy(new FirstTouch { Claims = [ClaimBasis.Territory] })
            .OwnedBy(new() { Territories = [new(new("p-mail")) { Accounts = [new("c1")] }] })
            .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
            .With(From("assist", "p-mail", Pay.Fixed(1.Eur)).Assisting()
                .EffectiveFrom(LocalDatePattern.Iso.Parse(from).Value));
        CampaignRun run = Run(
            hasOwn ? campaign.With(From("mail", "p-mail", Pay.RevenueShare(10.Percent))) : campaign,
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        string.Join("; ", run.Entries.Texts()).Should().Be(expected, reason);
    }

    // The network pays p-mail for assists out of its own: acme pays it for what p-blog or p-mail is credited with.
    [Theory]
    [InlineData("p-mail p-blog", "p-blog 5.00 EUR; net 20.00 EUR; p-mail 1.00 EUR")]
    [InlineData("p-mail", "")]
    public void Who_pays_for_an_assist_is_not_paid_for_it_further_up(string partners, string expected)
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme").With(From("net", "net", Pay.RevenueShare(10.Percent)))
                .With(From("blog", "p-blog", Pay.Fixed(5.Eur)).PaidBy("net"))
                .With(From("mail", "p-mail", Pay.Fixed(1.Eur)).Assisting().PaidBy("net")),
            [.. partners.Split(' ').Select(static (p, i) => Touch(p, $"2026-03-01T{i + 10}:00:00Z"))]);

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        string.Join("; ", run.Entries.Texts()).Should().Be(expected);
    }

    // It is rejected, and approved twice, in vain: another has the only place. The touch that the contract permits
    // became known in between: it took no part when the outcome was first rejected.
    [Fact]
    public void What_is_opened_again_twice_goes_by_the_touches_of_the_first_decision()
    {
        CampaignRun run = Run(
            CampaignDraft.For("x", "acme")
                .With(From("own", "p-blog", Pay.RevenueShare(10.Percent), static c =>
                    c.TrustingHost("order-paid").LimitedTo(Limit.First(1))))
                .With(From("assist", "p-mail", Pay.Fixed(1.Eur)).Assisting()
                    .Permitting(new() { Channels = [new("mail")] }))
                .With(From("more", "p-mail", Pay.Fixed(2.Eur), static c => c.TrustingHost("order-paid")).Assisting()),
            Touch("p-mail", "2026-03-01T09:00:00Z") with { Channel = new("search") },
            Touch("p-mail", "2026-03-01T09:30:00Z", "2026-03-12T09:00:00Z") with { Channel = new("mail") },
            Touch("p-blog", "2026-03-01T10:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Process(Of(new Rejection { Id = new("no"), Outcome = new("o1"), At = At("2026-03-05T12:00:00Z") }));
        run.State.Find(new("o1"))!.Decision!.Legs.Should().HaveCount(2);
        run.Process(Of(Sale("o2", "2026-03-06T12:00:00Z", 200.Eur)));
        run.Process(Of(new Approval
        {
            Id = new("yes"), Outcome = new("o1"), Contract = new("own"), At = At("2026-03-15T12:00:00Z"),
        }));
        run.Process(Of(new Approval
        {
            Id = new("again"), Outcome = new("o1"), Contract = new("own"), At = At("2026-03-20T12:00:00Z"),
        }));

        run.Entries.Texts().Should().BeEmpty();
    }

    private static ContractDraft From(
        string id, string partner, PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null) =>
        ContractDraft.For(id).PaidBy("acme").WithPartner(partner).In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", pays, terms);
}
