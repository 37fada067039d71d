using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.DependencyInjection;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Snippets;

/// <summary>The code of docs/ports.md.</summary>
public sealed class PortsSnippets
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 20, 12, 0);

    private static readonly Campaign Acme = ContractDraft.For("acme-2026").PaidBy("acme").WithPartner("p-blog")
        .In(Currency.Eur, "Europe/Berlin")
        .Pays("sale", Pay.Fixed(10.Eur), sale => sale.TrustingHost("order-paid", within: Duration.FromDays(14)))
        .ToCampaign().Build();

    [Fact]
    public async Task Take_in_a_sale()
    {
        MemoryCampaigns campaigns = new(Acme);
        MemoryJourneys journeys = new();
        MemoryLedger ledger = new();
        MemoryProofKeys keys = new();
        CancellationToken ct = CancellationToken.None;
        Touchpoint click = new() { Id = new("t1"), At = Now, Customer = new("c1"), Partner = new("p-blog") };
        Outcome sale = new() { Id = new("o1"), At = Now, Customer = click.Customer, Kind = "sale" };
        EvidenceInput paid = new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.Asserted,
            Id = new("psp-991"),
            ReceivedAt = Now,
        };

        #region workflows
        TouchpointWorkflow touchpoints = new(journeys);
        WorkflowPorts ports = new() { Campaigns = campaigns, Journeys = journeys, Ledger = ledger };
        ConversionWorkflow conversions = new(ports, new EvidenceVerifier(keys));
        SettlementWorkflow settlement = new(campaigns, ledger);

        await touchpoints.RecordAsync([click], ct);
        ConversionReport waits = await conversions.ProcessAsync(new("acme-2026"), sale, [], asOf: Now, ct);
        ConversionReport earns = await conversions.AddEvidenceAsync(new("acme-2026"), sale.Id, paid, asOf: Now, ct);
        ValueList<Statement> march = await settlement.SettleAsync(new("acme-2026"), new(2026, 3), asOf: Now, ct);
        #endregion

        waits.Qualification.Should().BeOfType<Qualification.Pending>();
        waits.ReviewAt.Should().Be(Now + Duration.FromDays(14));
        earns.Posted.Should().ContainSingle().Which.Amount.Should().Be(10.Eur);
        march.Should().ContainSingle().Which.Total.Should().Be(10.Eur);

        // The outcome's records, its partner's entries, and that the evidence has proven this outcome and no other.
        var proof = EvidenceVerdict.Asserted(paid.Kind, new("psp-991"), Now);
        string evidence = StreamId.OfEvidence(new("acme-2026"), proof).ToString();
        ledger.Positions.Select(p => p.Stream.ToString()).Should()
            .Equal(
                evidence,
                "acme-2026/ledger/acme-2026/p-blog",
                "acme-2026/outcome/o1",
                "acme-2026/periods/acme-2026");
    }

    [Fact]
    public void Register()
    {
        #region register
        ServiceCollection services = new();
        services.AddPerfMarketing(b => b
            .UseCampaigns<MyCampaigns>()
            .UseJourneys<MyJourneys>()
            .UseLedger<MyLedger>()
            .UseProofKeys<MyKeys>());

        using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        provider.VerifyPerfMarketing();
        #endregion

        using IServiceScope scope = provider.CreateScope();
        scope.ServiceProvider.GetRequiredService<ConversionWorkflow>().Should().NotBeNull();
    }

    [Fact]
    public void One_cache_for_all_requests()
    {
        ServiceCollection services = new();
        services.AddPerfMarketing(b => b
            .UseCampaigns<MyCampaigns>().UseJourneys<MyJourneys>().UseLedger<MyLedger>().UseProofKeys<MyKeys>());
        using (ServiceProvider alone = services.BuildServiceProvider(validateScopes: true))
        {
            CachesOf(alone).Distinct().Should().HaveCount(2);
        }

        #region cache
        services.AddSingleton(new CampaignCache(recordsMax: 500_000));
        #endregion

        using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        CachesOf(provider).Distinct().Should().ContainSingle().Which.RecordsMax.Should().Be(500_000);
    }

    private static CampaignCache[] CachesOf(ServiceProvider provider)
    {
        using IServiceScope first = provider.CreateScope();
        using IServiceScope second = provider.CreateScope();
        return
        [
            first.ServiceProvider.GetRequiredService<WorkflowPorts>().Cache,
            second.ServiceProvider.GetRequiredService<WorkflowPorts>().Cache,
        ];
    }

    private sealed class MyCampaigns : ICampaignStore
    {
        public ValueTask<Campaign?> FindAsync(CampaignId id, CancellationToken cancellationToken) => new(Acme);
    }

    private sealed class MyJourneys : IJourneyStore
    {
        public ValueTask<ValueList<TouchAnswer>> RecordAsync(
            ValueList<Touchpoint> batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask MarkAsync(OutcomeMark mark, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private sealed class MyLedger : ILedgerStore, IDueOutcomes
    {
        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<ValueList<DueOutcome>> FindAsync(
            CampaignId campaign,
            NodaTime.Instant asOf,
            DueOutcome? after,
            int count,
            CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class MyKeys : IProofKeys
    {
        public ValueTask<KeyRing> FindAsync(SchemeId scheme, EvidenceKind? kind, CancellationToken cancellationToken) =>
            new(KeyRing.Empty);
    }
}
