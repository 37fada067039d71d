using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Stories;

/// <summary>Story 4: touches are recorded; a sale is proven, qualified, attributed, priced and explained.</summary>
public sealed class RecordProveAndEarn
{
    private readonly TouchpointWorkflow touchpoints;
    private readonly ConversionWorkflow conversions;

    public RecordProveAndEarn()
    {
        Campaign campaign = Acme.Draft().Build();
        MemoryJourneys journeys = new();
        touchpoints = new(journeys);
        WorkflowPorts ports = new()
        {
            Campaigns = new MemoryCampaigns(campaign),
            Journeys = journeys,
            Ledger = new MemoryLedger(),
        };
        conversions = new(ports, new EvidenceVerifier(new MemoryProofKeys()));
    }

    [Fact]
    public async Task Sale_goes_its_way_and_explains_itself()
    {
        CancellationToken ct = CancellationToken.None;
        CustomerId customer = new("cust-1");
        Instant now = Acme.Now;
        List<string> written = [];

        await touchpoints.RecordAsync(
            [Acme.Click("t1", "p-blog", 19), Acme.Click("t2", "p-mail", 18), Acme.Click("t3", "p-mail", 16)], ct);
        Outcome sale = new()
        {
            Id = new("o1"),
            At = now - Duration.FromDays(15),
            Customer = customer,
            Kind = "sale",
            Value = 1_000.Eur,
        };

        ConversionReport report = await conversions.ProcessAsync(
            new("acme-2026"), sale, [Acme.Paid("psp-991")], asOf: now, ct);

        string verdict = report.Qualification.Match(
            qualified: q => $"qualified at {q.At}",
            pending: p => $"waits for {string.Join(", ", p.Missing)} until {p.Until}",
            rejected: r => $"rejected: {string.Join(", ", r.Reasons)}",
            disputed: d => $"disputed: {string.Join(", ", d.Reasons)}");
        foreach (Earning earning in report.Earnings)
        {
            written.Add($"{earning.Partner} earns {earning.Amount}\n{earning.Payout.Explain()}");
        }

        verdict.Should().Be("qualified at 2026-03-20T12:00:00Z");
        written[0].Should().Be("""
            p-blog earns 32.00 EUR
            revenue-share 120.00 EUR
            cap -40.00 EUR
            credit-share -48.00 EUR
            total 32.00 EUR
            """.ReplaceLineEndings("\n"));
        written[1].Should().StartWith("p-mail earns 48.00 EUR");
    }

    [Fact]
    public async Task Sale_without_proof_waits_and_the_same_call_again_changes_nothing()
    {
        Outcome sale = new()
        {
            Id = new("o1"),
            At = Acme.Now,
            Customer = new CustomerId("cust-1"),
            Kind = "sale",
            Value = 200.Eur,
        };
        await touchpoints.RecordAsync([Acme.Click("t1", "p-blog", daysAgo: 1)], CancellationToken.None);

        ConversionReport waits = await conversions.ProcessAsync(
            new("acme-2026"), sale, [], Acme.Now, CancellationToken.None);
        ConversionReport again = await conversions.ProcessAsync(
            new("acme-2026"), sale, [], Acme.Now, CancellationToken.None);
        ConversionReport proven = await conversions.AddEvidenceAsync(
            new("acme-2026"), sale.Id, Acme.Paid("psp-1"), Acme.Now, CancellationToken.None);

        waits.Earnings.Should().BeEmpty();
        again.Answer.Should().Be(DecisionAnswer.Replayed);
        again.Qualification.Should().Be(waits.Qualification);
        proven.Posted.Should().ContainSingle().Which.Amount.Should().Be(24.Eur);
    }
}
