using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Workflows;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Which touches make an assist: those that took part when it was decided, and no others.</summary>
public sealed class AssistPermissionTests
{
    // The search click takes part: 2.00. The mail click would earn 1.00 if it took part.
    [Theory]
    [InlineData("it took part", "2026-03-01T09:30:00Z", null, "p-blog 20.00 EUR; p-mail 1.00 EUR; p-mail 2.00 EUR")]
    [InlineData("after the conversion", "2026-03-05T09:00:00Z", null, "p-blog 20.00 EUR; p-mail 2.00 EUR")]
    [InlineData(
        "recorded later", "2026-03-01T09:30:00Z", "2026-03-05T09:00:00Z", "p-blog 20.00 EUR; p-mail 2.00 EUR")]
    [InlineData("out of the window", "2026-02-20T09:00:00Z", null, "p-blog 20.00 EUR; p-mail 2.00 EUR")]
    public void Only_touches_that_took_part_permit(string reason, string at, string? recordedAt, string expected)
    {
        CampaignRun run = Run(
            Campaign(), Search, Blog, Touch("p-mail", at, recordedAt) with { Channel = new("mail") });

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        string.Join("; ", run.Entries.Texts()).Should().Be(expected, reason);
    }

    [Fact]
    public void A_touch_that_comes_while_a_leg_waits_permits_nothing_more()
    {
        CampaignRun run = Run(
            Campaign(static c => c.TrustingHost("order-paid")),
            Search,
            Blog,
            Touch("p-mail", "2026-03-01T09:30:00Z", "2026-03-05T09:00:00Z") with { Channel = new("mail") });

        run.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));
        run.Process(Proof("o1", "2026-03-06T12:00:00Z"));

        run.Entries.Texts().Should().Equal("p-blog 20.00 EUR", "p-mail 2.00 EUR");
    }

    [Fact]
    public void An_assist_that_waits_is_kept_over_closed_statements_and_late_touches_stay_out()
    {
        CampaignDraft campaign = CampaignDraft.For("x", "acme")
            .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
            .With(From("assist", "p-mail", Pay.Fixed(1.Eur), static c =>
                c.TrustingHost("order-paid", within: Duration.FromDays(60))).Assisting())
            .With(From("shop", "p-shop", Pay.Fixed(3.Eur)).Assisting());
        JourneyTouch[] touches =
        [
            Touch("p-mail", "2026-03-01T09:00:00Z"),
            Touch("p-shop", "2026-03-01T09:30:00Z", "2026-03-10T09:00:00Z"),
            Blog,
        ];
        CampaignInput[] log = [Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)), Proof("o1", "2026-04-05T12:00:00Z")];
        CampaignRun first = Run(campaign, touches);
        CampaignRun again = Run(campaign, touches);
        foreach (CampaignInput input in log)
        {
            first.Process(input);
        }

        again.Restore(first.Statements(At("2026-04-01T00:00:00Z")), At("2026-04-01T00:00:00Z"));
        foreach (CampaignInput input in log)
        {
            again.Process(input);
        }

        first.Entries.Texts().Should().Equal("p-blog 20.00 EUR", "p-mail 1.00 EUR");
        again.Entries.Texts().Should().Equal(first.Entries.Texts());
    }

    // The host exports its log anew, and dates the sale later: what p-shop's touch became known for in between is late.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_found_ahead_does_not_reopen_closed_statements(bool isAhead)
    {
        CampaignDraft campaign = CampaignDraft.For("x", "acme")
            .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
            .With(From("shop", "p-shop", Pay.Fixed(3.Eur)).Assisting());
        JourneyTouch[] touches = [Touch("p-shop", "2026-03-01T09:30:00Z", "2026-03-10T09:00:00Z"), Blog];
        CampaignRun first = Run(campaign, touches);
        CampaignRun again = Run(campaign, touches);
        CampaignInput later =
            Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur) with { RecordedAt = At("2026-03-15T12:00:00Z") });
        first.Process(Of(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur)));

        again.Restore(first.Statements(At("2026-04-01T00:00:00Z")), At("2026-04-01T00:00:00Z"));
        again.Process(later, isAhead ? again.Credits.Find(later) : default);

        again.Entries.Texts().Should().Equal("p-blog 20.00 EUR");
    }

    [Fact]
    public async Task Live_is_the_same()
    {
        LiveHost host = new(Campaign());
        await host.RecordAsync(
            LiveHost.Click("p-mail", "2026-03-01T09:00:00Z") with { Channel = new("search") },
            LiveHost.Click("p-blog", "2026-03-01T10:00:00Z"),
            LiveHost.Click("p-mail", "2026-03-05T09:00:00Z") with { Channel = new("mail") });

        (await host.ProcessAsync(Sale("o1", "2026-03-02T12:00:00Z", 200.Eur))).Posted.Texts()
            .Should().Equal("p-blog 20.00 EUR", "p-mail 2.00 EUR");
    }

    private static JourneyTouch Search { get; } =
        Touch("p-mail", "2026-03-01T09:00:00Z") with { Channel = new("search") };

    private static JourneyTouch Blog { get; } = Touch("p-blog", "2026-03-01T10:00:00Z");

    private static CampaignDraft Campaign(Func<ClauseDraft, ClauseDraft>? terms = null) =>
        CampaignDraft.For("x", "acme").AttributedBy(new LastTouch { Lookback = LookbackWindow.Days(7) })
            .With(From("own", "p-blog", Pay.RevenueShare(10.Percent)))
            .With(From("a-mail", "p-mail", Pay.Fixed(1.Eur), terms).Assisting()
                .Permitting(new() { Channels = [new("mail")] }))
            .With(From("a-search", "p-mail", Pay.Fixed(2.Eur), terms).Assisting()
                .Permitting(new() { Channels = [new("search")] }));

    private static ContractDraft From(
        string id, string partner, PayoutModel pays, Func<ClauseDraft, ClauseDraft>? terms = null) =>
        ContractDraft.For(id).PaidBy("acme").WithPartner(partner).In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", pays, terms);
}
