using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using PerfMarketing.Attribution;
using PerfMarketing.Contracts;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Periods;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;

namespace PerfMarketing.DependencyInjection;

/// <summary>Registers an integrator's own kinds of term: one line each for JSON, validation and digest.</summary>
/// <remarks>All registrations together make the one <see cref="TermCatalog"/>. A name may be registered once.</remarks>
public static class TermRegistrations
{
    /// <summary>Adds a payout model.</summary>
    /// <typeparam name="T">The model.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="tag">The model's name in JSON, with the integrator's prefix: <c>acme.weekend-bonus</c>.</param>
    /// <param name="read">Reads the model's terms.</param>
    /// <param name="validator">Says what is wrong with the model; inner models are validated by the catalog.</param>
    public static IPerfMarketingBuilder AddPayoutModel<T>(
        this IPerfMarketingBuilder builder,
        string tag,
        Func<TermReader, PayoutModelCatalog, T> read,
        IValidator<T> validator)
        where T : PayoutModel =>
        Add(builder, catalog => catalog with { Models = catalog.Models.With(tag, read, validator) });

    /// <summary>Adds a payout over a period.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="tag">The kind's name in JSON, with the integrator's prefix: <c>acme.loyalty</c>.</param>
    /// <param name="read">Reads the kind's terms.</param>
    /// <param name="validator">Says what is wrong with the terms.</param>
    public static IPerfMarketingBuilder AddPeriodPayout<T>(
        this IPerfMarketingBuilder builder, string tag, Func<TermReader, T> read, IValidator<T> validator)
        where T : PeriodPayout =>
        Add(builder, catalog => catalog with { Periods = catalog.Periods.With(tag, read, validator) });

    /// <summary>Adds an attribution rule.</summary>
    /// <typeparam name="T">The rule.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="tag">The rule's name in JSON, with the integrator's prefix: <c>acme.coupon-owner</c>.</param>
    /// <param name="read">Reads the terms that only this rule has.</param>
    /// <param name="validator">Says what is wrong with the terms that only this rule has.</param>
    public static IPerfMarketingBuilder AddAttributionRule<T>(
        this IPerfMarketingBuilder builder, string tag, Func<TermReader, T> read, IValidator<T> validator)
        where T : AttributionRule =>
        Add(builder, catalog => catalog with { Rules = catalog.Rules.With(tag, read, validator) });

    /// <summary>Adds a proof policy.</summary>
    /// <typeparam name="T">The policy.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="tag">The policy's name in JSON, with the integrator's prefix: <c>acme.panel</c>.</param>
    /// <param name="read">Reads the policy's terms.</param>
    /// <param name="validator">Says what is wrong with the policy.</param>
    public static IPerfMarketingBuilder AddProofPolicy<T>(
        this IPerfMarketingBuilder builder, string tag, Func<TermReader, T> read, IValidator<T> validator)
        where T : ProofPolicy =>
        Add(builder, catalog => catalog with { Proofs = catalog.Proofs.With(tag, read, validator) });

    /// <summary>Adds a way in which evidence is signed.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="scheme">The scheme; its name carries the integrator's prefix.</param>
    public static IPerfMarketingBuilder AddEvidenceScheme(this IPerfMarketingBuilder builder, EvidenceScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(scheme);
        return builder;
    }

    private static IPerfMarketingBuilder Add(IPerfMarketingBuilder builder, Func<TermCatalog, TermCatalog> add)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(new TermRegistration(add));
        return builder;
    }
}
