using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/exactly-once.md.</summary>
public sealed class ExactlyOnceSnippets
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 20, 12, 0);

    [Fact]
    public async Task Timer_decides_what_time_decides()
    {
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.Fixed(10.Eur), sale => sale.RequiringProof("order-paid", within: Duration.FromDays(7)))
            .ToCampaign().Build();
        MemoryCampaigns campaigns = new(campaign);
        MemoryJourneys journeys = new();
        MemoryLedger ledger = new();
        CancellationToken ct = CancellationToken.None;
        Instant early = Now - Duration.FromDays(10);
        Touchpoint click = new() { Id = new("t1"), At = early, Customer = new("c1"), Partner = new("p-blog") };
        Outcome sale = new() { Id = new("o1"), At = early, Customer = click.Customer, Kind = "sale" };
        await new TouchpointWorkflow(journeys).RecordAsync([click], ct);
        WorkflowPorts ports = new() { Campaigns = campaigns, Journeys = journeys, Ledger = ledger };
        ConversionWorkflow conversions = new(ports, new EvidenceVerifier(new MemoryProofKeys()));
        await conversions.ProcessAsync(campaign.Id, sale, [], early, ct);
        DueWorkflow due = new(ports, ledger);

        #region due
        DueOutcome? next = null;
        do
        {
            DueReport report = await due.ReviewDueAsync(new("acme-2026"), asOf: Now, count: 500, next, ct);
            next = report.Next;
        }
        while (next is not null);
        #endregion

        ConversionReport known = await conversions.ReviewAsync(campaign.Id, sale.Id, Now, ct);
        known.Records.Should().BeEmpty("it was decided");
        known.State.Decision!.DecidedAt.Should().Be(early + Duration.FromDays(7));
    }

    [Fact]
    public async Task Order_is_paid_in_one_campaign()
    {
        CancellationToken ct = CancellationToken.None;
        Campaign blogs = ContractDraft.For("blogs").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(10.Eur)).ToCampaign().Build();
        Campaign mail = ContractDraft.For("mail").PaidBy("acme").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.Fixed(7.Eur)).ToCampaign().Build();
        Touchpoint[] clicks =
        [
            new() { Id = new("t1"), At = Now, Customer = new("c1"), Partner = new("p-blog") },
            new() { Id = new("t2"), At = Now, Customer = new("c1"), Partner = new("p-mail") },
        ];
        Outcome order = new()
        {
            Id = new("o1"),
            At = Now,
            Customer = new CustomerId("c1"),
            Kind = "sale",
            OrderId = new OrderId("4711"),
        };
        MemoryJourneys touches = new();
        MemoryLedger ledger = new();
        await new TouchpointWorkflow(touches).RecordAsync([.. clicks], ct);
        WorkflowPorts ports = new()
        {
            Campaigns = new MemoryCampaigns(blogs, mail),
            Journeys = touches,
            Ledger = ledger,
        };
        ConversionWorkflow conversions = new(ports, new EvidenceVerifier(new MemoryProofKeys()));
        ConversionReport paid = await conversions.ProcessAsync(blogs.Id, order, [], Now, ct);
        ConversionReport duplicate = await conversions.ProcessAsync(mail.Id, order, [], Now, ct);
        OrderClaimed taken = new()
        {
            OutcomeId = order.Id,
            DecidedAt = Now,
            Campaign = blogs.Id,
            Order = new("4711"),
        };
        await foreach (StoredRecord stored in
            ledger.ReadAsync([new(StreamId.OfClaim(mail.Advertiser, taken.Order), 0)], ct))
        {
            stored.Record.Should().Be(taken);
        }

        KnownTouches journeys = new(clicks);

        #region claims
        CampaignRun run = new(mail, journeys);
        run.Note(taken);
        Decision refused = run.Process(new CampaignInput.OfOutcome(order));
        #endregion

        paid.Posted.Should().ContainSingle().Which.Amount.Should().Be(10.Eur);
        duplicate.Posted.Should().BeEmpty();
        refused.Outcome.Decision.Should().Be(duplicate.State.Decision);
        duplicate.Reasons.Should().ContainSingle().Which.ToString().Should()
            .Be("outcome.duplicate-order (order: 4711, first: o1, campaign: blogs)");
        OrderClaimed.Of(blogs, new CampaignRun(blogs, journeys).Process(new CampaignInput.OfOutcome(order)))
            .Should().Be(taken);
    }

    private sealed class KnownTouches(Touchpoint[] clicks) : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(clicks.Select(JourneyTouch.Of).ToArray());
    }
}
