using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Settlement.Postbacks;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/partner-postbacks.md.</summary>
public sealed class PostbackSnippets
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 20, 12, 0);

    [Fact]
    public async Task Tell_a_partner()
    {
        Campaign campaign = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(10.Percent)).ToCampaign().Build();
        MemoryCampaigns campaigns = new(campaign);
        MemoryJourneys journeys = new();
        MemoryLedger ledger = new();
        EvidenceVerifier verifier = new(new MemoryProofKeys());

        #region tell
        PostbackTerms target = new()
        {
            Name = "p-blog-tracker",
            Partner = new("p-blog"),
            Address = PostbackTemplate.Parse(
                "https://t.example/pb?click={touch}&s={subid1}&state={state}&sum={payout}&cur={currency}"),
            On = [PostbackState.Approved, PostbackState.Adjusted, PostbackState.Reversed],
        };

        WorkflowPorts ports = new()
        {
            Campaigns = campaigns,
            Journeys = journeys,
            Ledger = ledger,
            Postbacks = new MemoryPostbacks(target),
        };
        ConversionWorkflow conversions = new(ports, verifier);
        #endregion

        Touchpoint click = new()
        {
            Id = new("t1"),
            At = Now,
            Customer = new("c1"),
            Partner = new("p-blog"),
            Facts = FactSet.Empty.With(Facts.SubId(1), "mail/7"),
        };
        await journeys.RecordAsync([click], CancellationToken.None);
        Outcome sale = new() { Id = new("o1"), At = Now, Customer = click.Customer, Kind = "sale", Value = 200.Eur };
        await conversions.ProcessAsync(campaign.Id, sale, [], asOf: Now, CancellationToken.None);

        ledger.Outbox.Where(static m => m.Topic == "postback").Select(static m => m.Address).Should().Equal(
            "https://t.example/pb?click=t1&s=mail%2F7&state=approved&sum=20.00&cur=EUR");
    }
}
