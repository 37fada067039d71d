using NodaTime;
using NodaTime.Text;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/contract-lifecycle.md and docs/amend-a-contract.md.</summary>
public sealed class LifecycleSnippets
{
    [Fact]
    public void Fold_what_the_parties_did()
    {
        ContractDraft contract = Draft();
        Instant at = At("2026-02-20T09:00:00Z");
        ContractEvent[] events =
        [
            new ContractEvent.Proposed(1) { At = at, By = new("acme") },
            new ContractEvent.Resumed { At = at, By = new("acme") },
            new ContractEvent.Accepted(1) { At = at, By = new("p-blog") },
        ];
        List<string> log = [];

        #region fold
        var lifecycle = ContractLifecycle.Begin([contract], new("p-blog"));
        foreach (ContractEvent change in events)
        {
            ContractTransition moved = lifecycle.Apply(change);
            log.Add(moved.Refusal?.ToString() ?? $"{moved.Lifecycle.StateAt(change.At)}");
            lifecycle = moved.Lifecycle;
        }
        #endregion

        log.Should().Equal(
            "Proposed", "contract.transition-refused (state: proposed, event: resumed)", "Active");
    }

    [Fact]
    public async Task Amend_with_effect_for_the_past()
    {
        (Instant january, Instant march18, Instant march20) =
            (At("2026-01-01T00:00:00Z"), At("2026-03-18T12:00:00Z"), At("2026-03-20T12:00:00Z"));
        ContractDraft first = Draft();

        #region amend
        ContractDraft second = first.Amend(
            from: new LocalDate(2026, 3, 1),
            terms => terms with { Clauses = [terms.Clauses[0] with { Pays = Pay.RevenueShare(10.Percent) }] });

        CampaignDraft campaign = first.ToCampaign().With(second).With(ContractHistory.Of("acme-2026")
            .Then(new ContractEvent.Proposed(1) { At = january, By = new("acme") })
            .Then(new ContractEvent.Accepted(1) { At = january, By = new("p-blog") })
            .Then(new ContractEvent.Proposed(2) { At = march18, By = new("acme") })
            .Then(new ContractEvent.Accepted(2) { At = march20, By = new("p-blog") }));
        #endregion

        MemoryCampaigns campaigns = new(campaign.Build());
        MemoryJourneys journeys = new();
        MemoryLedger ledger = new();
        CancellationToken ct = CancellationToken.None;
        Touchpoint click = new() { Id = new("t1"), At = january, Customer = new("c1"), Partner = new("p-blog") };
        await new TouchpointWorkflow(journeys).RecordAsync([click], ct);
        WorkflowPorts ports = new() { Campaigns = campaigns, Journeys = journeys, Ledger = ledger };
        ConversionWorkflow conversions = new(ports, new(new MemoryProofKeys()));
        foreach ((string id, string at, Money value) in new[]
        {
            ("o1", "2026-03-03T12:00:00Z", 100.Eur), ("o2", "2026-03-10T12:00:00Z", 200.Eur),
        })
        {
            Outcome sale = new() { Id = new(id), At = At(at), Kind = "sale", Customer = new("c1"), Value = value };
            await conversions.ProcessAsync(new("acme-2026"), sale, [], sale.At, ct);
        }

        AmendmentWorkflow amendments = new(ports);

        #region live
        ValueList<ConversionReport> posted = await amendments.AmendAsync(
            new("acme-2026"), new("acme-2026"), asOf: march20, ct);
        #endregion

        posted.SelectMany(d => d.Posted).OfType<Amendment>()
            .Select(a => $"{a.FromVersion} to {a.Version}: {a.Amount}")
            .Should().Equal("1 to 2: 2.00 EUR", "1 to 2: 4.00 EUR");
        (await amendments.AmendAsync(new("acme-2026"), new("acme-2026"), march20, ct)).Should().BeEmpty();
    }

    private static ContractDraft Draft() => ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
        .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 1, 1)).Pays("sale", Pay.RevenueShare(8.Percent));

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
