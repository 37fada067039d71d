using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement.Postbacks;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

public sealed class PostbackOutboxTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Calls_are_in_the_outbox_once_whatever_the_store_does(int fault)
    {
        Campaign campaign = Contract(
            Pay.RevenueShare(10.Percent), static c => c.TrustingHost("order-paid")).ToCampaign().Build();
        MemoryLedger ledger = new();
        FaultyLedger faulty = new(ledger, number => number % 2 == 0 ? (Fault)fault : Fault.None);
        MemoryJourneys journeys = new();
        PostbackTerms target = new()
        {
            Name = "tracker",
            Partner = new("p-blog"),
            Address = PostbackTemplate.Parse("https://t.example/?{state}={payout}"),
            On = [.. Enum.GetValues<PostbackState>()],
        };
        ConversionWorkflow workflow = new(
            new()
            {
                Campaigns = new MemoryCampaigns(campaign),
                Journeys = journeys,
                Ledger = faulty,
                Postbacks = new MemoryPostbacks(target),
            },
            new EvidenceVerifier(new MemoryProofKeys()));
        Outcome sale = Sale("o1", "2026-03-02T10:00:00Z", 200.Eur);
        await journeys.RecordAsync([LiveHost.Click("p-blog", "2026-03-01T09:00:00Z")], default);

        for (int i = 0; i < 2; i++)
        {
            await workflow.ProcessAsync(campaign.Id, sale, [], sale.At, default);
            EvidenceInput proof = LiveHost.Evidence("psp", "2026-03-03T10:00:00Z");
            await workflow.AddEvidenceAsync(campaign.Id, sale.Id, proof, proof.ReceivedAt, default);
            await workflow.CorrectAsync(
                campaign.Id, Retracted("r1", "o1", "2026-03-04T10:00:00Z"), At("2026-03-04T10:00:00Z"), default);
        }

        OutboxMessage[] calls = [.. ledger.Outbox.Where(static m => m.Topic == OutboxMessage.PostbackTopic)];
        calls.Select(static m => m.Address).Should().Equal(
            "https://t.example/?pending=", "https://t.example/?approved=20.00", "https://t.example/?reversed=-20.00");
        calls.Select(static m => m.Id).Should().OnlyHaveUniqueItems();
        ledger.Outbox.Where(static m => m.Topic != OutboxMessage.PostbackTopic).Should().OnlyContain(
            static m => m.Address == null);
    }
}
