using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/settlement.md.</summary>
public sealed class SettlementSnippets
{
    private static readonly Instant Day3 = Instant.FromUtc(2026, 3, 3, 12, 0);

    private static Campaign Acme => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
        .In(Currency.Eur, "Europe/Berlin")
        .Pays("sale", Pay.RevenueShare(10.Percent), sale => sale
            .TrustingHost("order-paid", holdFor: Duration.FromDays(14)))
        .ToCampaign().Build();

    [Fact]
    public void Decide_step_by_step()
    {
        Campaign campaign = Acme;
        Outcome sale = Sale();
        Journey journey = Blog();

        #region decide
        CampaignState state = new(campaign);
        CampaignDecider decider = new(campaign);

        Decision received = decider.Receive(state, sale, [], journey, asOf: Day3);
        string waits = received.Outcome.Decision!.Qualification.Match(
            qualified: q => $"qualified at {q.At}",
            pending: p => $"waits for {string.Join(", ", p.Missing)}",
            rejected: r => $"rejected: {string.Join(", ", r.Reasons)}",
            disputed: d => $"disputed: {string.Join(", ", d.Reasons)}");

        Instant paid = Day3 + Duration.FromDays(2);
        EvidenceVerdict verdict = EvidenceVerdict.Asserted("order-paid", new("psp-991"), paid);
        Decision proven = decider.AddEvidence(state, sale.Id, verdict, journey, asOf: paid);

        AmountReturn returned = new() { Id = new("r1"), Outcome = sale.Id, At = paid, Amount = 50.Eur };
        Decision corrected = decider.Correct(state, returned, journey, asOf: paid);
        #endregion

        waits.Should().Be("waits for order-paid");
        proven.Posted.Select(e => $"{e.Partner} {e.Amount}").Should().Equal("p-blog 20.00 EUR");
        corrected.Posted.Select(e => $"{e.Partner} {e.Amount}").Should().Equal("p-blog -5.00 EUR");
    }

    [Fact]
    public void Close_months()
    {
        Campaign campaign = Acme;
        EvidenceVerdict verdict = EvidenceVerdict.Asserted("order-paid", new("psp-991"), Day3 + Duration.FromDays(20));
        AmountReturn returned = new()
        {
            Id = new("r1"),
            Outcome = new("o1"),
            At = Day3 + Duration.FromDays(40),
            Amount = 50.Eur,
        };
        IJourneySource journeys = new OneJourney(Blog());

        #region run
        CampaignRun run = new(campaign, journeys);
        run.Process(new CampaignInput.OfOutcome(Sale()));
        run.Process(new CampaignInput.OfEvidence(new("o1"), verdict));
        run.Process(new CampaignInput.OfCorrection(returned));

        ValueList<Statement> statements = run.Statements(asOf: Instant.FromUtc(2026, 5, 1, 0, 0));
        #endregion

        statements.Select(s => $"{s.Period}: {s.Opening} + {s.Gross} + {s.Adjustments} - {s.Payable} = {s.Closing}")
            .Should().Equal(
                "2026-03: 0.00 EUR + 20.00 EUR + 0.00 EUR - 20.00 EUR = 0.00 EUR",
                "2026-04: 0.00 EUR + 0.00 EUR + -5.00 EUR - 0.00 EUR = -5.00 EUR");
    }

    private static Outcome Sale() =>
        new() { Id = new("o1"), At = Day3, Kind = "sale", Value = 200.Eur, Customer = new CustomerId("c1") };

    private static Journey Blog() =>
        new(new JourneyTouch[] { new() { Id = new("t1"), At = Day3 - Duration.FromDays(1), Partner = new("p-blog") } });

    private sealed class OneJourney(Journey journey) : IJourneySource
    {
        public Journey Find(Outcome outcome) => journey;
    }
}
