using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Measurement;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/compare-payment-models.md.</summary>
public sealed class ComparisonSnippets
{
    private static readonly Instant Day3 = Instant.FromUtc(2026, 3, 3, 12, 0);

    [Fact]
    public void Compare_two_models()
    {
        CampaignInput[] log =
        [
            new CampaignInput.OfOutcome(Sale("o1", 120.Eur)),
            new CampaignInput.OfOutcome(Sale("o2", 40.Eur)),
        ];
        IJourneySource journeys = new OneTouch();
        Instant april = Instant.FromUtc(2026, 4, 1, 0, 0);

        #region compare
        ContractDraft terms = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Etc/UTC");
        CampaignComparison comparison = CampaignComparison.Settle(
            [
                ("8 a sale", terms.Pays("sale", Pay.Cpa(8.Eur)).ToCampaign().Build()),
                ("10 percent", terms.Pays("sale", Pay.RevenueShare(10.Percent)).ToCampaign().Build()),
            ],
            log,
            () => journeys,
            asOf: april);

        ComparedCampaign share = comparison.Campaigns[1];
        string cost = $"{share.Costs[0].Cost}, {share.Costs[0].PerAcquisition!.Value.Rounded} a sale";
        string why = string.Join("; ", share.Differences.Select(d => $"{d.Outcome}: {d.Before} -> {d.After}"));
        #endregion

        cost.Should().Be("16.00 EUR, 8.00 EUR a sale");
        why.Should().Be("o1: 8.00 EUR -> 12.00 EUR; o2: 8.00 EUR -> 4.00 EUR");
        comparison.Parties.Should().ContainSingle().Which.ChangeUnder(1).Should().Be(0.Eur);
    }

    private static Outcome Sale(string id, Money value) =>
        new() { Id = new(id), At = Day3, Kind = "sale", Value = value };

    private sealed class OneTouch : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new JourneyTouch[]
        {
            new() { Id = new("t1"), At = Day3 - Duration.FromDays(1), Partner = new("p-blog") },
        });
    }
}
