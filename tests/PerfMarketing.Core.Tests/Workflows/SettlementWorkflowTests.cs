using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Time;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

public sealed class SettlementWorkflowTests
{
    private static readonly YearMonth March = new(2026, 3);

    [Fact]
    public async Task Settling_twice_gives_the_same_whatever_came_later()
    {
        LiveHost host = await SettledAsync();

        ValueList<Statement> march = await SettleAsync(host, March, "2026-04-01T00:00:00Z");
        await host.CorrectAsync(Returned("r1", "o1", "2026-04-05T12:00:00Z", 100.Eur));
        ValueList<Statement> again = await SettleAsync(host, March, "2026-05-01T00:00:00Z");
        ValueList<Statement> april = await SettleAsync(host, new(2026, 4), "2026-05-01T00:00:00Z");

        march.Select(s => $"{s.Partner} {s.Total} {s.IsClosed}").Should()
            .Equal("p-blog 5.00 EUR True", "p-mail 5.00 EUR True");
        again.Should().Equal(march);
        april.Select(s => $"{s.Partner} {s.Adjustments}").Should().Equal("p-blog -5.00 EUR", "p-mail -5.00 EUR");
    }

    [Fact]
    public async Task Month_that_is_not_over_is_open()
    {
        LiveHost host = await SettledAsync();

        ValueList<Statement> march = await SettleAsync(host, March, "2026-03-20T00:00:00Z");

        march.Should().HaveCount(2).And.OnlyContain(s => !s.IsClosed);
        (await SettleAsync(host, new(2026, 2), "2026-03-20T00:00:00Z")).Should().BeEmpty();
    }

    [Fact]
    public async Task Month_gives_every_statement_that_ends_in_it()
    {
        SettlementTerms terms = new() { Per = PeriodUnit.HalfMonth };
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).SettledBy(terms).ToCampaign());
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur));
        await host.ProcessAsync(Sale("o2", "2026-03-23T12:00:00Z", 100.Eur));
        await host.ProcessAsync(Sale("o3", "2026-04-03T12:00:00Z", 100.Eur));

        (await SettleAsync(host, March, "2026-05-01T00:00:00Z")).Select(s => s.Period)
            .Should().Equal("2026-03-a", "2026-03-b");
        (await SettleAsync(host, new(2026, 4), "2026-05-01T00:00:00Z")).Select(s => s.Period)
            .Should().Equal("2026-04-a");
    }

    [Fact]
    public async Task Campaign_that_does_not_exist_is_named()
    {
        LiveHost host = await SettledAsync();

        Func<Task> call = () => host.Settlement.SettleAsync(
            new("nobody"), March, At("2026-04-01T00:00:00Z"), CancellationToken.None).AsTask();

        await call.Should().ThrowAsync<CampaignUnknownException>();
    }

    private static async Task<LiveHost> SettledAsync()
    {
        LiveHost host = new(Contract(Pay.RevenueShare(10.Percent)).AttributedBy(new Linear()));
        await host.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"), Click("p-mail", "2026-03-02T09:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur));
        return host;
    }

    private static async Task<ValueList<Statement>> SettleAsync(LiveHost host, YearMonth month, string asOf) =>
        await host.Settlement.SettleAsync(host.Campaign.Id, month, At(asOf), CancellationToken.None);
}
