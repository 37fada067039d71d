using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PerfMarketing.Attribution;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.DependencyInjection;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Payouts;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.DependencyInjection;

public sealed class PerfMarketingRegistrationTests
{
    [Fact]
    public void Missing_ports_are_named_all_at_once()
    {
        using ServiceProvider provider = Provide(static b => b.UseLedger<ScopedLedger>());

        PortsMissingException missing = provider.Invoking(static p => p.VerifyPerfMarketing())
            .Should().Throw<PortsMissingException>().Which;

        missing.Missing.Should().Equal(typeof(ICampaignStore), typeof(IJourneyStore), typeof(IProofKeys));
        missing.Message.Should().Contain("ICampaignStore, IJourneyStore, IProofKeys");
    }

    [Fact]
    public async Task Workflows_run_in_a_scope_over_the_hosts_ports()
    {
        using ServiceProvider provider = Provide(static b => b.UseMemory());
        provider.VerifyPerfMarketing();
        Campaign campaign = Contract(Pay.Fixed(10.Eur)).ToCampaign().Build();
        provider.GetRequiredService<MemoryCampaigns>().Put(campaign);
        using IServiceScope scope = provider.CreateScope();
        IServiceProvider services = scope.ServiceProvider;
        Touchpoint click = Workflows.LiveHost.Click("p-blog", "2026-03-01T09:00:00Z");
        Outcome sale = Sale("o1", "2026-03-03T12:00:00Z");

        await services.GetRequiredService<TouchpointWorkflow>().RecordAsync([click], CancellationToken.None);
        ConversionReport report = await services.GetRequiredService<ConversionWorkflow>()
            .ProcessAsync(campaign.Id, sale, [], sale.At, CancellationToken.None);
        var statements = await services.GetRequiredService<SettlementWorkflow>()
            .SettleAsync(campaign.Id, new(2026, 3), sale.At, CancellationToken.None);

        report.Posted.Texts().Should().Equal("p-blog 10.00 EUR");
        statements.Should().ContainSingle().Which.Total.Should().Be(10.Eur);
    }

    [Fact]
    public async Task Invoices_are_numbered_by_the_hosts_port()
    {
        using ServiceProvider provider = Provide(static b => b.UseStatementNumbers<MyNumbers>().UseMemory());
        using IServiceScope scope = provider.CreateScope();

        scope.ServiceProvider.GetRequiredService<IStatementNumbers>().Should().BeOfType<MyNumbers>();
        Statement paying = StatementInvoiceTests.Paying(10.Eur);
        ValueList<StatementInvoice> invoices = await scope.ServiceProvider.GetRequiredService<InvoiceWorkflow>()
            .InvoiceAsync(new("acme"), [paying], static _ => new(0.Percent, 0.Percent), CancellationToken.None);

        invoices.Should().ContainSingle().Which.Number.Should().Be("2026-0001");
    }

    [Fact]
    public void Ports_of_workflows_that_a_host_adds_are_missed_when_it_starts()
    {
        using ServiceProvider without = Provide(static b => b.UseMemory().Services
            .RemoveAll<IStatementNumbers>().RemoveAll<IPayments>());

        without.Invoking(static p => p.VerifyPerfMarketing()).Should().Throw<PortsMissingException>()
            .Which.Missing.Should().Equal(typeof(IPayments), typeof(IStatementNumbers));
    }

    [Fact]
    public void Hosts_that_neither_pay_nor_write_invoices_need_no_ports_for_it()
    {
        ServiceCollection services = new();
        services.AddSingleton<ICampaignStore>(new MemoryCampaigns()).AddSingleton<IProofKeys>(new MemoryProofKeys());
        services.AddPerfMarketing(static b => b.UseJourneys<MemoryJourneys>().UseLedger<ScopedLedger>());
        using ServiceProvider plain = Build(services);
        using ServiceProvider paying = Provide(static b => b.UsePayments<MemoryPayments>().UseMemory());
        using IServiceScope scope = plain.CreateScope();

        plain.VerifyPerfMarketing();
        paying.VerifyPerfMarketing();

        scope.ServiceProvider.GetService<RemittanceWorkflow>().Should().BeNull();
        scope.ServiceProvider.GetService<InvoiceWorkflow>().Should().BeNull();
        scope.ServiceProvider.GetRequiredService<DueWorkflow>().Should().NotBeNull();
    }

    [Fact]
    public void Second_call_adds_and_never_replaces()
    {
        ServiceCollection services = new();
        services.AddPerfMarketing(static b => b
            .AddPayoutModel("acme.weekend-bonus", WeekendBonus.Read, new InlineValidator<WeekendBonus>()));
        services.AddPerfMarketing(static b => b.UseMemory()
            .AddPayoutModel("acme.silence", static (_, _) => new Silence(), new InlineValidator<Silence>())
            .AddPeriodPayout("acme.retainer", static _ => new Retainer(1.Eur), new InlineValidator<Retainer>())
            .AddAttributionRule("acme.nobody", static _ => new Nobody(), new InlineValidator<Nobody>())
            .AddProofPolicy("acme.panel", static _ => new Panel(), new InlineValidator<Panel>())
            .AddEvidenceScheme(new Seal()));
        using ServiceProvider provider = Build(services);

        TermCatalog catalog = provider.GetRequiredService<TermCatalog>();

        catalog.Models.Tags.Should().Contain(["acme.weekend-bonus", "acme.silence", "fixed"]);
        catalog.Periods.Tags.Should().Contain(["acme.retainer", "retainer"]);
        catalog.Rules.Tags.Should().Contain(["acme.nobody", "last-touch"]);
        catalog.Proofs.Tags.Should().Contain(["acme.panel", "none"]);
        provider.GetRequiredService<EvidenceSchemes>().Ids.Should().Contain(["acme.seal", "asserted"]);
        provider.GetRequiredService<TermCatalog>().Should().BeSameAs(catalog);
        services.Count(static s => s.ServiceType == typeof(ConversionWorkflow)).Should().Be(1);
    }

    [Fact]
    public void Name_that_is_taken_is_found_when_the_host_starts()
    {
        using ServiceProvider provider = Provide(static b => b.UseMemory()
            .AddAttributionRule("acme.nobody", static _ => new Nobody(), new InlineValidator<Nobody>())
            .AddAttributionRule("acme.nobody", static _ => new Nobody(), new InlineValidator<Nobody>()));

        provider.Invoking(static p => p.VerifyPerfMarketing()).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Hosts_own_registrations_stand_and_ports_are_scoped()
    {
        ServiceCollection services = new();
        MemoryCampaigns own = new();
        services.AddSingleton<ICampaignStore>(own);
        services.AddPerfMarketing(static b => b.UseLedger<ScopedLedger>().UseMemory().UseCustomerMerges<NoMerges>());
        using ServiceProvider provider = Build(services);
        using IServiceScope one = provider.CreateScope();
        using IServiceScope two = provider.CreateScope();

        one.ServiceProvider.GetRequiredService<ICampaignStore>().Should().BeSameAs(own);
        one.ServiceProvider.GetRequiredService<ILedgerStore>().Should().BeOfType<ScopedLedger>()
            .And.NotBeSameAs(two.ServiceProvider.GetRequiredService<ILedgerStore>())
            .And.BeSameAs(one.ServiceProvider.GetRequiredService<IDueOutcomes>(), "one transaction holds both");
        one.ServiceProvider.GetRequiredService<DueWorkflow>().Should().NotBeNull();
        one.ServiceProvider.GetRequiredService<ConversionWorkflow>().Should().NotBeNull();
        provider.Invoking(static p => p.GetRequiredService<ConversionWorkflow>()).Should()
            .Throw<InvalidOperationException>("workflows are scoped, as ports may be");
    }

    private static ServiceProvider Provide(Action<IPerfMarketingBuilder> configure)
    {
        ServiceCollection services = new();
        services.AddPerfMarketing(configure);
        return Build(services);
    }

    private static ServiceProvider Build(ServiceCollection services) =>
        services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });

    private sealed class ScopedLedger : ILedgerStore, IDueOutcomes
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

    private sealed class MyNumbers : IStatementNumbers
    {
        public ValueTask<string> NumberOfAsync(
            PartyId payer,
            PartnerId partner,
            StatementId statement,
            bool isCreditNote,
            CancellationToken cancellationToken) =>
            new("2026-0001");
    }

    private sealed class NoMerges : ICustomerMerges
    {
        public ValueTask<CustomerId> FindMainAsync(
            CustomerId customer, NodaTime.Instant asOf, CancellationToken cancellationToken) => new(customer);

        public ValueTask<ValueList<CustomerId>> FindAllAsync(
            CustomerId customer, NodaTime.Instant asOf, CancellationToken cancellationToken) =>
            new(ValueList.Create([customer]));
    }

    private sealed record Silence : PayoutModel
    {
        public override string Tag => "acme.silence";

        protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
        {
        }

        protected override void WriteCore(TermWriter terms)
        {
        }
    }

    private sealed record Nobody : AttributionRule
    {
        public override string Tag => "acme.nobody";

        protected override void Weigh(in JourneyView journey, Span<long> weights)
        {
        }
    }

    private sealed record Panel : ProofPolicy
    {
        public override string Tag => "acme.panel";

        protected internal override Qualification JudgeCore(ProofCase proof) => new Qualification.Rejected([]);

        protected override void WriteCore(TermWriter terms)
        {
        }
    }

    private sealed class Seal : EvidenceScheme
    {
        public override SchemeId Id => "acme.seal";

        protected override EvidenceVerdict VerifyCore(EvidenceInput input, KeyRing keys) =>
            Indeterminate(input, new("acme.not-looked-at"));
    }
}
