using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Identity;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Workflows;

namespace PerfMarketing.DependencyInjection;

/// <summary>Registers the host's ports, scoped, so that they may share a scoped connection.</summary>
/// <remarks>A port that is registered already stands: register it yourself for another lifetime.</remarks>
public static class PortRegistrations
{
    /// <summary>Says where campaigns are kept.</summary>
    /// <typeparam name="T">The host's store.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseCampaigns<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, ICampaignStore => Use<ICampaignStore, T>(builder);

    /// <summary>Says where journeys are kept.</summary>
    /// <typeparam name="T">The host's store.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseJourneys<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, IJourneyStore => Use<IJourneyStore, T>(builder);

    /// <summary>Says where the records of campaigns are kept, and with them which outcomes are due.</summary>
    /// <typeparam name="T">The host's store.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseLedger<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, ILedgerStore, IDueOutcomes
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<T>();
        builder.Services.TryAddScoped<ILedgerStore>(static provider => provider.GetRequiredService<T>());
        builder.Services.TryAddScoped<IDueOutcomes>(static provider => provider.GetRequiredService<T>());
        return builder;
    }

    /// <summary>Says where the keys are that verify evidence.</summary>
    /// <typeparam name="T">The host's keys.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseProofKeys<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, IProofKeys => Use<IProofKeys, T>(builder);

    /// <summary>Says where payments are made, and adds <see cref="RemittanceWorkflow"/>.</summary>
    /// <typeparam name="T">The host's bank.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UsePayments<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, IPayments => Use<IPayments, T>(builder).AddRemittances();

    /// <summary>
    /// Adds <see cref="RemittanceWorkflow"/>, for hosts that register <see cref="IPayments"/> themselves.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder AddRemittances(this IPerfMarketingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped(static provider => new RemittanceWorkflow(
            provider.GetRequiredService<ILedgerStore>(), provider.GetRequiredService<IPayments>()));
        return builder;
    }

    /// <summary>Says who gives invoices their numbers, and adds <see cref="InvoiceWorkflow"/>.</summary>
    /// <typeparam name="T">The host's sequence.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseStatementNumbers<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, IStatementNumbers => Use<IStatementNumbers, T>(builder).AddInvoices();

    /// <summary>
    /// Adds <see cref="InvoiceWorkflow"/>, for hosts that register <see cref="IStatementNumbers"/> themselves.
    /// </summary>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder AddInvoices(this IPerfMarketingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped(static provider => new InvoiceWorkflow(
            provider.GetRequiredService<IStatementNumbers>()));
        return builder;
    }

    /// <summary>Says where partners want to be told of their outcomes; without it nobody is.</summary>
    /// <typeparam name="T">The host's store.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UsePostbacks<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, IPostbackStore => Use<IPostbackStore, T>(builder);

    /// <summary>Says which customers are one person; without it every customer is its own.</summary>
    /// <typeparam name="T">The host's knowledge.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseCustomerMerges<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, ICustomerMerges => Use<ICustomerMerges, T>(builder);

    /// <summary>Says where exchange rates are kept; without it what is in another currency waits.</summary>
    /// <typeparam name="T">The host's rates.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseRates<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, IRates => Use<IRates, T>(builder);

    /// <summary>Says who knows invalid traffic by licensed lists; without it nobody is asked.</summary>
    /// <typeparam name="T">The host's lists.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseTrafficClassifier<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, ITrafficClassifier => Use<ITrafficClassifier, T>(builder);

    /// <summary>Says which ledger answers whether more may be bought, for hosts that ask it before they buy.</summary>
    /// <remarks>A ledger in memory is one for the whole process: register it yourself, as a singleton.</remarks>
    /// <typeparam name="T">The host's ledger.</typeparam>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseBudgetLedger<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IPerfMarketingBuilder builder)
        where T : class, IBudgetLedger => Use<IBudgetLedger, T>(builder);

    private static IPerfMarketingBuilder Use<
        TPort, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        IPerfMarketingBuilder builder)
        where TPort : class
        where T : class, TPort
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<TPort, T>();
        return builder;
    }
}
