using System.Collections.Immutable;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Proofs;

/// <summary>The schemes that a host accepts evidence in.</summary>
/// <remarks>
/// Immutable and thread-safe: <see cref="With"/> returns a new catalog. An unknown scheme never proves anything.
/// </remarks>
public sealed class EvidenceSchemes
{
    private readonly ImmutableDictionary<SchemeId, EvidenceScheme> byId;

    private EvidenceSchemes(ImmutableDictionary<SchemeId, EvidenceScheme> byId) => this.byId = byId;

    /// <summary>The schemes of this library.</summary>
    public static EvidenceSchemes Default { get; } = new(
        ImmutableDictionary<SchemeId, EvidenceScheme>.Empty
            .Add(SchemeId.StandardWebhooks, StandardWebhooks.V1)
            .Add(SchemeId.Stripe, Stripe.V1)
            .Add(SchemeId.GitHub, BodyMac.GitHub)
            .Add(SchemeId.Shopify, BodyMac.Shopify)
            .Add(SchemeId.ShopifyOAuth, SignedQuery.ShopifyOAuth)
            .Add(SchemeId.ShopifyAppProxy, SignedQuery.ShopifyAppProxy)
            .Add(SchemeId.Vonage, SignedQuery.Vonage)
            .Add(SchemeId.BitLabs, SignedQuery.BitLabs)
            .Add(SchemeId.Twilio, SignedQuery.Twilio)
            .Add(SchemeId.Pm1, Pm1.Instance)
            .Add(SchemeId.Jws, JsonWebSignature.Compact)
            .Add(SchemeId.SendGrid, SendGridEvents.Instance)
            .Add(SchemeId.SkAdNetwork, SkAdNetwork.Instance)
            .Add(SchemeId.AdAttributionKit, AdAttributionKit.Production)
            .Add(SchemeId.HttpSignatures, HttpMessageSignatures.WholeRequest)
            .Add(SchemeId.DoubleOptIn, DoubleOptIn.V1)
            .Add(SchemeId.BearerToken, BearerToken.Instance)
            .Add(SchemeId.Receipt, Receipt.Instance)
            .Add(SchemeId.Asserted, HostAssertion.Instance));

    /// <summary>The names of all schemes, sorted.</summary>
    public ValueList<SchemeId> Ids => [.. byId.Keys.Order()];

    /// <summary>The scheme of a name; null when there is none.</summary>
    /// <param name="id">The name.</param>
    public EvidenceScheme? Find(SchemeId id) => byId.GetValueOrDefault(id);

    /// <summary>A catalog with one more scheme.</summary>
    /// <param name="scheme">The scheme; an integrator's name carries a prefix and a dot: <c>acme.callback</c>.</param>
    /// <exception cref="ArgumentException">The name has no prefix, or is taken.</exception>
    public EvidenceSchemes With(EvidenceScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return scheme.Id.ToString().Contains('.', StringComparison.Ordinal) && !byId.ContainsKey(scheme.Id)
            ? new(byId.Add(scheme.Id, scheme))
            : throw new ArgumentException("A scheme's name is free and carries its owner's prefix.", nameof(scheme));
    }

    /// <summary>
    /// A catalog in which the schemes of providers that know nothing better than SHA-1 or MD5 verify too, at the
    /// strength of a weak code: <c>twilio</c>, <c>bitlabs</c>, and keys of <c>vonage</c> that say so.
    /// </summary>
    public EvidenceSchemes AllowLegacy() => new(byId.ToImmutableDictionary(
        static pair => pair.Key,
        static pair => pair.Value is SignedQuery query ? query.AllowLegacy() : pair.Value));

    /// <summary>
    /// A catalog whose schemes <c>jws</c>, <c>rfc9421</c> and <c>standard-webhooks</c> ask a verifier for what the base
    /// class library lacks.
    /// </summary>
    /// <param name="verifier">The verifier, for keys of <see cref="ProofForeignKey"/>.</param>
    public EvidenceSchemes WithVerifier(ISignatureVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return new(byId
            .SetItem(SchemeId.Jws, new JsonWebSignature(verifier))
            .SetItem(SchemeId.StandardWebhooks, new StandardWebhooks(verifier))
            .SetItem(SchemeId.HttpSignatures, new HttpMessageSignatures(SchemeId.HttpSignatures, new(), verifier)));
    }

    /// <summary>Checks evidence by the scheme it was received under.</summary>
    /// <param name="input">The evidence; hostile input gives a verdict, never an exception.</param>
    /// <param name="keys">The keys that may verify it.</param>
    public EvidenceVerdict Verify(EvidenceInput input, KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(keys);
        return byId.TryGetValue(input.Scheme, out EvidenceScheme? scheme) ? scheme.Verify(input, keys) : Unknown(input);
    }

    internal static EvidenceVerdict Unknown(EvidenceInput input) => EvidenceScheme.Refused(
        input, Authenticity.Indeterminate, Reason.Of(ProofReasons.UnknownScheme, ("scheme", input.Scheme)));
}
