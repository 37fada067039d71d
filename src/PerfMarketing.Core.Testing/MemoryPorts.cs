using Microsoft.Extensions.DependencyInjection.Extensions;
using PerfMarketing.DependencyInjection;
using PerfMarketing.Proofs;
using PerfMarketing.Workflows;

namespace PerfMarketing.Testing;

/// <summary>Registers the in-memory ports.</summary>
public static class MemoryPorts
{
    /// <summary>Keeps all in memory, for as long as the provider lives; ports that are registered stand.</summary>
    /// <remarks>The ports can be resolved by their own types too, to fill them and to look into them.</remarks>
    /// <param name="builder">The builder.</param>
    public static IPerfMarketingBuilder UseMemory(this IPerfMarketingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        MemoryCampaigns campaigns = new();
        MemoryJourneys journeys = new();
        MemoryLedger ledger = new();
        MemoryRates rates = new();
        MemoryPayments payments = new();
        MemoryStatementNumbers numbers = new();
        builder.Services.TryAddSingleton(campaigns);
        builder.Services.TryAddSingleton(journeys);
        builder.Services.TryAddSingleton(ledger);
        builder.Services.TryAddSingleton(rates);
        builder.Services.TryAddSingleton(payments);
        builder.Services.TryAddSingleton(numbers);
        builder.Services.TryAddSingleton<ICampaignStore>(campaigns);
        builder.Services.TryAddSingleton<IJourneyStore>(journeys);
        builder.Services.TryAddSingleton<ILedgerStore>(ledger);
        builder.Services.TryAddSingleton<IDueOutcomes>(ledger);
        builder.Services.TryAddSingleton<IRates>(rates);
        builder.Services.TryAddSingleton<IPayments>(payments);
        builder.Services.TryAddSingleton<IStatementNumbers>(numbers);
        builder.Services.TryAddSingleton<IProofKeys>(new MemoryProofKeys());
        return builder.AddRemittances().AddInvoices();
    }
}
