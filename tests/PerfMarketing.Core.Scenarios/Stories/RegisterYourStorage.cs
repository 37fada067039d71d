using Microsoft.Extensions.DependencyInjection;
using PerfMarketing.Contracts;
using PerfMarketing.DependencyInjection;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;

namespace PerfMarketing.Scenarios.Stories;

/// <summary>Story 3: a host registers its own storage and its own rule.</summary>
public sealed class RegisterYourStorage
{
    [Fact]
    public void Storage_is_registered_and_verified_when_the_host_starts()
    {
        ServiceCollection services = new();

        services.AddPerfMarketing(b => b
            .UseCampaigns<SqlCampaigns>()
            .UseJourneys<SqlJourneys>()
            .UseLedger<SqlLedger>()
            .UseProofKeys<VaultKeys>()
            .AddPayoutModel("acme.weekend-bonus", WeekendBonus.Read, new WeekendBonusValidator()));

        using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        provider.VerifyPerfMarketing();

        using IServiceScope request = provider.CreateScope();
        request.ServiceProvider.GetRequiredService<ConversionWorkflow>().Should().NotBeNull();
        provider.GetRequiredService<TermCatalog>().Models.Tags.Should().Contain("acme.weekend-bonus");
    }

    [Fact]
    public void What_is_missing_is_named_at_once()
    {
        ServiceCollection services = new();
        services.AddPerfMarketing(b => b.UseCampaigns<SqlCampaigns>());
        using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);

        provider.Invoking(p => p.VerifyPerfMarketing()).Should().Throw<PortsMissingException>()
            .WithMessage("*IJourneyStore, ILedgerStore, IDueOutcomes, IProofKeys*");
    }

    // Stand-ins: a host's own stores take a scoped connection here.
    private sealed class SqlCampaigns : ICampaignStore
    {
        private readonly MemoryCampaigns inner = new();

        public ValueTask<Campaigns.Campaign?> FindAsync(CampaignId id, CancellationToken cancellationToken) =>
            inner.FindAsync(id, cancellationToken);
    }

    private sealed class SqlJourneys : IJourneyStore
    {
        private readonly MemoryJourneys inner = new();

        public ValueTask<ValueList<TouchAnswer>> RecordAsync(
            ValueList<Touchpoint> batch, CancellationToken cancellationToken) =>
            inner.RecordAsync(batch, cancellationToken);

        public ValueTask MarkAsync(OutcomeMark mark, CancellationToken cancellationToken) =>
            inner.MarkAsync(mark, cancellationToken);

        public ValueTask<StoredJourney> ReadAsync(JourneyQuery query, CancellationToken cancellationToken) =>
            inner.ReadAsync(query, cancellationToken);
    }

    private sealed class SqlLedger : ILedgerStore, IDueOutcomes
    {
        private readonly MemoryLedger inner = new();

        public ValueTask<CommitResult> CommitAsync(CommitBatch batch, CancellationToken cancellationToken) =>
            inner.CommitAsync(batch, cancellationToken);

        public IAsyncEnumerable<StoredRecord> ReadAsync(
            ValueList<StreamPosition> after, CancellationToken cancellationToken) =>
            inner.ReadAsync(after, cancellationToken);

        public ValueTask<ValueList<CommitReceipt>> FindAsync(
            UnitId unit, ValueList<string> keys, CancellationToken cancellationToken) =>
            inner.FindAsync(unit, keys, cancellationToken);

        public ValueTask<ValueList<DueOutcome>> FindAsync(
            CampaignId campaign,
            NodaTime.Instant asOf,
            DueOutcome? after,
            int count,
            CancellationToken cancellationToken) => inner.FindAsync(campaign, asOf, after, count, cancellationToken);
    }

    private sealed class VaultKeys : IProofKeys
    {
        public ValueTask<KeyRing> FindAsync(SchemeId scheme, EvidenceKind? kind, CancellationToken cancellationToken) =>
            new(KeyRing.Empty);
    }
}
