using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Workflows;

namespace PerfMarketing.DependencyInjection;

/// <summary>Registers the workflows and what they need.</summary>
public static class PerfMarketingRegistration
{
    private static readonly Type[] RequiredPorts =
    [
        typeof(ICampaignStore), typeof(IJourneyStore), typeof(ILedgerStore), typeof(IDueOutcomes), typeof(IProofKeys),
    ];

    // What only some hosts do, and the port that it needs.
    private static readonly (Type Workflow, Type Port)[] OptionalPorts =
    [
        (typeof(RemittanceWorkflow), typeof(IPayments)), (typeof(InvoiceWorkflow), typeof(IStatementNumbers)),
    ];

    /// <summary>Adds the workflows, scoped, and the catalogs, as singletons.</summary>
    /// <remarks>
    /// May be called several times: each call adds, none replaces. What the host registered itself stands. Nothing is
    /// found by scanning assemblies. <see cref="RemittanceWorkflow"/> and <see cref="InvoiceWorkflow"/> are added by
    /// <see cref="PortRegistrations.UsePayments{T}"/> and <see cref="PortRegistrations.UseStatementNumbers{T}"/>, or by
    /// <see cref="PortRegistrations.AddRemittances"/> and <see cref="PortRegistrations.AddInvoices"/>.
    /// </remarks>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says what the host brings; null when it registers everything itself.</param>
    public static IServiceCollection AddPerfMarketing(
        this IServiceCollection services, Action<IPerfMarketingBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(static provider => provider.GetServices<TermRegistration>()
            .Aggregate(TermCatalog.Default, static (catalog, next) => next.AddTo(catalog)));
        services.TryAddSingleton(static provider => provider.GetServices<EvidenceScheme>()
            .Aggregate(EvidenceSchemes.Default, static (schemes, next) => schemes.With(next)));
        services.TryAddScoped(static provider => new EvidenceVerifier(
            provider.GetRequiredService<IProofKeys>(), provider.GetRequiredService<EvidenceSchemes>()));
        services.TryAddScoped(static provider => new TouchpointWorkflow(provider.GetRequiredService<IJourneyStore>()));
        services.TryAddScoped(static provider => new WorkflowPorts
        {
            Campaigns = provider.GetRequiredService<ICampaignStore>(),
            Journeys = provider.GetRequiredService<IJourneyStore>(),
            Ledger = provider.GetRequiredService<ILedgerStore>(),
            Merges = provider.GetService<ICustomerMerges>(),
            Rates = provider.GetService<IRates>(),
            Postbacks = provider.GetService<IPostbackStore>(),
            Due = provider.GetService<IDueOutcomes>(),
            Cache = provider.GetService<CampaignCache>() ?? new(),
        });
        services.TryAddScoped(static provider => new ConversionWorkflow(
            provider.GetRequiredService<WorkflowPorts>(), provider.GetRequiredService<EvidenceVerifier>())
        {
            Traffic = provider.GetService<ITrafficClassifier>(),
        });
        services.TryAddScoped(static provider =>
            new AmendmentWorkflow(provider.GetRequiredService<WorkflowPorts>()));
        services.TryAddScoped(static provider =>
            new InvalidationWorkflow(provider.GetRequiredService<WorkflowPorts>()));
        services.TryAddScoped(static provider => new DueWorkflow(
            provider.GetRequiredService<WorkflowPorts>(), provider.GetRequiredService<IDueOutcomes>()));
        services.TryAddScoped(static provider => new SettlementWorkflow(
            provider.GetRequiredService<ICampaignStore>(), provider.GetRequiredService<ILedgerStore>()));
        services.TryAddScoped(static provider => new BookingWorkflow(
            provider.GetRequiredService<ICampaignStore>(), provider.GetRequiredService<ILedgerStore>()));
        configure?.Invoke(new PerfMarketingBuilder(services));
        return services;
    }

    /// <summary>Checks, when the host starts, that nothing is missing and that no two terms have one name.</summary>
    /// <remarks>Every port is asked for that a registered workflow needs.</remarks>
    /// <param name="provider">The host's services.</param>
    /// <exception cref="PortsMissingException">Ports are missing; all of them are named.</exception>
    /// <exception cref="ArgumentException">Two of the registered kinds of term or schemes have one name.</exception>
    /// <exception cref="InvalidOperationException"><see cref="AddPerfMarketing"/> was not called.</exception>
    public static void VerifyPerfMarketing(this IServiceProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var registered = provider.GetRequiredService<IServiceProviderIsService>();
        IEnumerable<Type> asked =
            OptionalPorts.Where(o => registered.IsService(o.Workflow)).Select(static o => o.Port);
        ValueList<Type> missing = [.. RequiredPorts.Concat(asked).Where(port => !registered.IsService(port))];
        if (missing.Count > 0)
        {
            throw new PortsMissingException(missing);
        }

        provider.GetRequiredService<TermCatalog>();
        provider.GetRequiredService<EvidenceSchemes>();
    }

    private sealed class PerfMarketingBuilder(IServiceCollection services) : IPerfMarketingBuilder
    {
        public IServiceCollection Services => services;
    }
}
