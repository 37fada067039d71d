using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Stories;

/// <summary>Story 7: a month is settled; what is corrected later is in the next one.</summary>
public sealed class SettleAMonth
{
    private readonly ConversionWorkflow conversions;
    private readonly SettlementWorkflow settlement;
    private readonly TouchpointWorkflow touchpoints;

    public SettleAMonth()
    {
        Campaign campaign = Acme.Draft().Build();
        MemoryCampaigns campaigns = new(campaign);
        MemoryJourneys journeys = new();
        MemoryLedger ledger = new();
        touchpoints = new(journeys);
        WorkflowPorts ports = new() { Campaigns = campaigns, Journeys = journeys, Ledger = ledger };
        conversions = new(ports, new EvidenceVerifier(new MemoryProofKeys()));
        settlement = new(campaigns, ledger);
    }

    [Fact]
    public async Task Month_is_settled_the_same_however_often()
    {
        CancellationToken ct = CancellationToken.None;
        Instant april = Instant.FromUtc(2026, 4, 2, 0, 0);
        List<string> written = [];
        await SellAsync();

        ValueList<Statement> march = await settlement.SettleAsync(new("acme-2026"), new YearMonth(2026, 3), april, ct);
        foreach (Statement statement in march)
        {
            written.Add($"{statement.Partner}: {statement.Lines.Count} lines, "
                + $"earned {statement.Gross}, payable {statement.Payable}, carried {statement.Closing}");
        }

        written.Should().Equal(
            "p-blog: 1 lines, earned 12.00 EUR, payable 0.00 EUR, carried 12.00 EUR",
            "p-mail: 1 lines, earned 12.00 EUR, payable 0.00 EUR, carried 12.00 EUR");

        AmountReturn half = new() { Id = new("r1"), Outcome = new("o1"), At = april, Amount = 100.Eur };
        await conversions.CorrectAsync(new("acme-2026"), half, april, ct);
        Instant may = Instant.FromUtc(2026, 5, 2, 0, 0);

        ValueList<Statement> again = await settlement.SettleAsync(new("acme-2026"), new YearMonth(2026, 3), may, ct);
        ValueList<Statement> next = await settlement.SettleAsync(new("acme-2026"), new YearMonth(2026, 4), may, ct);

        again.Should().Equal(march);
        next.Select(s => $"{s.Partner} {s.Adjustments} {s.Payable}").Should()
            .Equal("p-blog -6.00 EUR 6.00 EUR", "p-mail -6.00 EUR 6.00 EUR");
    }

    private async Task SellAsync()
    {
        await touchpoints.RecordAsync(
            [Acme.Click("t1", "p-blog", daysAgo: 2), Acme.Click("t2", "p-mail", 1)], CancellationToken.None);
        Outcome sale = new()
        {
            Id = new("o1"),
            At = Acme.Now,
            Customer = new CustomerId("cust-1"),
            Kind = "sale",
            Value = 200.Eur,
        };
        await conversions.ProcessAsync(
            new("acme-2026"), sale, [Acme.Paid("psp-991")], Acme.Now, CancellationToken.None);
    }
}
