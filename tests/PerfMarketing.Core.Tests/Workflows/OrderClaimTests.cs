using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;
using static PerfMarketing.Tests.Workflows.OrderSample;

namespace PerfMarketing.Tests.Workflows;

/// <summary>DESIGN §4 rule 14: an order id is unique over all campaigns of an advertiser.</summary>
public sealed class OrderClaimTests
{
    private const string TakenByA = "outcome.duplicate-order (order: A-1, first: o1, campaign: camp-a)";

    [Fact]
    public async Task Order_is_paid_in_one_campaign_of_its_advertiser()
    {
        (LiveHost a, LiveHost b) = await HostsAsync();

        ConversionReport first = await a.ProcessAsync(Order);
        ConversionReport second = await b.ProcessAsync(Order);
        ConversionReport again = await b.ProcessAsync(Order);

        first.Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        Text(second).Should().Be(TakenByA);
        second.Legs.Should().BeEmpty();
        again.Receipt.Should().NotBeNull().And.Be(second.Receipt);
        Text(await a.ProcessAsync(Order with { Id = new("o2") })).Should()
            .Be("outcome.duplicate-order (order: A-1, first: o1)");
        Text(await b.ProcessAsync(Order with { Id = new("o2") })).Should()
            .Be("outcome.duplicate-order (order: A-1, first: o1)", "it is a duplicate within its campaign, too");
        a.Ledger.Entries.Should().ContainSingle();
        (await ClaimsAsync(a)).Should().Equal(new OrderClaimed
        {
            OutcomeId = new("o1"),
            DecidedAt = At(Noon),
            Campaign = new("camp-a"),
            Order = new("A-1"),
        });
    }

    [Fact]
    public async Task Orders_of_two_advertisers_are_two()
    {
        (LiveHost a, LiveHost b) = await HostsAsync(DraftOf("camp-a"), DraftOf("camp-b", advertiser: "other"));

        await a.ProcessAsync(Order);
        await b.ProcessAsync(Order);

        a.Ledger.Entries.Should().HaveCount(2);
        (await ClaimsAsync(a)).Should().HaveCount(2);
    }

    // Whoever does not pay for such an outcome leaves the order to the others.
    [Theory]
    [InlineData("nobody gets the credit")]
    [InlineData("no clause is for it")]
    [InlineData("it is out of scope")]
    [InlineData("it is before the flight")]
    [InlineData("it is a test")]
    [InlineData("it is wrong")]
    [InlineData("its parent is awaited")]
    public async Task Order_is_free_where_it_is_not_for(string because)
    {
        Outcome mine = because switch
        {
            "it is a test" => Order with { IsTest = true },
            "it is wrong" => Order with { Quantity = -1 },
            "its parent is awaited" => Order with { Parent = new OutcomeId("p1") },
            _ => Order,
        };
        CampaignDraft draft = DraftOf("camp-a");
        CampaignDraft first = because switch
        {
            "no clause is for it" => DraftOf("camp-a", kind: "lead"),
            "it is out of scope" => draft.Scoped(new() { Kinds = ["lead"] }),
            "it is before the flight" => draft.Flying(new(2026, 4, 1), new(2026, 5, 1)),
            _ => draft,
        };
        (LiveHost a, LiveHost b) = await HostsAsync(first);

        ConversionReport refused = await a.ProcessAsync(
            because == "nobody gets the credit" ? mine with { Customer = new CustomerId("c9") } : mine);
        ConversionReport paid = await b.ProcessAsync(Order);

        refused.Posted.Should().BeEmpty(because);
        paid.Posted.Texts().Should().Equal(["p-blog 10.00 EUR"], because);
        (await ClaimsAsync(a)).Select(static c => c.Campaign.Value).Should().Equal("camp-b");
    }

    // As within a campaign: whoever came first with an order has it, whatever becomes of it.
    [Theory]
    [InlineData("retracted")]
    [InlineData("rejected by hand")]
    [InlineData("without proof")]
    [InlineData("not proven in time")]
    public async Task Order_that_was_taken_stays_taken(string how)
    {
        (LiveHost a, LiveHost b) = await HostsAsync(DraftOf(
            "camp-a", sale => how.Contains("pro", StringComparison.Ordinal)
                ? sale.TrustingHost("order-paid", within: Duration.FromDays(5))
                : sale));
        await a.ProcessAsync(Order);
        switch (how)
        {
            case "retracted":
                await a.CorrectAsync(Retracted("r1", "o1", "2026-03-04T12:00:00Z"));
                break;
            case "rejected by hand":
                await a.CorrectAsync(new Rejection { Id = new("r1"), Outcome = new("o1"), At = At(Noon) });
                break;
            case "not proven in time":
                await a.ReviewAsync("o1", "2026-03-20T12:00:00Z");
                break;
            default:
                break;
        }

        Text(await b.ProcessAsync(Order)).Should().Be(TakenByA);
        Text(await b.Conversions.DecideAsync(
            b.Campaign.Id, new Approval { Id = new("r2"), Outcome = new("o1"), At = At(Noon) }, At(Noon), default))
            .Should().Be(TakenByA, "an approval by hand pays no order twice");
        a.Ledger.Entries.Where(static e => e.Contract.Value == "camp-b").Should().BeEmpty();
    }

    [Fact]
    public async Task Order_that_waits_for_proof_is_paid_where_it_was_taken()
    {
        (LiveHost a, LiveHost b) = await HostsAsync(DraftOf("camp-a", static c => c.TrustingHost("order-paid")));
        await a.ProcessAsync(Order);
        await b.ProcessAsync(Order);

        ConversionReport paid = await a.ProveAsync("o1", Evidence("psp-1", "2026-03-04T12:00:00Z"));

        paid.Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        a.Ledger.Entries.Should().ContainSingle();
    }

    [Fact]
    public async Task Child_of_an_order_that_is_paid_elsewhere_is_paid_there_too()
    {
        (LiveHost a, LiveHost b) = await HostsAsync();
        Outcome child = Sale("o2", "2026-03-05T12:00:00Z", 9.Eur) with { Parent = Order.Id };
        foreach (LiveHost host in (LiveHost[])[a, b])
        {
            await host.ProcessAsync(Order);
            await host.ProcessAsync(child);
        }

        a.Ledger.Entries.Select(static e => $"{e.Contract} {e.OutcomeId}").Should().Equal("camp-a o1", "camp-a o2");
    }

    [Fact]
    public async Task Of_two_campaigns_that_race_exactly_one_pays()
    {
        const int Orders = 24;
        (LiveHost a, LiveHost b) = await HostsAsync();
        ConversionReport[] reports = await Task.WhenAll(Enumerable.Range(0, 32 * Orders).Select(i => Task.Run(() =>
            (i % 2 == 0 ? a : b).ProcessAsync(Order with
            {
                Id = new($"o{i / 32}"),
                OrderId = new OrderId($"A-{i / 32}"),
            }))));

        a.Ledger.Entries.Select(static e => e.OutcomeId.Value).Should().BeEquivalentTo(
            Enumerable.Range(0, Orders).Select(static i => $"o{i}"));
        Dictionary<OrderId, CampaignId> held =
            (await ClaimsAsync(a)).ToDictionary(static c => c.Order, static c => c.Campaign);
        foreach (ConversionReport report in reports)
        {
            Outcome outcome = report.State.Outcome!;
            bool isPaid = report.State.Earnings.Count == 1;
            Text(report).Should().Be(isPaid ? string.Empty
                : $"outcome.duplicate-order (order: {outcome.OrderId}, first: {outcome.Id}, "
                    + $"campaign: {held[outcome.OrderId!.Value]})");
        }

        reports.Count(static r => r.Answer == DecisionAnswer.Decided).Should().Be(2 * Orders);
    }

    [Fact]
    public async Task Batch_takes_orders_with_one_call()
    {
        const int Count = 200;
        FaultyLedger? counted = null;
        (LiveHost a, _) = await HostsAsync();
        (LiveHost single, LiveHost other) = await HostsAsync();
        LiveHost b = new(
            DraftOf("camp-b"), inner => counted = new(inner, static _ => Fault.None), ledger: a.Ledger);
        await b.RecordAsync(Click("p-blog", "2026-03-01T09:00:00Z"));
        Outcome[] all =
        [
            .. Enumerable.Range(0, Count).Select(static i => Sale($"o{i}", Noon, 10.Eur) with
            {
                OrderId = i % 5 == 0 ? null : new OrderId($"A-{i % (Count - 20)}"),
            }),
        ];
        foreach (Outcome outcome in all.Where(static (_, i) => i % 3 == 0))
        {
            await a.ProcessAsync(outcome);
            await single.ProcessAsync(outcome);
        }

        ValueList<ConversionReport> reports = await b.Conversions.ProcessBatchAsync(
            b.Campaign.Id, [.. all.Select(Of)], At(Noon), CancellationToken.None);
        List<ConversionReport> one = [];
        foreach (Outcome outcome in all)
        {
            one.Add(await other.ProcessAsync(outcome));
        }

        reports.Select(static r => (r.Qualification, r.Receipt)).Should()
            .Equal(one.Select(static r => (r.Qualification, r.Receipt)));
        a.Streams().Should().Equal(single.Streams());
        (await a.StoredAsync()).Should().Equal(await single.StoredAsync());
        reports.Select(Text).Count(static t => t.Contains("camp-a", StringComparison.Ordinal)).Should()
            .BeGreaterThan(30);
        counted!.Reads.Should().BeLessThan(10);
    }

    // Terms that reach back pay for what nobody paid: not for what another campaign has taken meanwhile.
    [Theory]
    [InlineData(true, "p-blog 10.00 EUR")]
    [InlineData(false, "p-blog 8.00 EUR")]
    public async Task Terms_that_are_accepted_later_take_no_order_that_is_taken(bool isTaken, string paid)
    {
        CampaignDraft draft = PayingSalesLate();
        Touchpoint[] touches = [Click("p-blog", "2026-02-20T09:00:00Z")];
        Instant until = At("2026-04-02T00:00:00Z");
        AmendedHost host = new(draft, touches);
        Outcome sale = Sale("o1", "2026-03-05T12:00:00Z", 100.Eur) with { OrderId = new("A-1") };
        LiveHost other = new(DraftOf("camp-b"), ledger: host.Live.Ledger);
        await other.RecordAsync(touches);
        await host.Live.RecordAsync(touches);
        await host.TakeAsync(Of(sale));
        if (isTaken)
        {
            await other.ProcessAsync(sale);
        }

        await host.PassAsync(until);

        host.Live.Ledger.Entries.Texts().Should().Equal(paid);
        CampaignRun batch = new(draft.Build(), new TouchJourneys(touches));
        foreach (OrderClaimed claim in await ClaimsAsync(other))
        {
            batch.Note(claim);
        }

        batch.Process(Of(sale));
        batch.Expire(until);
        batch.Entries.Should().Equal(host.Entries);
        batch.State.Find(sale.Id)!.Decision.Should().Be(
            (await host.Live.ReviewAsync("o1", "2026-04-02T00:00:00Z")).State.Decision);
    }

    // Sales are paid by a version that was accepted after it began.
    private static CampaignDraft PayingSalesLate()
    {
        ContractDraft first = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 1, 1)).Pays("lead", Pay.Fixed(1.Eur));
        return first.ToCampaign()
            .With(first.Amend(new(2026, 3, 1), static d => d.Pays("sale", Pay.RevenueShare(8.Percent))))
            .With(ContractHistory.Of("acme-2026")
                .Then(new ContractEvent.Proposed(1) { At = At("2025-12-01T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Accepted(1) { At = At("2025-12-02T12:00:00Z"), By = new("p-blog") })
                .Then(new ContractEvent.Proposed(2) { At = At("2026-03-18T12:00:00Z"), By = new("acme") })
                .Then(new ContractEvent.Accepted(2) { At = At("2026-03-20T12:00:00Z"), By = new("p-blog") }));
    }
}
