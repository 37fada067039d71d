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

    /// <summary>Adds the workflows, scoped, and the catalogs, as singletons.</summary>
    /// <remarks>
    /// May be called several times: each call adds, none replaces. What the host registered itself stands. Nothing is
    /// found by scanning assemblies.
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
        services.TryAddScoped(static provider => new ConversionWorkflow(
            provider.GetRequiredService<ICampaignStore>(),
            provider.GetRequiredService<IJourneyStore>(),
            provider.GetRequiredService<ILedgerStore>(),
            provider.GetRequiredService<EvidenceVerifier>(),
            provider.GetService<ICustomerMerges>())
        {
            Rates = provider.GetService<IRates>(),
            Traffic = provider.GetService<ITrafficClassifier>(),
            Postbacks = provider.GetService<IPostbackStore>(),
        });
        services.TryAddScoped(static provider => new AmendmentWorkflow(
            provider.GetRequiredService<ICampaignStore>(),
            provider.GetRequiredService<IJourneyStore>(),
            provider.GetRequiredService<ILedgerStore>(),
            provider.GetService<ICustomerMerges>())
        {
            Rates = provider.GetService<IRates>(),
            Postbacks = provider.GetService<IPostbackStore>(),
        });
        services.TryAddScoped(static provider => new InvalidationWorkflow(
            provider.GetRequiredService<ICampaignStore>(),
            provider.GetRequiredService<IJourneyStore>(),
            provider.GetRequiredService<ILedgerStore>(),
            provider.GetService<ICustomerMerges>())
        {
            Rates = provider.GetService<IRates>(),
            Postbacks = provider.GetService<IPostbackStore>(),
        });
        services.TryAddScoped(static provider => new DueWorkflow(
            provider.GetRequiredService<ICampaignStore>(),
            provider.GetRequiredService<IJourneyStore>(),
            provider.GetRequiredService<ILedgerStore>(),
            provider.GetRequiredService<IDueOutcomes>(),
            provider.GetService<ICustomerMerges>())
        {
            Rates = provider.GetService<IRates>(),
            Postbacks = provider.GetService<IPostbackStore>(),
        });
        services.TryAddScoped(static provider => new SettlementWorkflow(
            provider.GetRequiredService<ICampaignStore>(), provider.GetRequiredService<ILedgerStore>()));
        services.TryAddScoped(static provider => new RemittanceWorkflow(
            provider.GetRequiredService<ILedgerStore>(), provider.GetRequiredService<IPayments>()));
        services.TryAddScoped(static provider => new InvoiceWorkflow(
            provider.GetRequiredService<IStatementNumbers>()));
        services.TryAddScoped(static provider => new BookingWorkflow(
            provider.GetRequiredService<ICampaignStore>(), provider.GetRequiredService<ILedgerStore>()));
        configure?.Invoke(new PerfMarketingBuilder(services));
        return services;
    }

    /// <summary>Checks, when the host starts, that nothing is missing and that no two terms have one name.</summary>
    /// <param name="provider">The host's services.</param>
    /// <exception cref="PortsMissingException">Ports are missing; all of them are named.</exception>
    /// <exception cref="ArgumentException">Two of the registered kinds of term or schemes have one name.</exception>
    /// <exception cref="InvalidOperationException"><see cref="AddPerfMarketing"/> was not called.</exception>
    public static void VerifyPerfMarketing(this IServiceProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var registered = provider.GetRequiredService<IServiceProviderIsService>();
        ValueList<Type> missing = [.. RequiredPorts.Where(port => !registered.IsService(port))];
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
