using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs;

/// <summary>Names how evidence is signed and checked, such as <c>standard-webhooks</c>: an open set.</summary>
/// <remarks>
/// Bare names are this library's; an integrator's scheme carries a prefix: <c>acme.callback</c>. 1 to 64 of a-z, 0-9,
/// hyphen and dot, compared ordinally; <c>default</c> names nothing.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<SchemeId>))]
public readonly record struct SchemeId : IParsable<SchemeId>, IComparable<SchemeId>
{
    private readonly string? text;

    /// <summary>Makes a name of a text.</summary>
    /// <param name="text">1 to 64 of a-z, 0-9, hyphen and dot.</param>
    /// <exception cref="FormatException">The text may not be such a name.</exception>
    public SchemeId(string text) => this.text = CodeName.Check(text, nameof(SchemeId));

    /// <summary>Standard Webhooks version 1: a timestamped HMAC-SHA256.</summary>
    public static SchemeId StandardWebhooks { get; } = new("standard-webhooks");

    /// <summary>Stripe's webhooks: a timestamped HMAC-SHA256.</summary>
    public static SchemeId Stripe { get; } = new("stripe");

    /// <summary>GitHub's webhooks: an HMAC-SHA256 over the body.</summary>
    public static SchemeId GitHub { get; } = new("github");

    /// <summary>Shopify's webhooks: an HMAC-SHA256 over the body.</summary>
    public static SchemeId Shopify { get; } = new("shopify");

    /// <summary>Shopify's signed query on installing an app.</summary>
    public static SchemeId ShopifyOAuth { get; } = new("shopify-oauth");

    /// <summary>Shopify's signed query of app proxies, which does not sign where its fields end.</summary>
    public static SchemeId ShopifyAppProxy { get; } = new("shopify-app-proxy");

    /// <summary>Vonage's signed requests.</summary>
    public static SchemeId Vonage { get; } = new("vonage");

    /// <summary>BitLabs' signed addresses: HMAC-SHA1, legacy.</summary>
    public static SchemeId BitLabs { get; } = new("bitlabs");

    /// <summary>Twilio's signed requests: HMAC-SHA1, legacy.</summary>
    public static SchemeId Twilio { get; } = new("twilio");

    /// <summary>Our own signed postback, version 1.</summary>
    public static SchemeId Pm1 { get; } = new("pm1");

    /// <summary>A compact JSON Web Signature, HS256 or ES256, under a pinned key.</summary>
    public static SchemeId Jws { get; } = new("jws");

    /// <summary>The signed event webhook of Twilio SendGrid: ECDSA on P-256.</summary>
    public static SchemeId SendGrid { get; } = new("sendgrid");

    /// <summary>Apple's install postbacks of SKAdNetwork.</summary>
    public static SchemeId SkAdNetwork { get; } = new("skadnetwork");

    /// <summary>Apple's postbacks of AdAttributionKit.</summary>
    public static SchemeId AdAttributionKit { get; } = new("ad-attribution-kit");

    /// <summary>Postbacks of AdAttributionKit's developer mode, which prove nothing of customers.</summary>
    public static SchemeId AdAttributionKitDevelopment { get; } = new("ad-attribution-kit.development");

    /// <summary>HTTP Message Signatures (RFC 9421) over a whole request.</summary>
    public static SchemeId HttpSignatures { get; } = new("rfc9421");

    /// <summary>The token of a confirmation mail, sent back by a person.</summary>
    public static SchemeId DoubleOptIn { get; } = new("double-opt-in");

    /// <summary>A secret that is sent along, which guards nothing.</summary>
    public static SchemeId BearerToken { get; } = new("bearer-token");

    /// <summary>The host found an order or invoice by its id.</summary>
    public static SchemeId Receipt { get; } = new("receipt");

    /// <summary>The host itself says so; nothing is signed.</summary>
    public static SchemeId Asserted { get; } = new("asserted");

    /// <summary>Whether this is <c>default</c> and so names nothing.</summary>
    public bool IsUnset => text is null;

    /// <summary>A name from its text.</summary>
    /// <param name="text">1 to 64 of a-z, 0-9, hyphen and dot.</param>
    /// <exception cref="FormatException">The text may not be such a name.</exception>
    public static implicit operator SchemeId(string text) => new(text);

    /// <summary>Whether one name sorts before another.</summary>
    public static bool operator <(SchemeId left, SchemeId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one name sorts before another or equals it.</summary>
    public static bool operator <=(SchemeId left, SchemeId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one name sorts after another.</summary>
    public static bool operator >(SchemeId left, SchemeId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one name sorts after another or equals it.</summary>
    public static bool operator >=(SchemeId left, SchemeId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public static SchemeId Parse(string s, IFormatProvider? provider = null) => new(s);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SchemeId result)
    {
        bool valid = CodeName.IsValid(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(SchemeId other) => string.CompareOrdinal(text, other.text);

    /// <summary>The name's text; empty for <c>default</c>.</summary>
    public override string ToString() => text ?? string.Empty;
}
