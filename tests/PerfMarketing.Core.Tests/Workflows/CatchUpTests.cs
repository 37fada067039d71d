using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;
using static PerfMarketing.Tests.Workflows.LiveHost;

namespace PerfMarketing.Tests.Workflows;

/// <summary>What time has decided comes before what comes in: but not twice, whoever was faster.</summary>
public sealed class CatchUpTests
{
    private const string Due = "2026-03-09T10:00:00Z";

    // One contract waits five days for the proof and the other thirty; the price depends on what came before.
    private static CampaignDraft Campaign
    {
        get
        {
            ContractDraft patient = Contract(
                Pay.Volume(new Tier(1.Eur, 2), new Tier(2.Eur, null)),
                static c => c.TrustingHost("order-paid", within: Duration.FromDays(30)));
            ContractDraft hasty = Contract(
                Pay.Fixed(3.Eur), static c => c.TrustingHost("order-paid", within: Duration.FromDays(5)));
            return patient.ToCampaign().With(hasty with { Id = new("hasty") });
        }
    }

    [Fact]
    public async Task A_wait_that_somebody_decided_meanwhile_is_not_decided_again()
    {
        OneStaleRead faults = new();
        LiveHost host = new(Campaign, inner => new PerfMarketing.Testing.FaultyLedger(inner, faults));
        await host.RecordAsync(Click("p-blog", "2026-03-03T10:00:00Z"));
        await host.ProcessAsync(Sale("o1", "2026-03-04T10:00:00Z"));
        await host.ReviewAsync("o1", Due);
        await host.ProcessAsync(Sale("o2", "2026-03-05T10:00:00Z"), Evidence("psp-2", "2026-03-05T10:00:00Z"));
        await host.ProcessAsync(Sale("o3", "2026-03-05T12:00:00Z"), Evidence("psp-3", "2026-03-05T12:00:00Z"));

        faults.IsNext = true;
        ConversionReport proven = await host.ProveAsync("o1", Evidence("psp-1", "2026-03-10T10:00:00Z"));

        proven.Promoted.Should().BeEmpty();
        proven.State.Earnings.Should().ContainSingle().Which.Net.Should().Be(2.Eur);
        (await DecisionsAsync(host)).Where(static d => d.DecidedAt == At(Due)).Should().ContainSingle();
    }

    private static async Task<List<OutcomeDecided>> DecisionsAsync(LiveHost host)
    {
        List<OutcomeDecided> decisions = [];
        StreamPosition all = new(StreamId.OfOutcome(host.Campaign.Id, new("o1")), 0);
        await foreach (StoredRecord stored in host.Ledger.ReadAsync([all], CancellationToken.None))
        {
            decisions.AddRange(stored.Record is OutcomeDecided decided ? [decided] : []);
        }

        return decisions;
    }

    /// <summary>The next read lags one record behind.</summary>
    private sealed class OneStaleRead : IPortFaults
    {
        public bool IsNext { get; set; }

        public PortFault Next(PortMethod method)
        {
            bool isStale = IsNext && method == PortMethod.ReadStreams;
            IsNext &= !isStale;
            return isStale ? new(PortFaultKind.StaleRead, 1) : default;
        }
    }
}
