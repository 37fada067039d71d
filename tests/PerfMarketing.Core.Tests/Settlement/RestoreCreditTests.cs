using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Contracts that permit a part of the credit each, settled again over closed statements.</summary>
public sealed class RestoreCreditTests
{
    // One partner, a touch of content and one of deals. Two contracts permit one of them each, one neither, and one
    // that waits for proof permits both.
    [Fact]
    public void What_a_contract_permits_says_nothing_of_the_credit_of_others()
    {
        Campaign campaign = CampaignDraft.For("c", "acme")
            .With(Terms("content", 10).Permitting(new() { Channels = [new("content")] }))
            .With(Terms("deals", 5).Permitting(new() { Channels = [new("deals")] }))
            .With(Terms("neither", 7).Permitting(new() { Channels = [new("podcast")] }))
            .With(Terms("later", 20, "order-paid")).AttributedBy(new Linear()).Build();
        CampaignInput[] log = [Of(Sale("o1", "2026-03-03T12:00:00Z")), Proof("o1", "2026-04-03T12:00:00Z")];
        CampaignRun whole = Settle(campaign, [], log);

        ValueList<Statement> closed = Settle(campaign, [], log[..1]).Statements(At("2026-04-01T12:00:00Z"));
        CampaignRun again = Settle(campaign, closed, log);

        whole.Entries.Select(static e => $"{e.Contract} {e.Amount}").Should().Equal(
            "content 5.00 EUR", "deals 2.50 EUR", "later 20.00 EUR");
        again.Entries.Select(static e => $"{e.Contract} {e.Amount}").Should().Equal(
            whole.Entries.Select(static e => $"{e.Contract} {e.Amount}"));
    }

    // The sale waits for proof while a touch before it is recorded late: both partners are credited when it is proven,
    // and both are so again when the statement is closed and all is decided anew.
    [Fact]
    public void Who_was_credited_when_it_was_proven_stays_credited_over_a_closed_statement()
    {
        Campaign campaign = CampaignDraft.For("c", "acme").With(ContractDraft.For("all").PaidBy("acme")
            .WithPartner("p1").WithPartner("p2").In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.Fixed(10.Eur), static c => c.TrustingHost("order-paid")))
            .AttributedBy(new Linear()).Build();
        CampaignInput[] log = [Of(Sale("o1", "2026-03-03T12:00:00Z")), Proof("o1", "2026-03-25T12:00:00Z")];
        CampaignRun Decide(IEnumerable<Statement> closed)
        {
            CampaignRun run = Run(
                campaign,
                Touch("p1", "2026-03-01T09:00:00Z"),
                Touch("p2", "2026-03-02T09:00:00Z", recordedAt: "2026-03-05T09:00:00Z"),
                Touch("p2", "2026-03-02T10:00:00Z", recordedAt: "2026-03-26T09:00:00Z"));
            run.Restore(closed);
            Array.ForEach(log, i => run.Process(i));
            run.Expire(At("2026-05-01T12:00:00Z"));
            return run;
        }

        CampaignRun whole = Decide([]);
        CampaignRun again = Decide(whole.Statements(At("2026-04-01T12:00:00Z")));

        whole.Entries.Texts().Should().Equal("p1 5.00 EUR", "p2 5.00 EUR");
        again.Entries.Should().Equal(whole.Entries);
        OutcomeState known = again.State.Find(new("o1"))!;
        known.Decision.Should().Be(whole.State.Find(new("o1"))!.Decision);
        known.Decision!.Attribution!.Credits.Should().HaveCount(2);
    }

    // March has paid for o1 and its order; the log tells o1 otherwise, and the order again under another id.
    [Theory]
    [InlineData(100)]
    [InlineData(90)]
    public void An_order_that_a_closed_statement_paid_is_paid_once(int value)
    {
        Campaign campaign = Contract(Pay.RevenueShare(10.Percent)).ToCampaign().Build();
        CampaignRun first = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        first.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 100.Eur) with { OrderId = new("A-1") }));
        CampaignRun again = Run(campaign, Touch("p-blog", "2026-03-01T09:00:00Z"));
        again.Restore(first.Statements(At("2026-04-01T00:00:00Z")));

        again.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", value.Eur) with { OrderId = new("A-1") }));
        again.Process(Of(Sale("o2", "2026-03-23T12:00:00Z", 100.Eur) with { OrderId = new("A-1") }));
        again.Expire(At("2026-05-01T12:00:00Z"));

        again.Entries.Texts().Should().Equal("p-blog 10.00 EUR");
        again.State.Find(new("o2"))!.Decision!.Qualification.Should().BeOfType<Qualification.Rejected>()
            .Which.Reasons.Single().Code.Should().Be(SettlementReasons.DuplicateOrder);
    }

    private static CampaignRun Settle(Campaign campaign, IEnumerable<Statement> closed, CampaignInput[] log)
    {
        CampaignRun run = Run(
            campaign,
            Touch("p1", "2026-03-01T09:00:00Z") with { Channel = new("content") },
            Touch("p1", "2026-03-02T09:00:00Z") with { Channel = new("deals") });
        run.Restore(closed);
        Array.ForEach(log, i => run.Process(i));
        run.Expire(At("2026-05-01T12:00:00Z"));
        return run;
    }

    private static ContractDraft Terms(string id, int euros, string? proof = null) => ContractDraft.For(id)
        .PaidBy("acme").WithPartner("p1").In(Currency.Eur, "Europe/Berlin")
        .Pays("sale", Pay.Fixed(euros.Eur), c => proof is null ? c : c.TrustingHost(proof));
}
