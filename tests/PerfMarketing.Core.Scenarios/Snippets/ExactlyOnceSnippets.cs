using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
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
}
